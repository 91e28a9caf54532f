import COpenSSL

/// A key that signatures are checked with; equal to another when its SubjectPublicKeyInfo is.
package struct PublicKey: Sendable {
    /// SubjectPublicKeyInfo in DER (RFC 5280 §4.1).
    package let subjectPublicKeyInfo: [UInt8]
    package let kind: KeyKind
    private let key: SharedObject

    /// A SubjectPublicKeyInfo, in DER without a byte more.
    package init(subjectPublicKeyInfo bytes: [UInt8]) throws(CryptoError) {
        let information = try Handle(
            der: bytes, "public key", by: d2i_X509_PUBKEY, freedBy: X509_PUBKEY_free)
        try self.init(information: information.pointer)
        guard subjectPublicKeyInfo == bytes else {
            throw .malformed("public key", reason: "it is not DER")
        }
    }

    /// What OpenSSL has read already.
    init(information: OpaquePointer) throws(CryptoError) {
        guard let key = X509_PUBKEY_get0(information) else {
            throw .malformed("public key", reason: drainedErrors())
        }
        kind = try KeyKind(information: information)
        subjectPublicKeyInfo = try encoded { i2d_X509_PUBKEY(information, $0) }
        self.key = try SharedObject(key, retainedBy: EVP_PKEY_up_ref, freedBy: EVP_PKEY_free)
    }

    /// An RSAPublicKey in DER (RFC 8017 §A.1.1), as some log keys are given.
    package init(pkcs1 bytes: [UInt8]) throws(CryptoError) {
        let key = try Handle(
            der: bytes, "RSA public key",
            by: { d2i_PublicKey(EVP_PKEY_RSA, $0, $1, $2) }, freedBy: EVP_PKEY_free)
        try self.init(subjectPublicKeyInfo: encoded(by: { i2d_PUBKEY(key.pointer, $0) }))
    }

    /// The 32 bytes of an Ed25519 key (RFC 8032 §5.1.2).
    package init(ed25519 bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count == 32 else {
            throw .malformed("Ed25519 key", reason: "it has \(bytes.count) bytes, not 32")
        }
        // RFC 8410 §4: the algorithm, and a bit string without unused bits.
        let header: [UInt8] = [
            0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
        ]
        try self.init(subjectPublicKeyInfo: header + bytes)
    }

    /// A point of P-256: 0x04 and both coordinates, 65 bytes (SEC 1 §2.3.3).
    package init(p256Point bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count == 65, bytes.first == 0x04 else {
            throw .malformed("P-256 point", reason: "it is not 0x04 and 64 bytes")
        }
        // RFC 5480 §2: the algorithm with the name of the curve, and a bit string.
        let header: [UInt8] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
            0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ]
        try self.init(subjectPublicKeyInfo: header + bytes)
    }

    /// The one `PUBLIC KEY` or `RSA PUBLIC KEY` block of a PEM text.
    package init(pem: String) throws(CryptoError) {
        let blocks = try PEMBlock.blocks(in: pem)
        guard let block = blocks.first, blocks.count == 1 else {
            throw .malformed("public key", reason: "\(blocks.count) PEM blocks instead of one")
        }
        switch block.label {
        case "PUBLIC KEY": try self.init(subjectPublicKeyInfo: block.bytes)
        case "RSA PUBLIC KEY": try self.init(pkcs1: block.bytes)
        default: throw .unsupported("public key", found: "a PEM block that is \(block.kind)")
        }
    }

    package var pem: String {
        PEMBlock(label: "PUBLIC KEY", bytes: subjectPublicKeyInfo).text
    }

    package var defaultScheme: SignatureScheme { kind.defaultScheme }

    /// The key as OpenSSL works with it, to be read only.
    func opened() throws(CryptoError) -> Handle<OpaquePointer> { try key.reference() }
}

extension PublicKey: Hashable {
    package static func == (left: PublicKey, right: PublicKey) -> Bool {
        left.subjectPublicKeyInfo == right.subjectPublicKeyInfo
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(subjectPublicKeyInfo)
    }
}
