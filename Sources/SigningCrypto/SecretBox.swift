import COpenSSL

/// NaCl's `crypto_secretbox`: XSalsa20, authenticated by Poly1305.
///
/// Source: Daniel J. Bernstein, "Cryptography in NaCl", 2009, §10, and "Extending the Salsa20
/// nonce", 2011. OpenSSL has Poly1305 and no Salsa20.
struct SecretBox {
    static let keyCount = 32
    static let nonceCount = 24
    private static let tagCount = 16

    private let cipher: Salsa20

    init(key: [UInt8], nonce: [UInt8]) throws(CryptoError) {
        guard key.count == Self.keyCount, nonce.count == Self.nonceCount else {
            throw .malformed(
                "secret box", reason: "a key of \(key.count) bytes, a nonce of \(nonce.count)")
        }
        let subkey = Salsa20.derivedKey(key: key, nonce: Array(nonce.prefix(16)))
        cipher = Salsa20(key: subkey, nonce: Array(nonce.suffix(8)))
    }

    /// The tag, then the encrypted text.
    func seal(_ plaintext: [UInt8]) throws(CryptoError) -> [UInt8] {
        let (authenticationKey, encrypted) = keyAndText(plaintext)
        return try tag(of: encrypted, authenticationKey) + encrypted
    }

    /// The text in a box whose tag is right; `CryptoError.wrongPassword` otherwise.
    func open(_ box: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard box.count >= Self.tagCount else { throw .wrongPassword }
        let encrypted = Array(box.dropFirst(Self.tagCount))
        let (authenticationKey, plaintext) = keyAndText(encrypted)
        let tag = try tag(of: encrypted, authenticationKey)
        guard CRYPTO_memcmp(tag, Array(box.prefix(Self.tagCount)), Self.tagCount) == 0 else {
            throw .wrongPassword
        }
        return plaintext
    }

    /// The first 32 bytes of the stream are Poly1305's key, the text is combined with what follows.
    private func keyAndText(_ text: [UInt8]) -> (key: [UInt8], text: [UInt8]) {
        let stream = cipher.combined(with: [UInt8](repeating: 0, count: 32) + text)
        return (Array(stream.prefix(32)), Array(stream.dropFirst(32)))
    }

    private func tag(of encrypted: [UInt8], _ key: [UInt8]) throws(CryptoError) -> [UInt8] {
        let algorithm = try Handle(EVP_MAC_fetch(nil, "POLY1305", nil), freedBy: EVP_MAC_free)
        let context = try Handle(EVP_MAC_CTX_new(algorithm.pointer), freedBy: EVP_MAC_CTX_free)
        var tag = [UInt8](repeating: 0, count: Self.tagCount)
        var length = 0
        guard EVP_MAC_init(context.pointer, key, key.count, nil) == 1,
            EVP_MAC_update(context.pointer, encrypted, encrypted.count) == 1,
            EVP_MAC_final(context.pointer, &tag, &length, tag.count) == 1
        else { throw .failed("authenticate the key", reason: drainedErrors()) }
        return tag
    }
}
