import JSON
import Patterns
import SigningCrypto

extension Bundle {
    /// Reads one bundle, and holds it to the rules of its version.
    package init(json text: [UInt8]) throws(BundleError) {
        guard text.count <= BundleLimit.size else { throw .tooLong(text.count) }
        do {
            try self.init(JSONNode(parsingProto: text))
        } catch {
            throw BundleError(error)
        }
    }

    init(_ node: JSONNode) throws {
        version = try Self.version(mediaType: node.text("mediaType"))
        let material = try node.required("verificationMaterial")
        signer = try Self.signer(material, version: version)
        content = try Self.content(node)
        entries = try material.list("tlogEntries", limit: BundleLimit.entries).map(LogEntry.init)
        timestamps = try Self.timestamps(material)
        isDetached = false
        for entry in entries { try entry.check(version: version) }
    }

    private static func version(mediaType: String) throws(BundleError) -> Version {
        guard
            let version = Version.allCases.first(where: {
                TextRule.oneOf($0.mediaTypes).accepts(mediaType)
            })
        else { throw .mediaType(mediaType) }
        return version
    }

    private static func signer(_ material: JSONNode, version: Version) throws -> Signer {
        let certificate = try material.optional("certificate")
        let chain = try material.optional("x509CertificateChain")
        let key = try material.optional("publicKey")
        guard [certificate, chain, key].count(where: { $0 != nil }) == 1 else {
            throw BundleError.notOne(of: ["certificate", "x509CertificateChain", "publicKey"])
        }
        if let key { return .publicKey(hint: try key.text("hint")) }
        if let certificate {
            let leaf = try Certificate(der: certificate.requiredBytes("rawBytes"))
            return .certificates(leaf: leaf, others: [])
        }
        guard let chain, version != .v03 else { throw BundleError.chainInVersion03 }
        let certificates = try chain.list("certificates", limit: BundleLimit.certificates)
            .map { try Certificate(der: $0.requiredBytes("rawBytes")) }
        guard let leaf = certificates.first else { throw BundleError.emptyChain }
        // A root in a bundle says nothing: trusted are those of the trusted root.
        return .certificates(
            leaf: leaf, others: certificates.dropFirst().filter { !$0.isSelfIssued })
    }

    private static func content(_ node: JSONNode) throws -> Content {
        let message = try node.optional("messageSignature")
        let envelope = try node.optional("dsseEnvelope")
        switch (message, envelope) {
        case (let message?, nil):
            return .message(
                signature: try message.requiredBytes("signature"), digest: try digest(message))
        case (nil, let envelope?):
            return .envelope(try Envelope(envelope))
        default:
            throw BundleError.notOne(of: ["messageSignature", "dsseEnvelope"])
        }
    }

    private static func digest(_ message: JSONNode) throws -> Digest? {
        guard let node = try message.optional("messageDigest") else { return nil }
        guard let algorithm = try node.hashAlgorithm("algorithm") else { return nil }
        let bytes = try node.bytes("digest")
        guard let digest = Digest(algorithm: algorithm, bytes: bytes) else {
            throw node.unexpected("a digest of \(algorithm.byteCount) bytes")
        }
        return digest
    }

    private static func timestamps(_ material: JSONNode) throws -> [[UInt8]] {
        let data = try material.optional("timestampVerificationData")
        let tokens = try data?.list("rfc3161Timestamps", limit: BundleLimit.timestamps)
            .map { try $0.requiredBytes("signedTimestamp") }
        guard let tokens else { return [] }
        guard Set(tokens).count == tokens.count else { throw BundleError.duplicateTimestamp }
        return tokens
    }
}

extension Bundle.Version {
    /// The spellings that are in use, the one to write first: 0.3 came with one of its own.
    var mediaTypes: [String] {
        let withParameter = "application/vnd.dev.sigstore.bundle+json;version=\(rawValue)"
        return self == .v03
            ? ["application/vnd.dev.sigstore.bundle.v0.3+json", withParameter] : [withParameter]
    }
}

extension JSONNode {
    func hashAlgorithm(_ name: String) throws(JSONError) -> HashAlgorithm? {
        try choice(
            name,
            [
                "SHA2_256": (1, HashAlgorithm.sha256), "SHA2_384": (2, .sha384),
                "SHA2_512": (3, .sha512),
            ])
    }
}
