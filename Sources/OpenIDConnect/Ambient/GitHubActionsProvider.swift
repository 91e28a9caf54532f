import HTTP
import RetryEngine

/// GitHub Actions: a new token whenever it is asked, as long as the job runs.
struct GitHubActionsProvider<Clock: RetryClock>: IdentityProvider {
    /// `ACTIONS_ID_TOKEN_REQUEST_URL`, which has a query already.
    let url: String
    /// `ACTIONS_ID_TOKEN_REQUEST_TOKEN`
    let requestToken: Secret
    let client: HTTPClient<Clock>

    var name: String { "GitHub Actions" }
    var isRefreshable: Bool { true }

    func token(audience: String, deadline: Clock.Instant?) throws(IdentityError) -> IdentityToken {
        let name = name
        let separator = url.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        return try client.ask(
            name, .get,
            { () throws(HTTPFailure) in
                try HTTPURL("\(url)\(separator)audience=\(audience.percentEncoded)")
            },
            headers: [.authorization("Bearer", requestToken), .acceptJSON], deadline: deadline
        ) { response throws(IdentityError) in
            try response.token("value", from: name)
        }
    }
}
