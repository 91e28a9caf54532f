import JSON
package import SigningCrypto

/// What a certificate authority has handed out.
package struct IssuedCertificate: Equatable, Sendable {
    package let leaf: Certificate
    /// A log's promise that came beside the certificate, as authorities do that cannot write it into
    /// one. A bundle has no place for it.
    package let detachedTimestamp: SignedCertificateTimestamp?

    package init(leaf: Certificate, detachedTimestamp: SignedCertificateTimestamp? = nil) {
        self.leaf = leaf
        self.detachedTimestamp = detachedTimestamp
    }
}

extension IssuedCertificate {
    /// Reads an answer of Fulcio in either of its forms.
    ///
    /// Of the chain the leaf alone is kept: what is above it comes from the trusted root.
    package init(json text: [UInt8]) throws {
        let node = try JSONNode(parsingProto: text)
        let embedded = try node.optional("signedCertificateEmbeddedSct")
        let detached = try node.optional("signedCertificateDetachedSct")
        guard let answer = embedded ?? detached, embedded == nil || detached == nil else {
            throw node.unexpected(
                "one of signedCertificateEmbeddedSct, signedCertificateDetachedSct")
        }
        let chain = try answer.required("chain")
        guard let first = try chain.list("certificates", limit: 16).first else {
            throw chain.unexpected("a chain of certificates")
        }
        self.init(
            leaf: try Certificate(pem: first.string),
            detachedTimestamp: try detached.flatMap(Self.timestamp))
    }

    /// The answer of a log's `add-chain` (RFC 6962 §4.1) in base64, as the bytes of §3.2; nil where the
    /// authority has no log.
    private static func timestamp(
        _ answer: JSONNode
    ) throws -> SignedCertificateTimestamp? {
        let text = try answer.bytes("signedCertificateTimestamp")
        if text.isEmpty { return nil }
        let node = try JSONNode(parsing: text)
        let extensions = try node.bytes("extensions")
        guard let version = UInt8(exactly: try node.count("sct_version")),
            let length = UInt16(exactly: extensions.count)
        else { throw node.unexpected("a signed certificate timestamp") }
        let milliseconds = UInt64(try node.count("timestamp"))
        return try SignedCertificateTimestamp(
            [version] + node.requiredBytes("id") + milliseconds.bigEndianBytes
                + length.bigEndianBytes + extensions + node.requiredBytes("signature"))
    }
}
