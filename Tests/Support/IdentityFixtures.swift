package import FoundationEssentials
package import HTTP
package import JSON
package import OpenIDConnect
import SigningCrypto

/// Tokens to begin with, each claim of which can be another.
package enum IdentityFixture {
    /// 2026-01-01 00:00:00
    package static let now = Date(timeIntervalSince1970: 1_767_225_600)
    package static let issuer = "https://token.actions.githubusercontent.com"
    package static let subject = "repo:org/repo:ref:refs/heads/main"
    package static let workflow = "org/repo/.github/workflows/release.yml@refs/heads/main"

    /// A token of a GitHub workflow that ends in five minutes. nil drops a claim.
    package static func jwt(
        _ claims: [String: JSONValue?] = [:], expiresIn seconds: Int64 = 300
    ) -> String {
        let start: Int64 = 1_767_225_600
        var all: [String: JSONValue] = [
            "iss": .string(issuer), "sub": .string(subject), "aud": .string("sigstore"),
            "iat": .integer(start), "nbf": .integer(start), "exp": .integer(start + seconds),
            "job_workflow_ref": .string(workflow),
        ]
        for (name, value) in claims { all[name] = value }
        return jwt(payload: JSONValue.object(all).text())
    }

    package static func jwt(payload: [UInt8]) -> String {
        let parts = [Array(#"{"alg":"RS256"}"#.utf8), payload, Array("s1gnature\u{7F}\u{7F}".utf8)]
        return parts.map(\.base64URL).joined(separator: ".")
    }

    package static func token(
        _ claims: [String: JSONValue?] = [:], expiresIn seconds: Int64 = 300
    ) throws -> IdentityToken {
        try IdentityToken(jwt(claims, expiresIn: seconds), from: "a test")
    }
}

extension [UInt8] {
    fileprivate var base64URL: String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// A transport that answers by a script, its last step again and again, and keeps what it was asked.
package final class ScriptedEndpoint: SimulatedTransport {
    package let exchanges = SimulatedExchanges()
    package typealias Step = Result<HTTPResponse, HTTPFailure>

    private let script: [Step]
    package private(set) var requests: [HTTPRequest] = []

    package init(_ script: [Step]) {
        self.script = script
    }

    package func exchange(
        _ request: HTTPRequest, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse {
        requests.append(request)
        return try script[min(requests.count, script.count) - 1].get()
    }
}

/// A provider that gives its tokens one after the other.
package final class ScriptedProvider: IdentityProvider {
    package typealias Instant = ContinuousClock.Instant

    package let name = "a script"
    package let isRefreshable: Bool
    package let issuesTokens: Bool
    package private(set) var calls = 0
    private let tokens: [String]

    package init(_ tokens: [String], isRefreshable: Bool = true, issuesTokens: Bool = false) {
        self.tokens = tokens
        self.issuesTokens = issuesTokens
        self.isRefreshable = isRefreshable
    }

    package func token(audience: String, deadline: Instant?) throws(IdentityError) -> IdentityToken
    {
        calls += 1
        guard calls <= tokens.count else { throw .unreadable(source: name, reason: "it has ended") }
        return try IdentityToken(tokens[calls - 1], from: name)
    }
}
