import SigningCrypto

/// Shows that who redeems a code is who asked for it (RFC 7636).
struct PKCE: Sendable {
    /// The method of `challenge`, by its registered name.
    static let method = "S256"

    let verifier: Secret

    /// 48 random bytes as 64 characters; §4.1 wants 43 to 128.
    init() throws(CryptoError) {
        self.init(verifier: Secret(try randomBytes(48).base64URL))
    }

    init(verifier: Secret) {
        self.verifier = verifier
    }

    /// `BASE64URL(SHA-256(verifier))`, RFC 7636 §4.2.
    var challenge: String {
        Digest(of: Array(verifier.text.utf8)).bytes.base64URL
    }
}
