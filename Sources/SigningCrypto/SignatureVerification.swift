import COpenSSL

extension PublicKey {
    /// Whether this key made the signature over what was hashed to `digest`.
    ///
    /// False also where the scheme does not go with the key, or the digest not with the scheme;
    /// so it is for Ed25519, which does not sign digests.
    package func isValid(
        _ signature: [UInt8], of digest: Digest, scheme: SignatureScheme
    ) -> Bool {
        guard let hash = scheme.hash, hash == digest.algorithm, kind.fits(scheme) else {
            return false
        }
        defer { ERR_clear_error() }
        guard let isValid = try? verify(signature, digest, scheme, hash) else { return false }
        return isValid
    }

    /// Whether this key made the signature over that message.
    ///
    /// False also where the scheme does not go with the key.
    package func isValid(
        _ signature: [UInt8], ofMessage message: [UInt8], scheme: SignatureScheme
    ) -> Bool {
        if let hash = scheme.hash {
            return isValid(signature, of: Digest(of: message, using: hash), scheme: scheme)
        }
        guard kind.fits(scheme) else { return false }
        defer { ERR_clear_error() }
        guard let isValid = try? verifyPure(signature, message) else { return false }
        return isValid
    }

    private func verify(
        _ signature: [UInt8], _ digest: Digest, _ scheme: SignatureScheme, _ hash: HashAlgorithm
    ) throws(CryptoError) -> Bool {
        let key = try opened()
        let context = try Handle(EVP_PKEY_CTX_new(key.pointer, nil), freedBy: EVP_PKEY_CTX_free)
        guard EVP_PKEY_verify_init(context.pointer) == 1,
            scheme.configure(context.pointer, saltLength: RSA_PSS_SALTLEN_AUTO)
        else { return false }
        return EVP_PKEY_verify(
            context.pointer, signature, signature.count, digest.bytes, digest.bytes.count) == 1
    }

    private func verifyPure(_ signature: [UInt8], _ message: [UInt8]) throws(CryptoError) -> Bool {
        let key = try opened()
        let context = try Handle(EVP_MD_CTX_new(), freedBy: EVP_MD_CTX_free)
        return EVP_DigestVerifyInit(context.pointer, nil, nil, nil, key.pointer) == 1
            && EVP_DigestVerify(
                context.pointer, signature, signature.count, message, message.count) == 1
    }
}

extension SignatureScheme {
    /// Tells a context that is about to sign or verify a digest which hash and padding it is.
    func configure(_ context: OpaquePointer, saltLength: Int32) -> Bool {
        let isPadded =
            switch self {
            case .ecdsa, .ed25519: true
            case .rsaPKCS1: EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
            case .rsaPSS:
                EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                    && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, saltLength) == 1
            }
        return isPadded && EVP_PKEY_CTX_set_signature_md(context, hash?.messageDigest) == 1
    }
}
