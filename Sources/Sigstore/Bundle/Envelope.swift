import JSON
import SigningCrypto

/// A DSSE envelope with its one signature.
///
/// Source: secure-systems-lab/dsse, `envelope.md` and `protocol.md`, version 1.0.2.
package struct Envelope: Equatable, Sendable {
    package let payload: [UInt8]
    package let payloadType: String
    package let signature: [UInt8]
    /// Free text; empty where the key is that of a certificate.
    package let keyID: String

    package init(payload: [UInt8], payloadType: String, signature: [UInt8], keyID: String = "") {
        self.payload = payload
        self.payloadType = payloadType
        self.signature = signature
        self.keyID = keyID
    }

    /// What is signed: `"DSSEv1" SP length(type) SP type SP length(body) SP body`.
    package static func preAuthenticationEncoding(type: String, body: [UInt8]) -> [UInt8] {
        start(type, body) + body
    }

    /// The digest of what is signed, without another copy of the body.
    static func digest(type: String, body: [UInt8], using hash: HashAlgorithm) -> Digest {
        let stream = DigestStream(hash)
        stream.update(start(type, body))
        stream.update(body)
        return stream.finish()
    }

    private static func start(_ type: String, _ body: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(body.count) ".utf8)
    }

    package var preAuthenticationEncoding: [UInt8] {
        Self.preAuthenticationEncoding(type: payloadType, body: payload)
    }

    /// The digest of what is signed.
    func digest(using hash: HashAlgorithm) -> Digest {
        Self.digest(type: payloadType, body: payload, using: hash)
    }
}

extension Envelope {
    init(_ node: JSONNode) throws {
        payload = try node.requiredBytes("payload")
        payloadType = try node.required("payloadType").string
        let signatures = try node.list("signatures", limit: BundleLimit.signatures)
        guard let only = signatures.first, signatures.count == 1 else {
            throw BundleError.signatureCount(signatures.count)
        }
        signature = try only.requiredBytes("sig")
        keyID = try only.text("keyid")
    }
}
