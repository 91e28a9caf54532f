package import HTTP
package import RetryEngine

/// A person who logs in with another device, while this one asks again and again whether they have.
///
/// Source: RFC 8628, with RFC 7636.
package struct DeviceLogin<Clock: RetryClock>: IdentityProvider {
    private static var grantType: String { "urn:ietf:params:oauth:grant-type:device_code" }
    private static var scope: String { "openid email" }
    /// What `slow_down` adds to the pauses: 10 s, where RFC 8628 §3.5 wants at least 5 s.
    private static var slowDown: Duration { .seconds(10) }

    /// Where nothing else ends it: an hour, more than any code lasts.
    private static var loginLimit: Duration { .seconds(3600) }

    private let issuer: String
    private let clientID: String
    private let client: HTTPClient<Clock>
    private let clock: Clock
    private let show: (DevicePrompt) -> Void

    /// - Parameter show: Tells the person where to log in, and with which code.
    package init(
        issuer: String, clientID: String = "sigstore", client: HTTPClient<Clock>, clock: Clock,
        show: @escaping (DevicePrompt) -> Void
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.client = client
        self.clock = clock
        self.show = show
    }

    package var name: String { ProviderMetadata.source(issuer) }

    /// Nobody is asked to log in twice.
    package var isRefreshable: Bool { false }

    /// - Parameter audience: Not asked for: the token is for the client.
    package func token(
        audience: String, deadline: Clock.Instant?
    ) throws(IdentityError) -> IdentityToken {
        let deadline = deadline ?? clock.now.advanced(by: Self.loginLimit)
        let document = try client.discover(issuer, deadline: deadline)
        let pkce: PKCE
        do {
            pkce = try PKCE()
        } catch {
            throw .cannotLogIn(source: name, reason: "\(error)")
        }
        let grant = try grant(document, pkce, deadline: deadline)
        let expiry = clock.now.advanced(by: grant.lifetime)
        show(grant.prompt)
        let token = try poll(
            TokenEndpoint(document, client: client), for: grant, pkce, until: expiry,
            deadline: deadline)
        return try token.checked(issuer: issuer)
    }

    /// RFC 8628 §3.1.
    private func grant(
        _ document: ProviderMetadata, _ pkce: PKCE, deadline: Clock.Instant
    ) throws(IdentityError) -> DeviceAuthorizationResponse {
        let name = name
        let endpoint = try document.deviceAuthorizationEndpoint()
        return try client.ask(
            name,
            .form([
                ("client_id", clientID), ("scope", Self.scope),
                ("code_challenge", pkce.challenge),
                ("code_challenge_method", PKCE.method),
            ]), { endpoint }, headers: [.acceptJSON], deadline: deadline
        ) { response throws(IdentityError) in
            try DeviceAuthorizationResponse(response, from: name)
        }
    }

    /// RFC 8628 §3.4 and §3.5: polls until there is a token or a reason why there will be none.
    ///
    /// A call that fails as another may not is one poll without an answer.
    private func poll(
        _ endpoint: TokenEndpoint<Clock>, for grant: DeviceAuthorizationResponse, _ pkce: PKCE,
        until expiry: Clock.Instant, deadline: Clock.Instant
    ) throws(IdentityError) -> IdentityToken {
        let form = [
            (name: "grant_type", value: Self.grantType), ("client_id", clientID),
            ("device_code", grant.deviceCode.text), ("code_verifier", pkce.verifier.text),
            ("scope", Self.scope),
        ]
        let end = min(expiry, deadline)
        var endpoint = endpoint
        var pause = grant.interval
        let run = retry(
            policy: RetryPolicy(attempts: nil, backoff: .list([])), deadline: end, clock: clock
        ) { _ -> (Result<IdentityToken, IdentityError>, Verdict) in
            do throws(IdentityError) {
                let answer = try endpoint.redeem(
                    form, hiding: [grant.deviceCode, pkce.verifier], deadline: end)
                switch answer {
                case .success(let token): return (.success(token), .succeeded)
                case .failure(let refusal):
                    let isPending = refusal.code == "authorization_pending"
                    if refusal.code == "slow_down" { pause += Self.slowDown }
                    return (
                        .failure(endpoint.error(of: refusal)),
                        isPending || refusal.code == "slow_down" ? .retry(after: pause) : .stop
                    )
                }
            } catch {
                let isTransient = [.notSent, .unknownOutcome].contains(error.failureClass)
                return (.failure(error), isTransient ? .retry(after: pause) : .stop)
            }
        }
        switch (run.reason, run.value) {
        case (.settled, .success(let token)?): return token
        case (.settled, .failure(let error)?) where error.failureClass != .deadline: throw error
        case (.cancelled, _): throw .cancelled(source: name)
        default:
            throw expiry < deadline ? .loginExpired(source: name) : .loginTimedOut(source: name)
        }
    }
}
