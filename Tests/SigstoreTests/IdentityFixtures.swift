import FoundationEssentials
import HTTP
import JSON
import RetryEngine
import SigningCrypto

@testable import Sigstore

/// Tokens to begin with, each claim of which can be another.
enum IdentityFixture {
    /// 2026-01-01 00:00:00
    static let now = Date(timeIntervalSince1970: 1_767_225_600)
    static let issuer = "https://token.actions.githubusercontent.com"
    static let subject = "repo:org/repo:ref:refs/heads/main"
    static let workflow = "org/repo/.github/workflows/release.yml@refs/heads/main"

    /// A token of a GitHub workflow that ends in five minutes. nil drops a claim.
    static func jwt(
        _ claims: [String: JSONValue?] = [:], expiresIn seconds: Int64 = 300
    ) -> String {
        let start: Int64 = 1_767_225_600
        var all: [String: JSONValue] = [
            "iss": .string(issuer), "sub": .string(subject), "aud": "sigstore",
            "iat": .integer(start), "nbf": .integer(start), "exp": .integer(start + seconds),
            "job_workflow_ref": .string(workflow),
        ]
        for (name, value) in claims { all[name] = value }
        return jwt(payload: JSONValue.object(all).text())
    }

    static func jwt(payload: [UInt8]) -> String {
        let parts = [Array(#"{"alg":"RS256"}"#.utf8), payload, Array("s1gnature\u{7F}\u{7F}".utf8)]
        return parts.map(\.base64URL).joined(separator: ".")
    }

    static func token(
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
final class ScriptedEndpoint: HTTPTransport {
    typealias Step = Result<HTTPResponse, HTTPFailure>

    private let script: [Step]
    private(set) var requests: [HTTPRequest] = []

    init(_ script: [Step]) {
        self.script = script
    }

    func exchange(
        _ request: HTTPRequest, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse {
        requests.append(request)
        return try script[min(requests.count, script.count) - 1].get()
    }
}

extension Result where Success == HTTPResponse, Failure == HTTPFailure {
    static func answer(_ status: Int, _ body: String) -> Self {
        .success(
            HTTPResponse(
                status: status, headers: [], body: Array(body.utf8),
                receivedAt: IdentityFixture.now))
    }
}

/// A clock that wakes at once.
final class InstantClock: RetryClock {
    private(set) var now = ContinuousClock().now

    var inTwoMinutes: ContinuousClock.Instant { now.advanced(by: .seconds(120)) }

    func pause(for duration: Duration) -> Bool {
        now = now.advanced(by: duration)
        return true
    }
}

/// A provider that gives its tokens one after the other.
final class ScriptedProvider: IdentityProvider {
    typealias Instant = ContinuousClock.Instant

    let name = "a script"
    let isRefreshable: Bool
    let issuesTokens: Bool
    private(set) var calls = 0
    private let tokens: [String]

    init(_ tokens: [String], isRefreshable: Bool = true, issuesTokens: Bool = false) {
        self.tokens = tokens
        self.issuesTokens = issuesTokens
        self.isRefreshable = isRefreshable
    }

    func token(audience: String, deadline: Instant) throws(IdentityError) -> IdentityToken {
        calls += 1
        guard calls <= tokens.count else { throw .unreadable(source: name, reason: "it has ended") }
        return try IdentityToken(tokens[calls - 1], from: name)
    }
}
