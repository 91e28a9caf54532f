import HTTP
import RetryEngine

/// Where a code is exchanged for an identity token. One value serves one code.
///
/// A code is good once. Where an answer was lost, asking again may find it taken already: then the
/// refusal says so.
struct TokenEndpoint<Clock: RetryClock> {
    private let url: HTTPURL
    private let source: String
    private let client: HTTPClient<Clock>
    /// The code may have been taken by a call without an answer.
    private var mayBeSpent = false

    init(_ issuer: ProviderMetadata, client: HTTPClient<Clock>) {
        url = issuer.tokenEndpoint
        source = issuer.source
        self.client = client
    }

    /// The token, or the issuer's refusal (RFC 6749 §5).
    ///
    /// - Parameter secrets: What of the form no message may show.
    mutating func redeem(
        _ form: [(name: String, value: String)], hiding secrets: [Secret],
        headers: [HTTPHeader] = [], deadline: Clock.Instant?
    ) throws(IdentityError) -> Result<IdentityToken, OAuthErrorResponse> {
        let source = source
        let hidden = secrets.flatMap { [$0.text, $0.text.percentEncoded] }
        let request: HTTPRequest
        do {
            request = try HTTPRequest(
                .form(form), url, headers: headers + [.acceptJSON], secrets: hidden,
                answers: [400], bodyLimit: tokenAnswerLimit)
        } catch {
            throw .call(provider: source, HTTPError(call: "request", failure: error))
        }
        let outcome = client.send(
            request, deadline: deadline,
            reading: { _ = try $0.token("id_token", from: source) })
        mayBeSpent = mayBeSpent || outcome.mayHaveTakenEffect
        switch outcome.result {
        case .success(let response) where response.isSuccess:
            return .success(try response.token("id_token", from: source))
        case .success(let response):
            guard let refusal = OAuthErrorResponse(response, hiding: hidden) else {
                let failure = HTTPFailure.status(
                    response.status, isTransient: false, retryAfter: nil,
                    excerpt: response.bodyExcerpt(hiding: hidden))
                throw .call(
                    provider: source, HTTPError(call: request.description, failure: failure))
            }
            return .failure(refusal)
        case .failure(let error):
            throw .call(provider: source, error)
        }
    }

    /// What a refusal means to the one who logs in.
    func error(of refusal: OAuthErrorResponse) -> IdentityError {
        switch refusal.code {
        case "expired_token": .loginExpired(source: source)
        case "invalid_grant" where mayBeSpent: .codeSpent(source: source, reason: "\(refusal)")
        default: .denied(source: source, reason: "\(refusal)")
        }
    }
}

extension HTTPRequest.Method {
    static func form(_ fields: [(name: String, value: String)]) -> HTTPRequest.Method {
        .post(
            body: Array(formText(fields).utf8), contentType: "application/x-www-form-urlencoded")
    }
}
