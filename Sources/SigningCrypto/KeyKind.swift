import COpenSSL

/// A curve of FIPS 186-4 that keys may be on.
package enum EllipticCurve: String, Hashable, Sendable, CaseIterable {
    case p256 = "P-256"
    case p384 = "P-384"
    case p521 = "P-521"

    /// OpenSSL's number for the curve.
    var identifier: Int32 {
        switch self {
        case .p256: NID_X9_62_prime256v1
        case .p384: NID_secp384r1
        case .p521: NID_secp521r1
        }
    }
}

/// The algorithm and the size of a key.
package enum KeyKind: Hashable, Sendable {
    case ecdsa(EllipticCurve)
    /// RSA of 2048 to 16384 bits.
    case rsa(bits: Int)
    case ed25519

    /// The kind in a SubjectPublicKeyInfo whose key OpenSSL could read.
    init(information: OpaquePointer) throws(CryptoError) {
        var algorithm: OpaquePointer?
        var parameters: UnsafeMutablePointer<X509_ALGOR>?
        X509_PUBKEY_get0_param(&algorithm, nil, nil, &parameters, information)
        switch OBJ_obj2nid(algorithm) {
        case NID_X9_62_id_ecPublicKey:
            self = .ecdsa(try Self.namedCurve(in: parameters))
        case NID_rsaEncryption:
            let bits = Int(EVP_PKEY_get_bits(X509_PUBKEY_get0(information)))
            guard 2048...16384 ~= bits else {
                throw .unsupported("key", found: "RSA of \(bits) bits")
            }
            self = .rsa(bits: bits)
        case NID_ED25519:
            self = .ed25519
        default:
            throw .unsupported("key", found: "algorithm \(ObjectIdentifier.text(algorithm))")
        }
    }

    /// RFC 5480 §2.1.1: the parameters are the name of a curve, never a curve of one's own.
    private static func namedCurve(
        in parameters: UnsafeMutablePointer<X509_ALGOR>?
    ) throws(CryptoError) -> EllipticCurve {
        var type: Int32 = 0
        var value: UnsafeRawPointer?
        X509_ALGOR_get0(nil, &type, &value, parameters)
        guard type == V_ASN1_OBJECT, let value else {
            throw .unsupported("key", found: "an elliptic curve without a name")
        }
        let name = OpaquePointer(value)
        for curve in EllipticCurve.allCases where curve.identifier == OBJ_obj2nid(name) {
            return curve
        }
        throw .unsupported("key", found: "elliptic curve \(ObjectIdentifier.text(name))")
    }

    /// The scheme that goes with the key where nothing else is said.
    package var defaultScheme: SignatureScheme {
        switch self {
        case .ecdsa(.p256): .ecdsa(.sha256)
        case .ecdsa(.p384): .ecdsa(.sha384)
        case .ecdsa(.p521): .ecdsa(.sha512)
        case .rsa: .rsaPKCS1(.sha256)
        case .ed25519: .ed25519
        }
    }

    /// Whether a key of this kind can sign by that scheme.
    package func fits(_ scheme: SignatureScheme) -> Bool {
        switch (self, scheme) {
        case (.ecdsa, .ecdsa), (.rsa, .rsaPKCS1), (.rsa, .rsaPSS), (.ed25519, .ed25519): true
        default: false
        }
    }
}

extension KeyKind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ecdsa(let curve): "ECDSA \(curve.rawValue)"
        case .rsa(let bits): "RSA \(bits)"
        case .ed25519: "Ed25519"
        }
    }
}
