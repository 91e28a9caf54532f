import SigningCrypto

/// An extension to be written into a certificate (RFC 5280 §4.2).
struct CertificateExtensionField {
    /// Bits of the key usage extension, the first as the highest bit (RFC 5280 §4.2.1.3).
    enum KeyUsage: UInt8 {
        case digitalSignature = 0x80
        /// keyCertSign and cRLSign.
        case certificateSign = 0x06

        var unusedBits: UInt8 { self == .digitalSignature ? 7 : 1 }
    }

    static let codeSigning = "1.3.6.1.5.5.7.3.3"
    static let timeStamping = "1.3.6.1.5.5.7.3.8"
    static let serverAuthentication = "1.3.6.1.5.5.7.3.1"

    let identifier: String
    var isCritical = false
    /// DER, but for Fulcio's oldest extensions, which are plain text.
    let value: [UInt8]

    var der: [UInt8] {
        // X.690 §11.5: a default value is not written.
        let critical = isCritical ? DER.boolean(true) : []
        return DER.sequence(DER.identifier(identifier), critical, DER.octets(value))
    }

    static func keyUsage(_ usage: KeyUsage) -> Self {
        let bits = DER.tagged(0x03, [usage.unusedBits, usage.rawValue])
        return Self(identifier: "2.5.29.15", isCritical: true, value: bits)
    }

    static func extendedKeyUsage(_ purpose: String, isCritical: Bool) -> Self {
        Self(
            identifier: "2.5.29.37", isCritical: isCritical,
            value: DER.sequence(DER.identifier(purpose)))
    }

    static func certificateAuthority(pathLength: UInt32) -> Self {
        Self(
            identifier: "2.5.29.19", isCritical: true,
            value: DER.sequence(DER.boolean(true), DER.integer(pathLength)))
    }

    static func subjectKeyIdentifier(_ key: PublicKey) -> Self {
        Self(identifier: "2.5.29.14", value: DER.octets(identifier(of: key)))
    }

    static func authorityKeyIdentifier(_ key: PublicKey) -> Self {
        Self(
            identifier: "2.5.29.35",
            value: DER.sequence(DER.tagged(0x80, identifier(of: key))))
    }

    /// Critical, as it must be where the subject is empty (RFC 5280 §4.2.1.6).
    static func subjectAlternativeName(of names: [[UInt8]]) -> Self {
        Self(identifier: "2.5.29.17", isCritical: true, value: DER.sequence(of: names))
    }

    /// RFC 7093 §2: the leftmost 160 bits of a SHA-256.
    private static func identifier(of key: PublicKey) -> [UInt8] {
        Array(Digest(of: key.subjectPublicKeyInfo).bytes.prefix(20))
    }
}
