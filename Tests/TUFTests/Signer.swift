import JSON
import SigningCrypto

/// A key of the simulated repository.
struct Signer {
    let identifier: String
    /// The member of `keys`.
    var key: JSONValue
    private let privateKey: PrivateKey
    private let scheme: SignatureScheme

    init(_ kind: KeyKind = .ecdsa(.p256)) throws {
        privateKey = try PrivateKey.generate(kind)
        let publicKey = privateKey.publicKey
        identifier = Digest(of: publicKey.subjectPublicKeyInfo).hex
        switch kind {
        case .ed25519:
            scheme = .ed25519
            key = Self.key("ed25519", "ed25519", publicKey.subjectPublicKeyInfo.suffix(32).hex)
        case .rsa:
            scheme = .rsaPSS(.sha256)
            key = Self.key("rsa", "rsassa-pss-sha256", publicKey.pem)
        case .ecdsa:
            scheme = .ecdsa(.sha256)
            key = Self.key("ecdsa", "ecdsa-sha2-nistp256", publicKey.pem)
        }
    }

    /// The same key under another identifier.
    init(_ other: Signer, identifier: String) {
        self.identifier = identifier
        key = other.key
        privateKey = other.privateKey
        scheme = other.scheme
    }

    private var publicKey: PublicKey { privateKey.publicKey }
    var pem: String { publicKey.pem }
    /// The point of a P-256 key.
    var point: [UInt8] { publicKey.subjectPublicKeyInfo.suffix(65) }

    /// A P-256 key with one coordinate and the sign of the other (SEC 1 §2.3.3).
    var compressedPEM: String {
        let header = publicKey.subjectPublicKeyInfo[2..<23]
        let sign = 2 + (point[64] & 1)
        let bytes = [0x30, 0x39] + header + [0x03, 0x22, 0x00, sign] + point[1...32]
        return PEMBlock(label: "PUBLIC KEY", bytes: bytes).text
    }

    static func key(_ type: String, _ scheme: String, _ text: String) -> JSONValue {
        .object([
            "keytype": .string(type),
            "scheme": .string(scheme),
            "keyval": .object(["public": .string(text)]),
        ])
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] {
        try privateKey.sign(message: message, scheme: scheme)
    }
}
