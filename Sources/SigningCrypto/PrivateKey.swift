import COpenSSL

/// A key that signs.
///
/// `@unchecked Sendable`: the OpenSSL key is never changed once it is made, and OpenSSL lets any
/// number of threads sign with one key (openssl-threads(7)).
package final class PrivateKey: @unchecked Sendable {
    let handle: Handle<OpaquePointer>
    package let publicKey: PublicKey

    init(_ handle: consuming Handle<OpaquePointer>) throws(CryptoError) {
        let key = handle.pointer
        publicKey = try PublicKey(subjectPublicKeyInfo: encoded { i2d_PUBKEY(key, $0) })
        self.handle = handle
    }

    /// A fresh key.
    package static func generate(
        _ kind: KeyKind = .ecdsa(.p256)
    ) throws(CryptoError) -> PrivateKey {
        let type =
            switch kind {
            case .ecdsa: EVP_PKEY_EC
            case .rsa: EVP_PKEY_RSA
            case .ed25519: EVP_PKEY_ED25519
            }
        let context = try Handle(EVP_PKEY_CTX_new_id(type, nil), freedBy: EVP_PKEY_CTX_free)
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context.pointer) == 1, kind.configure(context.pointer),
            EVP_PKEY_keygen(context.pointer, &key) == 1
        else { throw .failed("make a key", reason: drainedErrors()) }
        return try PrivateKey(Handle(key, freedBy: EVP_PKEY_free))
    }

    /// Signs what was hashed to `digest`.
    ///
    /// The scheme must go with the key, and the digest with the scheme; Ed25519 signs no digests.
    package func sign(
        _ digest: Digest, scheme: SignatureScheme
    ) throws(CryptoError) -> [UInt8] {
        guard publicKey.kind.fits(scheme), scheme.hash == digest.algorithm else {
            throw .unsupported(
                "signature", found: "\(scheme) of a \(digest.algorithm) digest by \(publicKey.kind)"
            )
        }
        let context = try Handle(
            handle.use { EVP_PKEY_CTX_new($0, nil) }, freedBy: EVP_PKEY_CTX_free)
        guard EVP_PKEY_sign_init(context.pointer) == 1,
            scheme.configure(context.pointer, saltLength: RSA_PSS_SALTLEN_DIGEST)
        else { throw .failed("sign", reason: drainedErrors()) }
        return try signature {
            EVP_PKEY_sign(context.pointer, $0, &$1, digest.bytes, digest.bytes.count)
        }
    }

    /// Signs a message. The scheme must go with the key.
    package func sign(
        message: [UInt8], scheme: SignatureScheme
    ) throws(CryptoError) -> [UInt8] {
        if let hash = scheme.hash {
            return try sign(Digest(of: message, using: hash), scheme: scheme)
        }
        guard publicKey.kind.fits(scheme) else {
            throw .unsupported("signature", found: "\(scheme) by \(publicKey.kind)")
        }
        let context = try Handle(EVP_MD_CTX_new(), freedBy: EVP_MD_CTX_free)
        guard handle.use({ EVP_DigestSignInit(context.pointer, nil, nil, nil, $0) }) == 1 else {
            throw .failed("sign", reason: drainedErrors())
        }
        return try signature {
            EVP_DigestSign(context.pointer, $0, &$1, message, message.count)
        }
    }

    /// Asks for the most bytes a signature can have, then for the signature.
    private func signature(
        _ sign: (UnsafeMutablePointer<UInt8>?, inout Int) -> Int32
    ) throws(CryptoError) -> [UInt8] {
        var length = 0
        guard sign(nil, &length) == 1 else { throw .failed("sign", reason: drainedErrors()) }
        let signature = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = sign(buffer.baseAddress, &length) == 1 ? length : 0
        }
        guard !signature.isEmpty else { throw .failed("sign", reason: drainedErrors()) }
        return signature
    }
}

extension KeyKind {
    /// Tells a context that is about to make a key which one.
    fileprivate func configure(_ context: OpaquePointer) -> Bool {
        switch self {
        case .ecdsa(let curve):
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, curve.identifier) == 1
        case .rsa(let bits):
            EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(clamping: bits)) == 1
        case .ed25519:
            true
        }
    }
}
