import JSON
package import SigningCrypto

/// What metadata says about the bytes of a file.
package struct TargetDescription: Equatable, Sendable {
    /// In bytes; nil when it is not listed.
    package let length: Int64?
    /// Those of the algorithms we know: all of them must match.
    package let digests: [Digest]

    /// - Throws: also when digests are listed and none is of an algorithm we know.
    init(_ node: JSONNode) throws(JSONError) {
        let length = try node.optional("length")
        self.length = try length?.integer
        if let length, try length.integer < 0 { throw length.unexpected("a length") }
        guard let hashes = try node.optional("hashes") else {
            digests = []
            return
        }
        var digests: [Digest] = []
        for algorithm in HashAlgorithm.allCases {
            guard let hash = try hashes.optional(algorithm.rawValue) else { continue }
            guard let bytes = try [UInt8](hex: hash.string),
                let digest = Digest(algorithm: algorithm, bytes: bytes)
            else { throw hash.unexpected("a digest") }
            digests.append(digest)
        }
        guard !digests.isEmpty else { throw hashes.unexpected("a list with SHA-2 digests") }
        self.digests = digests
    }

    /// The most bytes that the file may have where its kind may have `limit`.
    func limit(below limit: Int) -> Int {
        length.map { Int(min($0, Int64(limit))) } ?? limit
    }

    /// TUF 5.5.2, 5.6.2, 5.7.3: length and digests, as far as they are listed.
    func check(_ bytes: [UInt8], file: String) throws(TUFError) {
        if let length, length != bytes.count {
            throw .wrongLength(file: file, found: bytes.count, listed: length)
        }
        for digest in digests {
            let found = Digest(of: bytes, using: digest.algorithm)
            guard found == digest else {
                throw .wrongDigest(file: file, found: found.hex, listed: digest.hex)
            }
        }
    }
}

/// What one metadata file says about another.
package struct MetadataDescription: Equatable, Sendable {
    package let version: Int64
    package let file: TargetDescription

    init(_ node: JSONNode) throws(JSONError) {
        version = try node.required("version").version
        file = try TargetDescription(node)
    }
}
