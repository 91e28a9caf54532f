/// What is kept of a repository, and how it is read: nothing in it is trusted unverified.
///
/// `N.root.json` for each root on the way, `root.json` for the newest; `timestamp.json`,
/// `snapshot.json` and `targets.json` as they were accepted last; `complete.json`; and target files
/// as `<sha256>.<name>`.
struct MetadataCache {
    let store: any MetadataStore
    let limits: UpdaterLimits

    func read(_ role: Role) -> [UInt8]? {
        store.read(role.file, limit: limits.bytes(of: role))
    }

    /// The way from the bootstrap root as far as it is cached and verifies.
    func rootChain(
        from trusted: TrustedMetadataSet, bootstrapRoot: [UInt8]
    ) -> RootChain {
        let last = read(.root).flatMap { try? SignedMetadata<Root>(parsing: $0, file: "") }
        var chain = RootChain(
            trusted: trusted, bootstrapRoot: bootstrapRoot, last: last?.content)
        while let bytes = store.read(chain.nextFile, limit: limits.rootBytes),
            (try? chain.append(bytes)) != nil
        {}
        return chain
    }

    /// TUF 5.3.11: after a change of keys nothing of before counts.
    ///
    /// `root.json` comes last: an update that breaks off here is made up for by the next, and where
    /// another process was faster, what it has kept since then stays.
    func settle(_ chain: RootChain) {
        store.locked {
            guard read(.root) != chain.newest else { return }
            if chain.isRotated {
                for role in [Role.timestamp, .snapshot, .targets] { store.remove(role.file) }
                store.remove(CompleteMetadata.file)
            }
            store.write(Role.root.file, chain.newest)
        }
    }

    /// Keeps a file that has become trusted, unless another process has kept a newer one.
    func keep<Content: RoleMetadata>(
        _ bytes: [UInt8], as content: Content?, by trusted: TrustedMetadataSet
    ) {
        guard let content else { return }
        store.locked {
            let other: Content? = read(Content.role).flatMap { try? trusted.authentic($0) }
            guard other?.version ?? 0 <= content.version else { return }
            store.write(Content.role.file, bytes)
        }
    }

    var complete: CompleteMetadata? {
        // The files in base64, their names and quotes.
        let bytes = [Role.timestamp, .snapshot, .targets].map(limits.bytes).reduce(200, +)
        return store.read(CompleteMetadata.file, limit: bytes * 4 / 3)
            .flatMap { CompleteMetadata(json: $0) }
    }

    func keep(_ new: CompleteMetadata, by trusted: TrustedMetadataSet) {
        store.locked {
            let stored = complete
            let other: Timestamp? = stored.flatMap { try? trusted.authentic($0.timestamp) }
            guard stored != new, other?.version ?? 0 <= trusted.timestamp?.version ?? 0 else {
                return
            }
            store.write(CompleteMetadata.file, new.json)
        }
    }
}
