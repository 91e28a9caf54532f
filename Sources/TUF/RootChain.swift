/// The way from the bootstrap root to the newest one.
struct RootChain {
    private(set) var trusted: TrustedMetadataSet
    /// The file of the newest root.
    private(set) var newest: [UInt8]
    /// Whether timestamp or snapshot keys have changed since the last update: what they signed may
    /// have come from somebody who stole a key, and must not hold back what is signed now.
    private(set) var isRotated: Bool
    private let lastVersion: Int64

    /// `last` is the newest root at the end of the last update; nil when there was none.
    init(trusted: TrustedMetadataSet, bootstrapRoot: [UInt8], last: Root?) {
        self.trusted = trusted
        newest = bootstrapRoot
        lastVersion = last?.version ?? 0
        isRotated =
            last.map {
                $0.version < trusted.root.version && !$0.hasSameOnlineKeys(as: trusted.root)
            } ?? true
    }

    /// The name of the root that would come next.
    var nextFile: String { "\(trusted.root.version + 1).\(Role.root.file)" }

    mutating func append(_ bytes: [UInt8]) throws(TUFError) {
        let former = trusted.root
        try trusted.update(root: bytes)
        newest = bytes
        if trusted.root.version > lastVersion, !former.hasSameOnlineKeys(as: trusted.root) {
            isRotated = true
        }
    }
}
