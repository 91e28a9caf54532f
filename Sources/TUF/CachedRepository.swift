package import FoundationEssentials

/// What the last complete update has left, verified anew from the bootstrap root on; no network.
///
/// Expiry is told and not judged. Nothing expired means that the repository itself promises to have
/// nothing newer that matters, so this will do while it cannot be reached. Somebody who wants to
/// stay offline may accept more: an expired timestamp says only that there may be newer metadata,
/// but an expired root or expired targets are beyond the time that their owners vouched for.
package struct CachedRepository {
    private let store: any MetadataStore
    private let limits: UpdaterLimits
    private let trusted: TrustedMetadataSet

    /// - Throws: `.absent` when no update was ever completed, other errors when what it left does
    ///   not verify.
    package init(
        store: any MetadataStore, bootstrapRoot: [UInt8], now: Date,
        limits: UpdaterLimits = UpdaterLimits()
    ) throws(TUFError) {
        let cache = MetadataCache(store: store, limits: limits)
        let start = try TrustedMetadataSet(
            bootstrapRoot: bootstrapRoot, startTime: now, expiryRule: .reported)
        var trusted = cache.rootChain(from: start, bootstrapRoot: bootstrapRoot).trusted
        guard let metadata = cache.complete else { throw .absent(file: Role.timestamp.file) }
        try trusted.update(timestamp: metadata.timestamp)
        try trusted.update(snapshot: metadata.snapshot)
        try trusted.update(targets: metadata.targets)
        self.store = store
        self.limits = limits
        self.trusted = trusted
    }

    /// The roles whose metadata has expired, in the order of `Role`; empty when all of it is good.
    package var expired: [Role] { trusted.expired }

    /// A file that the targets list, if it is cached.
    package func target(_ name: String) throws(TUFError) -> [UInt8] {
        let file = try TargetFile(name, in: trusted)
        guard let content = file.cached(in: store, limit: limits.targetFileBytes) else {
            throw .absent(file: name)
        }
        return content
    }
}
