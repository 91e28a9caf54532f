package import FoundationEssentials

/// Brings the trusted metadata of a repository up to date and gets its targets (TUF 5).
///
/// What is accepted is kept at once, so that nothing older is accepted later; and the last complete
/// set is kept beside it, so that an update that fails takes nothing away from `CachedRepository`.
/// The network is never waited for under the lock.
package struct Updater {
    private let fetcher: any MetadataFetcher
    private let cache: MetadataCache
    private let bootstrapRoot: [UInt8]
    private let start: TrustedMetadataSet
    private var trusted: TrustedMetadataSet

    /// - Parameters:
    ///   - bootstrapRoot: A `root.json` that is trusted because of where it comes from.
    ///   - now: The time that all metadata is held against.
    package init(
        fetcher: any MetadataFetcher, store: any MetadataStore, bootstrapRoot: [UInt8], now: Date,
        limits: UpdaterLimits = UpdaterLimits()
    ) throws(TUFError) {
        self.fetcher = fetcher
        self.bootstrapRoot = bootstrapRoot
        cache = MetadataCache(store: store, limits: limits)
        start = try TrustedMetadataSet(bootstrapRoot: bootstrapRoot, startTime: now)
        trusted = start
    }

    /// Gets what is new: roots, timestamp, snapshot, targets, and the files of these names.
    ///
    /// Names that the targets do not list are left out; `target` tells. After an error that
    /// `isTransient`, a `CachedRepository` of which nothing has expired is as good for its time.
    package mutating func refresh(targets names: [String] = []) throws(TUFError) {
        var trusted = try updatedRoot()
        let metadata = CompleteMetadata(
            timestamp: try updateTimestamp(of: &trusted),
            snapshot: try updateSnapshot(of: &trusted),
            targets: try updateTargets(of: &trusted))
        for name in names where trusted.targets?.files[name] != nil {
            _ = try target(name, by: trusted)
        }
        cache.keep(metadata, by: trusted)
        self.trusted = trusted
    }

    /// A file that the targets list, after a refresh: from the cache, or fetched.
    package func target(_ name: String) throws(TUFError) -> [UInt8] {
        try target(name, by: trusted)
    }

    private func updatedRoot() throws(TUFError) -> TrustedMetadataSet {
        var chain = cache.rootChain(from: start, bootstrapRoot: bootstrapRoot)
        for _ in 0..<cache.limits.roots {
            // TUF 5.3.3: where there is no next one, this is the newest.
            let file = chain.nextFile
            guard let bytes = try fetch(file, limit: cache.limits.rootBytes) else { break }
            try chain.append(bytes)
            cache.store.write(file, bytes)
        }
        cache.settle(chain)
        return chain.trusted
    }

    private func updateTimestamp(
        of trusted: inout TrustedMetadataSet
    ) throws(TUFError) -> [UInt8] {
        // The snapshot first, and both now: another process may get ahead of this one meanwhile, and
        // what it keeps is not what was trusted before.
        if let snapshot = cache.read(.snapshot) { try? trusted.recall(snapshot: snapshot) }
        let cached = cache.read(.timestamp)
        if let cached { try? trusted.recall(timestamp: cached) }
        let bytes = try required(Role.timestamp.file, limit: cache.limits.timestampBytes)
        guard try trusted.update(timestamp: bytes) else { return cached ?? bytes }
        cache.keep(bytes, as: trusted.timestamp, by: trusted)
        return bytes
    }

    private func updateSnapshot(
        of trusted: inout TrustedMetadataSet
    ) throws(TUFError) -> [UInt8] {
        if let cached = cache.read(.snapshot), (try? trusted.update(snapshot: cached)) != nil {
            return cached
        }
        let bytes = try listed(.snapshot, as: trusted.timestamp?.snapshot, by: trusted)
        try trusted.update(snapshot: bytes)
        cache.keep(bytes, as: trusted.snapshot, by: trusted)
        return bytes
    }

    private func updateTargets(
        of trusted: inout TrustedMetadataSet
    ) throws(TUFError) -> [UInt8] {
        if let cached = cache.read(.targets), (try? trusted.update(targets: cached)) != nil {
            return cached
        }
        let bytes = try listed(.targets, as: trusted.snapshot?.targets, by: trusted)
        try trusted.update(targets: bytes)
        cache.keep(bytes, as: trusted.targets, by: trusted)
        return bytes
    }

    private func target(
        _ name: String, by trusted: TrustedMetadataSet
    ) throws(TUFError) -> [UInt8] {
        let file = try TargetFile(name, in: trusted)
        let limit = cache.limits.targetFileBytes
        if let cached = file.cached(in: cache.store, limit: limit) { return cached }
        let bytes = try required(
            file.path(isConsistentSnapshot: trusted.root.isConsistentSnapshot),
            limit: file.description.limit(below: limit))
        // TUF 5.7.3
        try file.description.check(bytes, file: name)
        cache.store.write(file.cachedName, bytes)
        return bytes
    }

    /// Fetches a metadata file under the name that its version gives it.
    private func listed(
        _ role: Role, as description: MetadataDescription?, by trusted: TrustedMetadataSet
    ) throws(TUFError) -> [UInt8] {
        guard let description else { throw .absent(file: role.file) }
        // TUF 5.5.1, 5.6.1
        let prefix = trusted.root.isConsistentSnapshot ? "\(description.version)." : ""
        return try required(
            prefix + role.file,
            limit: description.file.limit(below: cache.limits.bytes(of: role)))
    }

    private func required(_ path: String, limit: Int) throws(TUFError) -> [UInt8] {
        guard let bytes = try fetch(path, limit: limit) else {
            throw .missing(file: path)
        }
        return bytes
    }

    /// The file; nil when the repository does not have it.
    private func fetch(_ path: String, limit: Int) throws(TUFError) -> [UInt8]? {
        do throws(FetchError) {
            let bytes = try fetcher.fetch(path, limit: limit)
            guard bytes.count <= limit else { throw .tooLarge }
            return bytes
        } catch {
            switch error {
            case .notFound: return nil
            case .tooLarge: throw .tooLarge(file: path, limit: limit)
            case .unavailable(let reason): throw .unavailable(file: path, reason: reason)
            case .refused(let reason): throw .refused(file: path, reason: reason)
            }
        }
    }
}

/// What a repository may ask of its client: the most bytes of each file, and the most roots.
package struct UpdaterLimits: Sendable {
    /// How many new roots one update follows; the next update goes on from there.
    package var roots = 256
    package var rootBytes = 512 << 10
    package var timestampBytes = 16 << 10
    package var snapshotBytes = 1 << 20
    package var targetsBytes = 1 << 20
    package var targetFileBytes = 16 << 20

    package init() {}

    /// The most bytes of a role's metadata file.
    func bytes(of role: Role) -> Int {
        switch role {
        case .root: rootBytes
        case .timestamp: timestampBytes
        case .snapshot: snapshotBytes
        case .targets: targetsBytes
        }
    }
}
