import HTTP
import JSON
import RetryEngine
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("Logging in with another device")
struct DeviceLoginTests {
    private let clock = RecordingClock()
    private static let name = "the login at '\(LoginFixture.issuer)'"
    private static let pending = LoginFixture.refusal("authorization_pending")
    private static let slowDown = LoginFixture.refusal("slow_down")

    private func login(
        _ service: ScriptedService, within limit: Duration = .seconds(600),
        show: @escaping (DevicePrompt) -> Void = { _ in }
    ) throws(IdentityError) -> IdentityToken {
        try DeviceLogin(
            issuer: LoginFixture.issuer, client: HTTPClient(transport: service, clock: clock),
            clock: clock, show: show
        ).token(audience: "sigstore", deadline: clock.now.advanced(by: limit))
    }

    private func service(
        device: ScriptedService.Answer = LoginFixture.device(),
        _ polls: ScriptedService.Answer...
    ) -> ScriptedService {
        ScriptedService([LoginFixture.document(), device] + polls)
    }

    @Test("the person sees the code and the page, and the token comes once they have agreed")
    func agreed() throws {
        let service = service(Self.pending, Self.pending, LoginFixture.token())
        var prompts: [DevicePrompt] = []
        let token = try login(service) { prompts.append($0) }

        #expect(token.issuer == LoginFixture.issuer)
        #expect(
            prompts == [
                DevicePrompt(
                    userCode: "WXYZ-1234", page: "https://login.example/device", pageWithCode: nil)
            ])
        #expect(clock.pauses == [.seconds(2), .seconds(2)])
    }

    @Test("every poll has the device's code and the verifier of the challenge")
    func forms() throws {
        let service = service(Self.pending, LoginFixture.token())
        _ = try login(service)

        let forms = service.calls.map { String(decoding: $0.body, as: UTF8.self) }
        try #require(forms.count == 4)
        #expect(
            service.calls.map(\.description).suffix(3) == [
                "POST https://login.example/auth/device", "POST https://login.example/auth/token",
                "POST https://login.example/auth/token",
            ])
        let challenge = try #require(LoginFixture.field("code_challenge", of: forms[1]))
        let verifier = try #require(LoginFixture.field("code_verifier", of: forms[2]))
        #expect(
            forms[1] == "client_id=sigstore&scope=openid%20email&code_challenge=\(challenge)"
                + "&code_challenge_method=S256")
        #expect(
            forms[2] == "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                + "&client_id=sigstore&device_code=d3vice&code_verifier=\(verifier)"
                + "&scope=openid%20email")
        #expect(forms[3] == forms[2])
        #expect(PKCE(verifier: Secret(verifier)).challenge == challenge)
    }

    @Test("slow_down makes all later pauses 10 s longer")
    func slowDown() throws {
        _ = try login(
            service(
                Self.pending, Self.slowDown, Self.pending, Self.slowDown, LoginFixture.token()))

        #expect(clock.pauses == [2, 12, 12, 22].map { .seconds($0) })
    }

    @Test("without an interval the pause is 5 s, and never none at all")
    func interval() throws {
        let cases: [(JSONValue?, Int)] = [(nil, 5), (.integer(0), 1), (.integer(-3), 1)]
        for (interval, seconds) in cases {
            let before = clock.pauses.count
            _ = try login(
                service(
                    device: LoginFixture.device(["interval": interval]), Self.pending,
                    LoginFixture.token()))
            #expect(clock.pauses.dropFirst(before) == [.seconds(seconds)])
        }
    }

    @Test("a poll without an answer is followed by another")
    func outage() throws {
        let service = service(
            .refused, .refused, .refused, .answer(503, ""), .lost, .lost, Self.pending,
            LoginFixture.token())
        _ = try login(service)

        // Three attempts of a call, with pauses of 1 s and 5 s, are one poll.
        #expect(clock.pauses == [1, 5, 2, 1, 5, 2, 2].map { .seconds($0) })
    }

    @Test("a refusal ends the polling, with the issuer's reason")
    func refused() {
        let cases: [(ScriptedService.Answer, IdentityError)] = [
            (
                LoginFixture.refusal("access_denied", "said no"),
                .denied(source: Self.name, reason: "access_denied: said no")
            ),
            (LoginFixture.refusal("expired_token"), .loginExpired(source: Self.name)),
            (
                LoginFixture.refusal("invalid_grant"),
                .denied(source: Self.name, reason: "invalid_grant")
            ),
        ]
        for (answer, expected) in cases {
            let service = service(Self.pending, answer)
            let error = failure(IdentityError.self) { try login(service) }
            #expect(error == expected)
            #expect(error?.failureClass == .permanent)
            #expect(service.calls.count == 4)
        }
    }

    @Test("a device's code that was taken by a call whose answer was lost is explained")
    func lostAnswer() {
        let service = service(
            .lost, .lost, .lost, Self.pending, LoginFixture.refusal("invalid_grant"))
        #expect(
            failure(IdentityError.self) { try login(service) }
                == .codeSpent(source: Self.name, reason: "invalid_grant"))
    }

    @Test("the polling ends with the code's life")
    func expiry() {
        let service = service(
            device: LoginFixture.device(["expires_in": .integer(7)]), Self.pending)
        #expect(
            failure(IdentityError.self) { try login(service) } == .loginExpired(source: Self.name))
        #expect(clock.pauses == [2, 2, 2].map { .seconds($0) })
    }

    @Test("the polling ends at the deadline")
    func deadline() {
        let error = failure(IdentityError.self) {
            try login(service(Self.pending), within: .seconds(5))
        }
        #expect(error == .loginTimedOut(source: Self.name))
        #expect(error?.className == "deadline")
        #expect(clock.pauses == [2, 2].map { .seconds($0) })
    }

    @Test("a cancelled pause ends the polling")
    func cancelled() {
        let service = service(Self.pending)
        let clock = CancelledClock()
        let login = DeviceLogin(
            issuer: LoginFixture.issuer, client: HTTPClient(transport: service, clock: clock),
            clock: clock, show: { _ in })
        let error = failure(IdentityError.self) {
            try login.token(
                audience: "sigstore", deadline: clock.now.advanced(by: .seconds(600)))
        }

        #expect(error == .cancelled(source: Self.name))
        #expect(error?.failureClass == .cancelled)
        #expect(service.calls.count == 3)
        #expect(!login.isRefreshable)
    }

    @Test("a token of another issuer is refused")
    func tokenIssuer() {
        let error = failure(IdentityError.self) {
            try login(service(LoginFixture.token(["iss": "https://other.example"])))
        }
        #expect(error?.className == "token-issuer")
    }

    @Test("an answer to a device that lacks something is refused, and not shown")
    func malformedGrant() {
        for name in ["device_code", "user_code", "verification_uri", "expires_in"] {
            let service = service(device: LoginFixture.device([name: nil]))
            let error = failure(IdentityError.self) { try login(service) }
            #expect(error?.className == "bad-response")
            #expect(error?.description.contains(name) == true)
            #expect(error?.description.contains("d3vice") == false)
        }
    }

    @Test("no error shows the device's code, even where the issuer repeats it")
    func secrets() {
        for answer in [
            LoginFixture.refusal("invalid_grant", "d3vice is unknown"),
            .answer(403, "d3vice is unknown"), .answer(400, "d3vice is unknown"),
        ] {
            let error = failure(IdentityError.self) { try login(service(answer)) }
            #expect(error?.description.contains("[secret] is unknown") == true)
            #expect(!String(reflecting: error).contains("d3vice"))
        }
    }
}

/// A clock of a run that is to end.
private struct CancelledClock: RetryClock {
    let now = ContinuousClock().now

    func pause(for duration: Duration) -> Bool { false }
}
