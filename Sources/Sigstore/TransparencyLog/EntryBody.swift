import JSON
package import SigningCrypto

/// What a log has stored: who signed what.
package enum EntryBody: Equatable, Sendable {
    /// `hashedrekord`: a signature over a digest.
    case hashedRecord(HashedRecord)
    /// `dsse` and `intoto`: signatures under an envelope.
    case envelope(payloadHash: Digest, signatures: [EnvelopeSignature])

    package struct HashedRecord: Equatable, Sendable {
        package let digest: Digest
        package let signature: [UInt8]
        package let verifier: EntryVerifier
        /// How the key signs, where the entry says so.
        package let scheme: SignatureScheme?
    }

    package struct EnvelopeSignature: Equatable, Sendable {
        package let bytes: [UInt8]
        package let verifier: EntryVerifier
    }
}

/// The certificate or the key that an entry names.
package enum EntryVerifier: Equatable, Sendable {
    case certificate([UInt8])
    case publicKey([UInt8])

    /// - Parameter pem: A certificate or a public key, as Rekor v1 stores them.
    init(pem: [UInt8]) throws(LogError) {
        let blocks = (try? PEMBlock.blocks(in: String(decoding: pem, as: UTF8.self))) ?? []
        guard let block = blocks.first, blocks.count == 1 else {
            throw .body("its verifier is not one PEM block")
        }
        switch block.label {
        case "CERTIFICATE": self = .certificate(block.bytes)
        case "PUBLIC KEY": self = .publicKey(block.bytes)
        default: throw .body("its verifier is a PEM block '\(block.label)'")
        }
    }
}

extension EntryBody {
    /// Reads a stored entry of one of the kinds that bundles hold.
    /// - Throws: `LogError.body` also when the body is not of the kind that the bundle says.
    package init(_ text: [UInt8], kind: LogEntry.Kind) throws(LogError) {
        do {
            let node = try JSONNode(parsing: text)
            let found = LogEntry.Kind(
                name: try node.text("kind"), version: try node.text("apiVersion"))
            guard found == kind else {
                throw LogError.body("it is of kind \(found), the bundle says \(kind)")
            }
            self = try Self.read(node.required("spec"), kind)
        } catch let error as LogError {
            throw error
        } catch {
            throw .body("\(error)")
        }
    }

    private static func read(_ spec: JSONNode, _ kind: LogEntry.Kind) throws -> EntryBody {
        switch (kind.name, kind.version) {
        case ("hashedrekord", "0.0.1"): return try hashedRecord001(spec)
        case ("hashedrekord", "0.0.2"): return try hashedRecord002(spec)
        case ("dsse", "0.0.1"): return try dsse001(spec)
        case ("intoto", "0.0.2"): return try intoto002(spec)
        default: throw LogError.body("its kind \(kind) is not known")
        }
    }

    private static func hashedRecord001(_ spec: JSONNode) throws -> EntryBody {
        let signature = try spec.required("signature")
        let key = try signature.required("publicKey").requiredBytes("content")
        return .hashedRecord(
            HashedRecord(
                digest: try digest(spec.required("data").required("hash")),
                signature: try signature.requiredBytes("content"),
                verifier: try EntryVerifier(pem: key), scheme: nil))
    }

    private static func hashedRecord002(_ spec: JSONNode) throws -> EntryBody {
        let record = try spec.required("hashedRekordV002")
        let data = try record.required("data")
        guard let algorithm = try data.hashAlgorithm("algorithm"),
            let digest = Digest(algorithm: algorithm, bytes: try data.bytes("digest"))
        else { throw data.unexpected("a digest") }
        let signature = try record.required("signature")
        let verifier = try signature.required("verifier")
        return .hashedRecord(
            HashedRecord(
                digest: digest, signature: try signature.requiredBytes("content"),
                verifier: try verifier002(verifier), scheme: try KeyDetails.scheme(verifier)))
    }

    private static func verifier002(_ verifier: JSONNode) throws -> EntryVerifier {
        let certificate = try verifier.optional("x509Certificate")
        let key = try verifier.optional("publicKey")
        switch (certificate, key) {
        case (let certificate?, nil): return .certificate(try certificate.requiredBytes("rawBytes"))
        case (nil, let key?): return .publicKey(try key.requiredBytes("rawBytes"))
        default: throw verifier.unexpected("one of x509Certificate, publicKey")
        }
    }

    private static func dsse001(_ spec: JSONNode) throws -> EntryBody {
        let signatures = try spec.list("signatures", limit: BundleLimit.signatures).map {
            EnvelopeSignature(
                bytes: try $0.requiredBytes("signature"),
                verifier: try EntryVerifier(pem: $0.requiredBytes("verifier")))
        }
        return .envelope(
            payloadHash: try digest(spec.required("payloadHash")), signatures: signatures)
    }

    /// Of the older kind the signature is base64 twice.
    private static func intoto002(_ spec: JSONNode) throws -> EntryBody {
        let content = try spec.required("content")
        let signatures = try content.required("envelope")
            .list("signatures", limit: BundleLimit.signatures).map { node in
                let text = String(decoding: try node.requiredBytes("sig"), as: UTF8.self)
                guard let bytes = [UInt8](base64: text) else {
                    throw node.unexpected("a signature in base64, twice")
                }
                return EnvelopeSignature(
                    bytes: bytes, verifier: try EntryVerifier(pem: node.requiredBytes("publicKey")))
            }
        return .envelope(
            payloadHash: try digest(content.required("payloadHash")), signatures: signatures)
    }

    private static func digest(_ node: JSONNode) throws -> Digest {
        guard let algorithm = HashAlgorithm(rawValue: try node.text("algorithm")),
            let bytes = [UInt8](hex: try node.text("value")),
            let digest = Digest(algorithm: algorithm, bytes: bytes)
        else { throw node.unexpected("a digest") }
        return digest
    }
}

extension LogEntry.Kind: CustomStringConvertible {
    package var description: String { "\(name) \(version)" }
}
