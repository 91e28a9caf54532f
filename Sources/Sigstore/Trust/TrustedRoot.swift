import FoundationEssentials
import HTTP
import JSON
import Patterns
package import SigningCrypto

/// Whose signatures count: the logs and authorities of one instance of Sigstore.
///
/// Source: sigstore/protobuf-specs, `sigstore_trustroot.proto`, versions 0.1 and 0.2.
package struct TrustedRoot: Equatable, Sendable {
    /// A transparency log for entries, or one for certificates.
    package struct Log: Equatable, Sendable {
        package let baseURL: String
        /// An opaque number to look the log up by.
        package let id: [UInt8]
        package let key: PublicKey
        package let scheme: SignatureScheme
        package let period: ValidityPeriod
        /// The key ID in checkpoints, where it is not the start of `id`.
        package let checkpointKeyID: [UInt8]?
    }

    /// A certificate authority or a timestamp authority.
    package struct Authority: Equatable, Sendable {
        package let uri: String
        /// The trust anchor is the last; it need not be self-signed.
        package let chain: [Certificate]
        package let period: ValidityPeriod
    }

    package let logs: [Log]
    package let certificateLogs: [Log]
    package let certificateAuthorities: [Authority]
    package let timestampAuthorities: [Authority]

    /// Nobody's.
    package static let empty = TrustedRoot(
        logs: [], certificateLogs: [], certificateAuthorities: [], timestampAuthorities: [])
}

extension TrustedRoot {
    /// Bytes of a file.
    package static let sizeLimit = 4 << 20
    private static let elementLimit = 256
    private static let mediaTypes = [
        "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        "application/vnd.dev.sigstore.trustedroot.v0.1+json",
        "application/vnd.dev.sigstore.trustedroot+json;version=0.2",
        "application/vnd.dev.sigstore.trustedroot.v0.2+json",
    ]

    package init(json text: [UInt8]) throws(TrustError) {
        self = try TrustError.reading("trusted root") {
            try TrustedRoot(JSONNode(parsingProto: text))
        }
    }

    init(_ node: JSONNode) throws {
        try node.checkMediaType(Self.mediaTypes)
        let limit = Self.elementLimit
        logs = try node.list("tlogs", limit: limit).compactMap(Self.usable(Log.init))
        certificateLogs = try node.list("ctlogs", limit: limit).compactMap(Self.usable(Log.init))
        certificateAuthorities = try node.list("certificateAuthorities", limit: limit)
            .compactMap(Self.usable(Authority.init))
        timestampAuthorities = try node.list("timestampAuthorities", limit: limit)
            .compactMap(Self.usable(Authority.init))
    }

    /// Leaves out what has a key of a kind that came later: nothing is trusted for it.
    private static func usable<Element>(
        _ read: @escaping (JSONNode) throws -> Element
    ) -> (JSONNode) throws -> Element? {
        { node in
            do {
                return try read(node)
            } catch CryptoError.unsupported {
                return nil
            }
        }
    }
}

extension TrustedRoot.Log {
    fileprivate init(_ node: JSONNode) throws {
        baseURL = shownAddress(try node.text("baseUrl"))
        id = try node.required("logId").requiredBytes("keyId")
        let publicKey = try node.required("publicKey")
        (key, scheme) = try KeyDetails.key(publicKey)
        period = try ValidityPeriod(publicKey.required("validFor"))
        checkpointKeyID = try node.optional("checkpointKeyId")?.requiredBytes("keyId")
        guard let algorithm = try? node.hashAlgorithm("hashAlgorithm") ?? .sha256,
            algorithm == .sha256
        else { throw CryptoError.unsupported("log", found: "another hash than SHA-256") }
    }
}

extension TrustedRoot.Authority {
    fileprivate init(_ node: JSONNode) throws {
        uri = shownAddress(try node.text("uri"))
        let certificates = try node.required("certChain").list("certificates", limit: 16)
        chain = try certificates.map { try Certificate(der: $0.requiredBytes("rawBytes")) }
        guard !chain.isEmpty else {
            throw try node.required("certChain").unexpected("a chain of certificates")
        }
        // Its certificates have a start, where the authority has none; a key has not.
        let period = try node.optional("validFor")
        self.period = ValidityPeriod(
            start: try period?.time("start") ?? .distantPast, end: try period?.time("end"))
    }
}

extension ValidityPeriod {
    /// A period without a start is malformed: it would hold at any time.
    init(_ node: JSONNode) throws(JSONError) {
        guard let start = try node.time("start") else {
            throw .missing(member: "start", of: node.path)
        }
        self.init(start: start, end: try node.time("end"))
    }
}

extension JSONNode {
    func checkMediaType(_ known: [String]) throws(JSONError) {
        let type = try required("mediaType")
        guard TextRule.oneOf(known).accepts(try type.string) else {
            throw type.unexpected("one of \(known.joined(separator: ", "))")
        }
    }
}
