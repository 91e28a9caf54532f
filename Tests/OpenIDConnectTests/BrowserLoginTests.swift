import HTTP
import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("Logging in by a browser")
struct BrowserLoginTests {
    private let clock = RecordingClock()
    private static let name = "the login at '\(LoginFixture.issuer)'"

    private func login(
        _ person: ScriptedPerson, _ service: ScriptedService
    ) throws(IdentityError) -> IdentityToken {
        try BrowserLogin(
            issuer: LoginFixture.issuer, client: HTTPClient(transport: service, clock: clock),
            clock: clock, interaction: person
        ).token(audience: "sigstore", deadline: clock.now.advanced(by: .seconds(600)))
    }

    /// An issuer that gives a token with the nonce that the person's page had.
    private func issuer(
        _ person: ScriptedPerson, document: ScriptedService.Answer = LoginFixture.document()
    ) -> ScriptedService {
        ScriptedService { call in
            call.hasPrefix("GET") ? document : LoginFixture.token(nonce: person.nonce)
        }
    }

    // MARK: - What is asked

    @Test("the browser is sent to the issuer with a state, a nonce and a challenge")
    func page() throws {
        let person = ScriptedPerson()
        _ = try login(person, issuer(person))

        let page = try #require(person.pages.first)
        let random = try ["state", "nonce", "code_challenge"].map { name in
            try #require(LoginFixture.field(name, of: page))
        }
        #expect(
            page == "https://login.example/auth/authorize?response_type=code&client_id=sigstore"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A4711%2Fauth%2Fcallback"
                + "&scope=openid%20email&state=\(random[0])&nonce=\(random[1])"
                + "&code_challenge=\(random[2])&code_challenge_method=S256&access_type=online")
        // 128 bits in base64url, and the digest of the verifier.
        #expect(random.map(\.utf8.count) == [22, 22, 43])
    }

    @Test("a code is exchanged once, with the verifier of the page's challenge")
    func exchange() throws {
        let person = ScriptedPerson()
        let service = issuer(person)
        let token = try login(person, service)

        #expect(token.issuer == LoginFixture.issuer)
        #expect(
            service.calls.map(\.description) == [
                "GET https://login.example/auth/.well-known/openid-configuration",
                "POST https://login.example/auth/token",
            ])
        let call = try #require(service.calls.last)
        let form = String(decoding: call.body, as: UTF8.self)
        let verifier = try #require(LoginFixture.field("code_verifier", of: form))
        #expect(
            form == "grant_type=authorization_code&code=c0de"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A4711%2Fauth%2Fcallback"
                + "&code_verifier=\(verifier)")
        #expect(call.contentType == "application/x-www-form-urlencoded")
        #expect(call[header: "Authorization"] == "Basic \(Array("sigstore:".utf8).base64)")
        let challenge = LoginFixture.field("code_challenge", of: try #require(person.pages.first))
        #expect(PKCE(verifier: Secret(verifier)).challenge == challenge)
        #expect(verifier.utf8.count == 64)
    }

    @Test("no two logins share a state, a nonce or a challenge")
    func freshness() throws {
        let people = [ScriptedPerson(), ScriptedPerson()]
        for person in people { _ = try login(person, issuer(person)) }

        for name in ["state", "nonce", "code_challenge"] {
            let values = people.map { LoginFixture.field(name, of: $0.pages[0]) }
            #expect(values[0] != values[1])
        }
    }

    @Test("an endpoint that has a query keeps it")
    func endpointWithQuery() throws {
        let person = ScriptedPerson()
        let endpoint: JSONValue = "https://login.example/authorize?tenant=1"
        _ = try login(
            person,
            issuer(person, document: LoginFixture.document(["authorization_endpoint": endpoint])))

        #expect(person.pages[0].hasPrefix("https://login.example/authorize?tenant=1&response_type"))
    }

    @Test("the challenge is the one of RFC 7636")
    func challenge() {
        // Appendix B.
        let key = PKCE(verifier: Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        #expect(key.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("nobody is asked to log in twice")
    func refreshable() {
        let login = BrowserLogin(
            issuer: LoginFixture.issuer, client: ScriptedService([.refused]).client,
            clock: clock, interaction: ScriptedPerson())
        #expect(!login.isRefreshable)
    }

    // MARK: - Out of band

    @Test("where no browser comes back, a code is asked for that any browser shows")
    func outOfBand() throws {
        for input in [LoginInput.timedOut, .unavailable(reason: "no browser")] {
            let person = ScriptedPerson(entry: .text(" c0de\n")) { _ in input }
            let service = issuer(person)
            _ = try login(person, service)

            try #require(person.pages.count == 2)
            #expect(
                LoginFixture.field("redirect_uri", of: person.pages[1])
                    == "urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob")
            let form = String(decoding: try #require(service.calls.last).body, as: UTF8.self)
            #expect(LoginFixture.field("code", of: form) == "c0de")
            #expect(
                LoginFixture.field("redirect_uri", of: form)
                    == "urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob")
            #expect(
                LoginFixture.field("nonce", of: person.pages[0])
                    != LoginFixture.field("nonce", of: person.pages[1]))
        }
    }

    @Test("a browser is waited for for 120 s, a code until the deadline")
    func patience() throws {
        let person = ScriptedPerson(entry: .text("c0de"))
        _ = try login(person, issuer(person))

        #expect(person.deadlines == [120, 600].map { clock.now.advanced(by: .seconds($0)) })
    }

    @Test("what a person does not do is told apart")
    func noCode() {
        let cases: [(ScriptedPerson, IdentityError, FailureClass)] = [
            (ScriptedPerson(entry: .timedOut), .loginTimedOut(source: Self.name), .deadline),
            (ScriptedPerson(entry: .cancelled), .cancelled(source: Self.name), .cancelled),
            (ScriptedPerson { _ in .cancelled }, .cancelled(source: Self.name), .cancelled),
            (
                ScriptedPerson(entry: .text(" \n")),
                .cannotLogIn(source: Self.name, reason: "no code was entered"), .permanent
            ),
            (
                ScriptedPerson(entry: .unavailable(reason: "no terminal")),
                .cannotLogIn(source: Self.name, reason: "no terminal"), .permanent
            ),
        ]
        for (person, expected, failureClass) in cases {
            let service = issuer(person)
            let error = failure(IdentityError.self) { try login(person, service) }
            #expect(error == expected)
            #expect(error?.failureClass == failureClass)
            #expect(service.calls.count == 1)
        }
    }

    // MARK: - What comes back

    @Test("a callback with another state, with none or with two is refused, whatever else it says")
    func state() {
        for query in [
            "code=c0de&state=other", "code=c0de", "error=access_denied&state=other", "",
            "code=c0de&state=",
        ] {
            let person = ScriptedPerson { _ in .text(query) }
            let service = issuer(person)
            #expect(
                failure(IdentityError.self) { try login(person, service) }
                    == .stateMismatch(source: Self.name))
            #expect(service.calls.count == 1)
        }
        let person = ScriptedPerson { .text("code=c0de&state=\($0)&state=\($0)") }
        #expect(
            failure(IdentityError.self) { try login(person, issuer(person)) }
                == .cannotLogIn(
                    source: Self.name, reason: "the browser's answer has a field twice"))
    }

    @Test("an error in the callback is told in the issuer's words, on one line")
    func callbackError() {
        let person = ScriptedPerson {
            .text("error=access_denied&error_description=not%0A+you%1B%5B2J%21&state=\($0)")
        }
        let error = failure(IdentityError.self) { try login(person, issuer(person)) }

        #expect(
            error?.description
                == "the login at 'https://login.example/auth' was refused: "
                + "access_denied: not you [2J!")
        #expect(error?.className == "login-denied")
    }

    @Test("a callback without a code is refused")
    func callbackWithoutCode() {
        for query in ["", "&code=", "&kode=c0de"] {
            let person = ScriptedPerson { .text("state=\($0)\(query)") }
            #expect(
                failure(IdentityError.self) { try login(person, issuer(person)) }
                    == .cannotLogIn(source: Self.name, reason: "the browser's answer has no code"))
        }
    }

    @Test("a token with another nonce or without one is refused")
    func nonce() {
        for nonce in ["other", nil] {
            let service = ScriptedService([
                LoginFixture.document(), LoginFixture.token(nonce: nonce),
            ])
            #expect(
                failure(IdentityError.self) { try login(ScriptedPerson(), service) }
                    == .nonceMismatch(source: Self.name))
        }
    }

    @Test("a token of another issuer is refused")
    func tokenIssuer() {
        let person = ScriptedPerson()
        let service = ScriptedService { call in
            call.hasPrefix("GET")
                ? LoginFixture.document()
                : LoginFixture.token(nonce: person.nonce, ["iss": "https://other.example"])
        }
        #expect(
            failure(IdentityError.self) { try login(person, service) }
                == .unexpectedIssuer(
                    expected: "'\(LoginFixture.issuer)'", found: "https://other.example"))
    }

    // MARK: - Failures of the exchange

    @Test("a code that was taken by a call whose answer was lost is explained")
    func lostAnswer() {
        let lost: [ScriptedService.Answer] = [.lost, .answer(200, "hello"), .answer(502, "")]
        for answer in lost {
            let service = ScriptedService([
                LoginFixture.document(), answer, LoginFixture.refusal("invalid_grant", "used"),
            ])
            let error = failure(IdentityError.self) { try login(ScriptedPerson(), service) }

            #expect(service.calls.count == 3)
            #expect(
                error?.description
                    == "the login at 'https://login.example/auth' has to be done again: an answer "
                    + "was lost, and the code, which is good once, is not taken any more: "
                    + "invalid_grant: used")
            #expect(error?.failureClass == .permanent)
        }
    }

    @Test("a refused code is only refused where nothing was lost before")
    func refusedCode() {
        let service = ScriptedService([
            LoginFixture.document(), .refused, LoginFixture.refusal("invalid_grant"),
        ])
        #expect(
            failure(IdentityError.self) { try login(ScriptedPerson(), service) }
                == .denied(source: Self.name, reason: "invalid_grant"))
        #expect(service.calls.count == 3)
    }

    @Test("a code that could not be sent, or met an outage, is sent again")
    func outage() throws {
        let person = ScriptedPerson()
        var answers: [ScriptedService.Answer] = [
            LoginFixture.document(), .refused, .answer(503, ""),
        ]
        let service = ScriptedService { _ in
            answers.isEmpty ? LoginFixture.token(nonce: person.nonce) : answers.removeFirst()
        }
        _ = try login(person, service)

        #expect(service.calls.count == 4)
        #expect(service.calls[1] == service.calls[3])
    }

    @Test("a refusal that is none of an issuer is that of the call")
    func foreignRefusal() {
        for answer in [ScriptedService.Answer.answer(400, "<p>no"), .answer(401, "<p>no")] {
            let service = ScriptedService([LoginFixture.document(), answer])
            let error = failure(IdentityError.self) { try login(ScriptedPerson(), service) }

            #expect(error?.className == "refused")
            #expect(error?.description.hasSuffix(": <p>no") == true)
        }
    }

    @Test("no error shows the code or the verifier, even where the issuer repeats them")
    func secrets() throws {
        for status in [400, 403, 500] {
            for isOAuth in [true, false] {
                let person = ScriptedPerson { .text("code=c0de%2F1&state=\($0)") }
                let echo = EchoingIssuer(status: status, isOAuth: isOAuth)
                let error = failure(IdentityError.self) {
                    try BrowserLogin(
                        issuer: LoginFixture.issuer,
                        client: HTTPClient(transport: echo, clock: clock), clock: clock,
                        interaction: person
                    ).token(
                        audience: "sigstore", deadline: clock.now.advanced(by: .seconds(600)))
                }
                let verifier = try #require(LoginFixture.field("code_verifier", of: echo.form))
                for text in ["\(try #require(error))", String(reflecting: error), dumped(error)] {
                    #expect(text.contains("[secret]"))
                    for secret in ["c0de", verifier] { #expect(!text.contains(secret)) }
                }
            }
        }
    }

    private func dumped(_ value: some Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }
}

/// An issuer that says no with the words that it was asked in.
private final class EchoingIssuer: SimulatedTransport {
    let exchanges = SimulatedExchanges()
    private let status: Int
    private let isOAuth: Bool
    private(set) var form = ""

    init(status: Int, isOAuth: Bool) {
        self.status = status
        self.isOAuth = isOAuth
    }

    func exchange(
        _ request: HTTPRequest, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse {
        guard case .post(let body, _) = request.method else {
            return try LoginFixture.document().get()
        }
        form = String(decoding: body, as: UTF8.self)
        let text = "c0de/1 \(form)"
        return try ScriptedService.Answer.answer(
            status, isOAuth ? #"{"error":"invalid_grant","error_description":"\#(text)"}"# : text
        ).get()
    }
}
