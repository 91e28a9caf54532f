import SigningCrypto

/// A file that the targets metadata lists.
struct TargetFile {
    let name: String
    let description: TargetDescription
    private let digest: Digest

    init(_ name: String, in trusted: TrustedMetadataSet) throws(TUFError) {
        guard let targets = trusted.targets else { throw .absent(file: Role.targets.file) }
        guard let description = targets.files[name],
            let digest = description.digests.first(where: { $0.algorithm == .sha256 })
                ?? description.digests.first
        else { throw .unknownTarget(name) }
        // The name becomes a part of a path, here and on the repository.
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains(".."),
            name.utf8.allSatisfy(Self.isSafe)
        else {
            throw .unsafeName(name)
        }
        self.name = name
        self.description = description
        self.digest = digest
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "+"):
            true
        default:
            false
        }
    }

    /// The name in the cache, where each content has its own.
    var cachedName: String { "\(digest.hex).\(name)" }

    /// TUF 5.7.3
    func path(isConsistentSnapshot: Bool) -> String {
        "targets/\(isConsistentSnapshot ? cachedName : name)"
    }

    /// The cached content, if it is the right one.
    func cached(in store: any MetadataStore, limit: Int) -> [UInt8]? {
        store.read(cachedName, limit: description.limit(below: limit)).flatMap {
            (try? description.check($0, file: name)) == nil ? nil : $0
        }
    }
}
