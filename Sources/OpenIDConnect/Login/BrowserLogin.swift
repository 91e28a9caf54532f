package import HTTP
package import RetryEngine
import SigningCrypto

/// A person who logs in by a browser: on this machine, else on any other, from which they bring the
/// code.
///
/// Source: RFC 6749 §4.1 with RFC 7636 and RFC 8252 §7.3.
package struct BrowserLogin<Clock: RetryClock>: IdentityProvider {
    /// How long a browser is waited for before a code is asked for instead: 120 s.
    private static var patience: Duration { .seconds(120) }

    private let issuer: String
    private let clientID: String
    private let client: HTTPClient<Clock>
    private let clock: Clock
    private let interaction: any LoginInteraction<Clock.Instant>

    package init(
        issuer: String, clientID: String = "sigstore", client: HTTPClient<Clock>, clock: Clock,
        interaction: any LoginInteraction<Clock.Instant>
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.client = client
        self.clock = clock
        self.interaction = interaction
    }

    /// Where nothing else ends it: 10 minutes.
    private static var loginLimit: Duration { .seconds(600) }

    package var name: String { ProviderMetadata.source(issuer) }

    /// Nobody is asked to log in twice.
    package var isRefreshable: Bool { false }

    /// - Parameter audience: Not asked for: the token is for the client.
    package func token(
        audience: String, deadline: Clock.Instant?
    ) throws(IdentityError) -> IdentityToken {
        let deadline = deadline ?? clock.now.advanced(by: Self.loginLimit)
        let document = try client.discover(issuer, deadline: deadline)
        let endpoint = try document.authorizationEndpoint()
        if let grant = try redirected(from: endpoint, deadline: deadline) {
            return try exchange(grant, document, deadline: deadline)
        }
        let grant = try outOfBand(from: endpoint, deadline: deadline)
        return try exchange(grant, document, deadline: deadline)
    }

    /// A code, and what it was asked for with.
    private struct Grant {
        let code: Secret
        let question: AuthorizationRequest
        let redirectURI: String
    }

    /// nil where no browser comes back.
    private func redirected(
        from endpoint: String, deadline: Clock.Instant
    ) throws(IdentityError) -> Grant? {
        let question = try question()
        var redirectURI = ""
        let end = min(deadline, clock.now.advanced(by: Self.patience))
        let input = interaction.browse(
            until: end, isAwaited: { question.isAnswered(by: $0) },
            page: { uri in
                redirectURI = uri
                return question.page(at: endpoint, clientID: clientID, redirectURI: uri)
            })
        switch input {
        case .text(let query):
            let code = try question.code(of: query, from: name)
            return Grant(code: code, question: question, redirectURI: redirectURI)
        case .cancelled: throw .cancelled(source: name)
        case .timedOut, .unavailable: return nil
        }
    }

    private func outOfBand(
        from endpoint: String, deadline: Clock.Instant
    ) throws(IdentityError) -> Grant {
        guard clock.now < deadline else { throw .loginTimedOut(source: name) }
        let question = try question()
        let redirectURI = AuthorizationRequest.outOfBand
        let page = question.page(at: endpoint, clientID: clientID, redirectURI: redirectURI)
        switch interaction.askForCode(page: page, until: deadline) {
        case .text(let text):
            let code = text.filter { !$0.isWhitespace }
            guard !code.isEmpty else {
                throw .cannotLogIn(source: name, reason: "no code was entered")
            }
            return Grant(code: Secret(code), question: question, redirectURI: redirectURI)
        case .timedOut: throw .loginTimedOut(source: name)
        case .cancelled: throw .cancelled(source: name)
        case .unavailable(let reason): throw .cannotLogIn(source: name, reason: reason)
        }
    }

    private func question() throws(IdentityError) -> AuthorizationRequest {
        do {
            return try AuthorizationRequest()
        } catch {
            throw .cannotLogIn(source: name, reason: "\(error)")
        }
    }

    private func exchange(
        _ grant: Grant, _ document: ProviderMetadata, deadline: Clock.Instant
    ) throws(IdentityError) -> IdentityToken {
        let verifier = grant.question.pkce.verifier
        // RFC 6749 §2.3.1, with the empty password of a client that can keep none.
        let client = Secret(Array("\(clientID.percentEncoded):".utf8).base64)
        var endpoint = TokenEndpoint(document, client: self.client)
        let answer = try endpoint.redeem(
            [
                ("grant_type", "authorization_code"), ("code", grant.code.text),
                ("redirect_uri", grant.redirectURI), ("code_verifier", verifier.text),
            ], hiding: [grant.code, verifier], headers: [.authorization("Basic", client)],
            deadline: deadline)
        switch answer {
        case .success(let token):
            // OpenID Connect Core 1.0 §3.1.3.7: the token is of this login, and of this issuer.
            guard token.nonce == grant.question.nonce else { throw .nonceMismatch(source: name) }
            return try token.checked(issuer: issuer)
        case .failure(let refusal):
            throw endpoint.error(of: refusal)
        }
    }
}
