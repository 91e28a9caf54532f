import HTTP
import JSON
import RetryEngine
import SigningCrypto
import TestSupport

@testable import OpenIDConnect

/// An issuer's document, answers and tokens.
enum LoginFixture {
    static let issuer = "https://login.example/auth"

    /// nil drops a member.
    static func document(_ changes: [String: JSONValue?] = [:]) -> ScriptedService.Answer {
        var members: [String: JSONValue] = [
            "issuer": .string(issuer),
            "authorization_endpoint": "https://login.example/auth/authorize",
            "token_endpoint": "https://login.example/auth/token",
            "device_authorization_endpoint": "https://login.example/auth/device",
            "code_challenge_methods_supported": ["plain", "S256"],
        ]
        for (name, value) in changes { members[name] = value }
        return .answer(200, JSONValue.object(members).text())
    }

    static func device(_ changes: [String: JSONValue?] = [:]) -> ScriptedService.Answer {
        var members: [String: JSONValue] = [
            "device_code": "d3vice", "user_code": "WXYZ-1234",
            "verification_uri": "https://login.example/device", "expires_in": .integer(300),
            "interval": .integer(2),
        ]
        for (name, value) in changes { members[name] = value }
        return .answer(200, JSONValue.object(members).text())
    }

    static func token(
        nonce: String? = nil, _ claims: [String: JSONValue?] = [:]
    ) -> ScriptedService.Answer {
        let own: [String: JSONValue?] = [
            "iss": .string(issuer), "nonce": nonce.map(JSONValue.string),
        ]
        let token = IdentityFixture.jwt(own.merging(claims) { $1 })
        return .answer(200, #"{"access_token":"acc3ss","id_token":"\#(token)"}"#)
    }

    static func refusal(_ code: String, _ description: String = "") -> ScriptedService.Answer {
        .answer(400, #"{"error":"\#(code)","error_description":"\#(description)"}"#)
    }

    /// What a form or a query says, where nothing of it is encoded.
    static func field(_ name: String, of text: String) -> String? {
        text.split { "?&".contains($0) }.first { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }
}

/// A person at a browser, who does what the test says with the pages they see.
final class ScriptedPerson: LoginInteraction {
    typealias Instant = ContinuousClock.Instant

    static let redirectURI = "http://localhost:4711/auth/callback"

    private let callback: (_ state: String) -> LoginInput
    private let entry: LoginInput
    private(set) var pages: [String] = []
    private(set) var deadlines: [Instant] = []
    /// What was not of the login, as the login said.
    private(set) var wrongQueries: [String] = []

    /// - Parameters:
    ///   - entry: The code that is typed in.
    ///   - callback: What comes of the browser.
    init(
        entry: LoginInput = .unavailable(reason: "no terminal"),
        callback: @escaping (_ state: String) -> LoginInput
    ) {
        self.callback = callback
        self.entry = entry
    }

    /// One who agrees.
    convenience init() {
        self.init { .text("code=c0de&state=\($0)") }
    }

    /// One without a browser on this machine.
    convenience init(entry: LoginInput) {
        self.init(entry: entry) { _ in .unavailable(reason: "no browser") }
    }

    var nonce: String? { pages.last.flatMap { LoginFixture.field("nonce", of: $0) } }

    func browse(
        until deadline: Instant, isAwaited: @escaping @Sendable (_ query: String) -> Bool,
        page: (_ redirectURI: String) -> String
    ) -> LoginInput {
        pages.append(page(Self.redirectURI))
        deadlines.append(deadline)
        let input = callback(LoginFixture.field("state", of: pages[0]) ?? "")
        if case .text(let query) = input, !isAwaited(query) { wrongQueries.append(query) }
        return input
    }

    func askForCode(page: String, until deadline: Instant) -> LoginInput {
        pages.append(page)
        deadlines.append(deadline)
        return entry
    }
}
