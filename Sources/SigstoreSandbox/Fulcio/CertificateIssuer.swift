import FoundationEssentials
import SigningCrypto

/// What a certificate says, but for who issues it (RFC 5280 §4.1.2).
struct CertificateContent {
    /// The common name; without one the subject is empty.
    var commonName: String?
    var publicKey: PublicKey
    var notBefore: Date
    var notAfter: Date
    var extensions: [CertificateExtensionField]
}

/// A certificate authority: its key, and its own certificate.
struct CertificateIssuer {
    let key: PrivateKey
    let certificate: Certificate
    private let name: [UInt8]

    /// The root of a new hierarchy.
    init(root commonName: String, curve: EllipticCurve = .p384, at time: Date) throws {
        let key = try PrivateKey.generate(.ecdsa(curve))
        name = Self.name(commonName)
        let content = Self.authority(commonName, key: key.publicKey, pathLength: 1, at: time)
        certificate = try Self.issue(
            content, by: key, name: name, serialNumber: randomBytes(16), authority: key.publicKey)
        self.key = key
    }

    /// An authority below another one, which issues for `purpose` only.
    init(
        intermediate commonName: String, purpose: String, under root: CertificateIssuer,
        at time: Date
    ) throws {
        key = try PrivateKey.generate(.ecdsa(.p384))
        name = Self.name(commonName)
        var content = Self.authority(commonName, key: key.publicKey, pathLength: 0, at: time)
        content.extensions.append(.extendedKeyUsage(purpose, isCritical: false))
        certificate = try root.issue(content)
    }

    func issue(_ content: CertificateContent) throws -> Certificate {
        try issue(content, serialNumber: Self.serialNumber())
    }

    func issue(_ content: CertificateContent, serialNumber: [UInt8]) throws -> Certificate {
        try Self.issue(
            content, by: key, name: name, serialNumber: serialNumber, authority: key.publicKey)
    }

    /// The TBSCertificate of what `issue` makes of the same arguments.
    func toBeSigned(_ content: CertificateContent, serialNumber: [UInt8]) -> [UInt8] {
        Self.toBeSigned(
            content, name: name, serialNumber: serialNumber, authority: key.publicKey,
            algorithm: Self.algorithm(of: key.publicKey))
    }

    /// RFC 5280 §4.1.2.2: positive, and of 20 bytes at most.
    static func serialNumber() throws -> [UInt8] {
        var bytes = try randomBytes(20)
        bytes[0] = bytes[0] & 0x7F | 0x40
        return bytes
    }

    private static func issue(
        _ content: CertificateContent, by key: PrivateKey, name: [UInt8], serialNumber: [UInt8],
        authority: PublicKey
    ) throws -> Certificate {
        let algorithm = algorithm(of: key.publicKey)
        let signed = toBeSigned(
            content, name: name, serialNumber: serialNumber, authority: authority,
            algorithm: algorithm)
        let signature = try key.sign(message: signed, scheme: key.publicKey.defaultScheme)
        return try Certificate(der: DER.sequence(signed, algorithm, DER.bits(signature)))
    }

    /// RFC 5280 §4.1: `TBSCertificate`, version 3.
    private static func toBeSigned(
        _ content: CertificateContent, name: [UInt8], serialNumber: [UInt8], authority: PublicKey,
        algorithm: [UInt8]
    ) -> [UInt8] {
        let fields =
            [
                .subjectKeyIdentifier(content.publicKey), .authorityKeyIdentifier(authority),
            ] + content.extensions
        return DER.sequence(
            DER.explicit(0, DER.integer(2)),
            DER.integer(magnitude: serialNumber),
            algorithm,
            name,
            DER.sequence(content.notBefore.certificateTime, content.notAfter.certificateTime),
            content.commonName.map(self.name) ?? DER.sequence(),
            content.publicKey.subjectPublicKeyInfo,
            DER.explicit(3, DER.sequence(of: fields.map(\.der))))
    }

    private static func authority(
        _ commonName: String, key: PublicKey, pathLength: UInt32, at time: Date
    ) -> CertificateContent {
        CertificateContent(
            commonName: commonName, publicKey: key,
            notBefore: time.addingTimeInterval(-86400),
            notAfter: time.addingTimeInterval(10 * 365 * 86400),
            extensions: [
                .certificateAuthority(pathLength: pathLength), .keyUsage(.certificateSign),
            ]
        )
    }

    static let organization = "sigstore-sandbox"

    /// A name of an organization and a common name (RFC 5280 §4.1.2.4).
    private static func name(_ commonName: String) -> [UInt8] {
        DER.sequence(
            DER.set(of: [DER.sequence(DER.identifier("2.5.4.10"), DER.utf8(organization))]),
            DER.set(of: [DER.sequence(DER.identifier("2.5.4.3"), DER.utf8(commonName))]))
    }

    /// The AlgorithmIdentifier of the key's signatures (RFC 5758 §3.2).
    static func algorithm(of key: PublicKey) -> [UInt8] {
        let isP256 = key.kind == .ecdsa(.p256)
        return DER.sequence(DER.identifier(isP256 ? "1.2.840.10045.4.3.2" : "1.2.840.10045.4.3.3"))
    }
}
