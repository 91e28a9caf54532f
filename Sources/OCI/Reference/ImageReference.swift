package import SigningCrypto

/// The name of an image: `HOST[:PORT]/PATH[:TAG][@sha256:HEX]`.
package struct ImageReference: Hashable, Codable, Sendable {
    package let repository: Repository
    /// Nil where only a digest is given.
    package let tag: String?
    /// What counts where a tag is beside it.
    package let digest: Digest?

    package init(_ text: String) throws(ReferenceError) {
        var rest = text[...]
        if rest.isEmpty { throw .empty }
        var digest: Digest?
        if let at = rest.firstIndex(of: "@") {
            let label = rest[rest.index(after: at)...]
            digest = Digest(label: String(label))
            guard digest?.algorithm == .sha256 else { throw .digest(String(label)) }
            rest = rest[..<at]
        }
        var tag: String?
        let name = rest.lastIndex(of: "/").map { rest[$0...] } ?? rest
        if let colon = name.firstIndex(of: ":") {
            let word = String(rest[rest.index(after: colon)...])
            guard Self.isTag(word) else { throw .tag(word) }
            tag = word
            rest = rest[..<colon]
        }
        repository = try Repository(String(rest))
        self.digest = digest
        self.tag = digest == nil ? tag ?? "latest" : tag
    }

    /// The same repository's image of a digest.
    package init(_ repository: Repository, _ digest: Digest) {
        self.repository = repository
        self.digest = digest
        tag = nil
    }

    private static func isTag(_ text: String) -> Bool {
        func isWord(_ byte: UInt8) -> Bool {
            0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte || byte == 0x5F
        }
        return 1...128 ~= text.utf8.count && text.utf8.first.map(isWord) == true
            && text.utf8.allSatisfy { isWord($0) || $0 == 0x2D || $0 == 0x2E }
    }

    /// What a registry is asked for: the digest where there is one.
    package var manifestName: String { digest?.label ?? tag ?? "latest" }
}

extension ImageReference: CustomStringConvertible {
    package var description: String {
        "\(repository)" + (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0.label)" } ?? "")
    }
}

/// A text that names no image.
package enum ReferenceError: Error, Equatable {
    case empty
    case noRepository
    case host(String)
    case repository(String)
    case tag(String)
    case digest(String)
}

extension ReferenceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "the reference is empty, expected HOST/REPOSITORY:TAG or …@sha256:HEX"
        case .noRepository: "no repository is named behind the host"
        case .host(let text): "'\(text)' is no host, expected a name or an address, and a port"
        case .repository(let text):
            "'\(text)' is not a repository: lower-case letters and digits, in between '.', '_', '__' or "
                + "hyphens, parted by slashes"
        case .tag(let text):
            "'\(text)' is no tag: at most 128 letters, digits, '_', '.' and hyphens"
        case .digest(let text):
            "'\(text)' is no digest: sha256: and 64 hex digits in lower case are expected"
        }
    }
}
