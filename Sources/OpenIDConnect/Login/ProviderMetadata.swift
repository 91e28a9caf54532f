import HTTP
import JSON
import Patterns
import RetryEngine

/// What an issuer says of itself: its OpenID configuration.
///
/// Source: OpenID Connect Discovery 1.0 §3, RFC 8628 §4.
struct ProviderMetadata {
    /// Whose login it is, for messages.
    let source: String
    /// The issuer as it was configured, and says itself.
    let issuer: String
    let tokenEndpoint: HTTPURL
    private let document: JSONNode

    static func source(_ issuer: String) -> String { "the login at '\(shownAddress(issuer))'" }

    /// - Throws: `.discovery` for a document of another issuer, or of one that codes cannot be had
    ///   from safely.
    init(_ document: JSONNode, of issuer: String) throws(IdentityError) {
        self.document = document
        self.issuer = issuer
        source = Self.source(issuer)
        // OpenID Connect Discovery 1.0 §4.3: else one issuer could speak for another.
        let found = try Self.text("issuer", of: document, issuer)
        guard TextRule.exactly(issuer).accepts(found) else {
            throw .discovery(issuer: issuer, reason: "is of another issuer, '\(found)'")
        }
        guard Self.supportsPKCE(document, issuer) else {
            throw .discovery(
                issuer: issuer, reason: "does not offer \(PKCE.method) to protect codes with")
        }
        tokenEndpoint = try Self.url("token_endpoint", of: document, issuer)
    }

    /// Where a browser is sent to.
    func authorizationEndpoint() throws(IdentityError) -> String {
        _ = try Self.url("authorization_endpoint", of: document, issuer)
        let text = try Self.text("authorization_endpoint", of: document, issuer)
        // RFC 6749 §3.1; what is appended to it would not be a query.
        guard !text.utf8.contains(UInt8(ascii: "#")) else {
            throw .discovery(
                issuer: issuer, reason: "has an 'authorization_endpoint' with a fragment")
        }
        return text
    }

    /// Where a device asks for a code to show.
    func deviceAuthorizationEndpoint() throws(IdentityError) -> HTTPURL {
        try Self.url("device_authorization_endpoint", of: document, issuer)
    }

    private static func supportsPKCE(_ document: JSONNode, _ issuer: String) -> Bool {
        // Azure takes proof keys without saying so.
        let azure = ["https://login.microsoftonline.com/", "https://login.microsoftonline.us/"]
        let methods = try? document.optional("code_challenge_methods_supported")?.elements
        return methods?.contains { (try? $0.string) == PKCE.method } ?? false
            || azure.contains(where: issuer.hasPrefix)
    }

    private static func text(
        _ member: String, of document: JSONNode, _ issuer: String
    ) throws(IdentityError) -> String {
        guard let text = try? document.required(member).string else {
            throw .discovery(issuer: issuer, reason: "has no text '\(member)'")
        }
        return text
    }

    private static func url(
        _ member: String, of document: JSONNode, _ issuer: String
    ) throws(IdentityError) -> HTTPURL {
        let text = try text(member, of: document, issuer)
        do {
            return try HTTPURL(text)
        } catch {
            throw .discovery(
                issuer: issuer, reason: "has a '\(member)' that cannot be used: \(error)")
        }
    }
}

extension HTTPClient {
    /// Asks an issuer for its OpenID configuration.
    func discover(
        _ issuer: String, deadline: Clock.Instant?
    ) throws(IdentityError) -> ProviderMetadata {
        let document = try ask(
            ProviderMetadata.source(issuer), .get,
            { () throws(HTTPFailure) in
                try HTTPURL(issuer).appending(path: ".well-known/openid-configuration")
            },
            headers: [.acceptJSON], deadline: deadline
        ) { response throws(IdentityError) in
            guard let node = try? JSONNode(parsing: response.body), node.isObject
            else { throw .discovery(issuer: issuer, reason: "is not a JSON object") }
            return node
        }
        return try ProviderMetadata(document, of: issuer)
    }
}
