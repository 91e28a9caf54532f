import JSON
package import SigningCrypto

/// What a key signs with: `PublicKeyDetails` of `sigstore_common.proto`.
package enum KeyDetails {
    /// PKCS#1 means a bare RSAPublicKey, PKIX a SubjectPublicKeyInfo.
    private static let known:
        KeyValuePairs<String, (number: Int64, value: (scheme: SignatureScheme, isPKCS1: Bool))> = [
            "PKCS1_RSA_PKCS1V5": (1, (.rsaPKCS1(.sha256), true)),
            "PKCS1_RSA_PSS": (2, (.rsaPSS(.sha256), true)),
            "PKIX_RSA_PKCS1V5": (3, (.rsaPKCS1(.sha256), false)),
            "PKIX_RSA_PSS": (4, (.rsaPSS(.sha256), false)),
            "PKIX_ECDSA_P256_SHA_256": (5, (.ecdsa(.sha256), false)),
            "PKIX_ECDSA_P256_HMAC_SHA_256": (6, (.ecdsa(.sha256), false)),
            "PKIX_ED25519": (7, (.ed25519, false)),
            "PKIX_RSA_PKCS1V15_2048_SHA256": (9, (.rsaPKCS1(.sha256), false)),
            "PKIX_RSA_PKCS1V15_3072_SHA256": (10, (.rsaPKCS1(.sha256), false)),
            "PKIX_RSA_PKCS1V15_4096_SHA256": (11, (.rsaPKCS1(.sha256), false)),
            "PKIX_ECDSA_P384_SHA_384": (12, (.ecdsa(.sha384), false)),
            "PKIX_ECDSA_P521_SHA_512": (13, (.ecdsa(.sha512), false)),
            "PKIX_RSA_PSS_2048_SHA256": (16, (.rsaPSS(.sha256), false)),
            "PKIX_RSA_PSS_3072_SHA256": (17, (.rsaPSS(.sha256), false)),
            "PKIX_RSA_PSS_4096_SHA256": (18, (.rsaPSS(.sha256), false)),
            "PKIX_ECDSA_P384_SHA_256": (19, (.ecdsa(.sha256), false)),
            "PKIX_ECDSA_P521_SHA_256": (20, (.ecdsa(.sha256), false)),
        ]

    /// Reads `keyDetails` and `rawBytes` of a key.
    /// - Throws: `CryptoError.unsupported` for a key that nothing here can be verified with.
    static func key(
        _ node: JSONNode
    ) throws -> (key: PublicKey, scheme: SignatureScheme) {
        let bytes = try node.requiredBytes("rawBytes")
        let details = try details(node)
        let key =
            details.isPKCS1
            ? try PublicKey(pkcs1: bytes) : try PublicKey(subjectPublicKeyInfo: bytes)
        guard key.kind.fits(details.scheme) else {
            throw try node.required("keyDetails").unexpected("what a key of kind \(key.kind) signs")
        }
        return (key, details.scheme)
    }

    /// Reads `keyDetails` alone.
    static func scheme(_ node: JSONNode) throws -> SignatureScheme {
        try details(node).scheme
    }

    private static func details(
        _ node: JSONNode
    ) throws -> (scheme: SignatureScheme, isPKCS1: Bool) {
        guard let details = try? node.choice("keyDetails", known) else {
            throw CryptoError.unsupported("key", found: "'\(node.path).keyDetails' is not known")
        }
        return details
    }

    /// The name for a key that signs in that way, for a log that wants it named.
    package static func name(_ key: KeyKind, _ scheme: SignatureScheme) -> String? {
        switch (key, scheme) {
        case (.ecdsa(.p256), .ecdsa(.sha256)): "PKIX_ECDSA_P256_SHA_256"
        case (.ecdsa(.p384), .ecdsa(.sha384)): "PKIX_ECDSA_P384_SHA_384"
        case (.ecdsa(.p521), .ecdsa(.sha512)): "PKIX_ECDSA_P521_SHA_512"
        case (.ecdsa(.p384), .ecdsa(.sha256)): "PKIX_ECDSA_P384_SHA_256"
        case (.ecdsa(.p521), .ecdsa(.sha256)): "PKIX_ECDSA_P521_SHA_256"
        case (.rsa(let bits), .rsaPKCS1(.sha256)): "PKIX_RSA_PKCS1V15_\(bits)_SHA256"
        case (.rsa(let bits), .rsaPSS(.sha256)): "PKIX_RSA_PSS_\(bits)_SHA256"
        case (.ed25519, .ed25519): "PKIX_ED25519"
        default: nil
        }
    }
}
