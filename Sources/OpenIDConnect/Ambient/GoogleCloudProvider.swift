import HTTP
import JSON
import RetryEngine

/// A machine of Google Cloud: the token of its service account, or of one that this account may
/// speak for.
struct GoogleCloudProvider<Clock: RetryClock>: IdentityProvider {
    /// `GOOGLE_SERVICE_ACCOUNT_NAME`, the e-mail address of the other account.
    let impersonated: String?
    let client: HTTPClient<Clock>

    var name: String { "Google Cloud" }
    var isRefreshable: Bool { true }

    func token(audience: String, deadline: Clock.Instant?) throws(IdentityError) -> IdentityToken {
        let name = name
        if let impersonated {
            return try token(of: impersonated, audience: audience, deadline: deadline)
        }
        let query = "audience=\(audience.percentEncoded)&format=full"
        return try metadata("identity?\(query)", deadline: deadline) {
            response throws(IdentityError) in
            try IdentityToken(String(decoding: response.body, as: UTF8.self), from: name)
        }
    }

    private func token(
        of account: String, audience: String, deadline: Clock.Instant?
    ) throws(IdentityError) -> IdentityToken {
        let name = name
        let scope = "https://www.googleapis.com/auth/cloud-platform".percentEncoded
        let accessToken = try metadata("token?scopes=\(scope)", deadline: deadline) {
            response throws(IdentityError) in
            Secret(try response.text(of: "access_token", from: name))
        }
        let accounts = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts"
        let encodedAccount = account.percentEncoded.replacing("%40", with: "@")
        return try client.ask(
            name, .post(["audience": .string(audience), "includeEmail": .bool(true)]),
            { () throws(HTTPFailure) in
                try HTTPURL("\(accounts)/\(encodedAccount):generateIdToken")
            },
            headers: [.authorization("Bearer", accessToken), .acceptJSON], deadline: deadline
        ) { response throws(IdentityError) in
            try response.token("token", from: name)
        }
    }

    private func metadata<Value>(
        _ item: String, deadline: Clock.Instant?,
        reading read: @escaping (HTTPResponse) throws(IdentityError) -> Value
    ) throws(IdentityError) -> Value {
        try client.ask(
            name, .get,
            { () throws(HTTPFailure) in
                try HTTPURL(
                    metadata: "/computeMetadata/v1/instance/service-accounts/default/\(item)")
            },
            headers: [HTTPHeader("Metadata-Flavor", "Google")], deadline: deadline, reading: read)
    }
}
