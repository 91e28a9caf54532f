/// How a signature is made: the kind of key, the hash, the padding.
package enum SignatureScheme: Hashable, Sendable {
    /// ECDSA (FIPS 186-4) on any supported curve, the signature in DER.
    case ecdsa(HashAlgorithm)
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).
    case rsaPKCS1(HashAlgorithm)
    /// RSASSA-PSS with MGF1 over the same hash (RFC 8017 §8.1).
    ///
    /// Signatures are made with a salt as long as the hash, and accepted with any salt.
    case rsaPSS(HashAlgorithm)
    /// Pure Ed25519 (RFC 8032 §5.1), which signs messages and never digests.
    case ed25519

    /// The hash that is signed; nil where the message itself is.
    package var hash: HashAlgorithm? {
        switch self {
        case .ecdsa(let hash), .rsaPKCS1(let hash), .rsaPSS(let hash): hash
        case .ed25519: nil
        }
    }
}

extension SignatureScheme: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ecdsa(let hash): "ECDSA with \(hash)"
        case .rsaPKCS1(let hash): "RSA PKCS#1 with \(hash)"
        case .rsaPSS(let hash): "RSA PSS with \(hash)"
        case .ed25519: "Ed25519"
        }
    }
}
