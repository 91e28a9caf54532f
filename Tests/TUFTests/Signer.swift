import JSON
import SigningCrypto

/// A key of the simulated repository.
struct Signer {
    let identifier: String
    /// The member of `keys`.
    var key: JSONValue
    private let privateKey: PrivateKey
    private let scheme: SignatureScheme

    init(_ kind: KeyKind = .ecdsa(.p256), identifier: String? = nil) throws {
        privateKey = try PrivateKey.generate(kind)
        let publicKey = privateKey.publicKey
        self.identifier = identifier ?? Digest(of: publicKey.subjectPublicKeyInfo).hex
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

    var pem: String { privateKey.publicKey.pem }
    /// The point of a P-256 key.
    var point: [UInt8] { privateKey.publicKey.subjectPublicKeyInfo.suffix(65) }

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
