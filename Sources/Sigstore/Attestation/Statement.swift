package import JSON
import Patterns
package import SigningCrypto

/// What an attestation says about which artifacts.
///
/// Source: in-toto/attestation, `spec/v1/statement.md`.
package struct Statement: Equatable, Sendable {
    package struct Subject: Equatable, Sendable {
        package let name: String
        /// Those of a known algorithm.
        package let digests: [Digest]

        package init(name: String, digests: [Digest]) {
            self.name = name
            self.digests = digests
        }
    }

    package static let payloadType = "application/vnd.in-toto+json"
    /// Bytes of one that is made or read to be signed.
    package static let sizeLimit = 128 << 20
    /// Bytes of one that goes into Rekor v1, which is sent all of it. Rekor v2 is sent a digest.
    static let sizeLimitOfRekorV1 = 8 << 20
    static let currentType = "https://in-toto.io/Statement/v1"
    private static let types = [currentType, "https://in-toto.io/Statement/v0.1"]
    /// As many as other verifiers take.
    package static let subjectLimit = 1024
    /// Digests of a subject, as many as other verifiers take.
    fileprivate static let digestLimit = 32

    package let subjects: [Subject]
    package let predicateType: String

    package init(json text: [UInt8]) throws(JSONError) {
        // The predicate is checked and not kept: it may be large.
        let node = try JSONNode(parsing: text, keeping: .allBut("predicate"))
        let type = try node.required("_type")
        guard TextRule.oneOf(Self.types).accepts(try type.string) else {
            throw type.unexpected("one of \(Self.types.joined(separator: ", "))")
        }
        let predicateType = try node.required("predicateType")
        self.predicateType = try predicateType.string
        if self.predicateType.isEmpty { throw predicateType.unexpected("the name of a type") }
        if let predicate = try node.optional("predicate"), !predicate.isObject {
            throw predicate.unexpected("an object")
        }
        var subjects: [Subject] = []
        for subject in try node.list("subject", limit: Self.subjectLimit) {
            subjects.append(try Subject(subject))
        }
        guard !subjects.isEmpty else { throw .missing(member: "subject", of: "") }
        self.subjects = subjects
    }
}

extension Statement.Subject {
    fileprivate init(_ node: JSONNode) throws(JSONError) {
        name = try node.text("name")
        let digest = try node.required("digest")
        guard try digest.members.count <= Statement.digestLimit else {
            throw digest.unexpected("an object of at most \(Statement.digestLimit) digests")
        }
        var digests: [Digest] = []
        for algorithm in HashAlgorithm.allCases {
            guard let value = try digest.optional(algorithm.rawValue) else { continue }
            guard let bytes = [UInt8](hex: try value.string),
                let digest = Digest(algorithm: algorithm, bytes: bytes)
            else { throw value.unexpected("\(algorithm.byteCount * 2) hex digits") }
            digests.append(digest)
        }
        self.digests = digests
    }
}
