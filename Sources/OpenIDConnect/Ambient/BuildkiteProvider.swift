import HTTP
import JSON
import RetryEngine

/// Buildkite: a new token from the agent's service whenever it is asked, as long as the job runs.
struct BuildkiteProvider<Clock: RetryClock>: IdentityProvider {
    /// `BUILDKITE_AGENT_ENDPOINT`
    let endpoint: String
    /// `BUILDKITE_JOB_ID`
    let job: String
    /// `BUILDKITE_AGENT_ACCESS_TOKEN`
    let accessToken: Secret
    let client: HTTPClient<Clock>

    var name: String { "Buildkite" }
    var isRefreshable: Bool { true }

    func token(audience: String, deadline: Clock.Instant?) throws(IdentityError) -> IdentityToken {
        let name = name
        return try client.ask(
            name, .post(["audience": .string(audience)]),
            { () throws(HTTPFailure) in
                try HTTPURL(endpoint).appending(path: "jobs/\(job)/oidc/tokens")
            },
            headers: [.authorization("Token", accessToken), .acceptJSON], deadline: deadline
        ) { response throws(IdentityError) in
            try response.token("token", from: name)
        }
    }
}
