package import JSON
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
    static let currentType = "https://in-toto.io/Statement/v1"
    private static let types = [currentType, "https://in-toto.io/Statement/v0.1"]
    private static let subjectLimit = 1 << 16

    package let subjects: [Subject]
    package let predicateType: String

    package init(json text: [UInt8]) throws(JSONError) {
        let node = try JSONNode(parsing: text)
        let type = try node.required("_type")
        guard Self.types.contains(try type.string) else {
            throw type.unexpected("one of \(Self.types.joined(separator: ", "))")
        }
        predicateType = try node.required("predicateType").string
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
