import HTTP
import SigningCrypto

/// What a browser is sent to the issuer with, and what it must bring back.
///
/// Source: RFC 6749 §4.1, OpenID Connect Core 1.0 §3.1.2, RFC 7636.
struct AuthorizationRequest: Sendable {
    /// What an issuer sends a browser to that cannot come back: a page with the code.
    static let outOfBand = "urn:ietf:wg:oauth:2.0:oob"

    /// 128 random bits: who does not know it cannot have a callback taken.
    let state: String
    /// 128 random bits that the identity token repeats.
    let nonce: String
    let pkce: PKCE

    init() throws(CryptoError) {
        state = try randomBytes(16).base64URL
        nonce = try randomBytes(16).base64URL
        pkce = try PKCE()
    }

    /// The page at which the person logs in.
    func page(at endpoint: String, clientID: String, redirectURI: String) -> String {
        let query = formText([
            ("response_type", "code"), ("client_id", clientID), ("redirect_uri", redirectURI),
            ("scope", "openid email"), ("state", state), ("nonce", nonce),
            ("code_challenge", pkce.challenge), ("code_challenge_method", PKCE.method),
            ("access_type", "online"),
        ])
        return endpoint + (endpoint.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + query
    }

    /// Whether a query repeats the state: what has another one may be from anybody.
    func isAnswered(by query: String) -> Bool {
        formFields(query)?["state"] == state
    }

    /// The code that a browser has come back with.
    ///
    /// - Parameters:
    ///   - query: Of the URL that it was sent to (RFC 6749 §4.1.2).
    ///   - source: Whose login it is, for messages.
    func code(of query: String, from source: String) throws(IdentityError) -> Secret {
        guard let fields = formFields(query) else {
            throw .cannotLogIn(source: source, reason: "the browser's answer has a field twice")
        }
        // First of all, whoever has let the query through.
        guard fields["state"] == state else { throw .stateMismatch(source: source) }
        if let error = fields["error"] {
            let refusal = OAuthErrorResponse(
                code: error, description: fields["error_description"], hiding: [])
            throw .denied(source: source, reason: "\(refusal)")
        }
        guard let code = fields["code"], !code.isEmpty else {
            throw .cannotLogIn(source: source, reason: "the browser's answer has no code")
        }
        return Secret(code)
    }
}
