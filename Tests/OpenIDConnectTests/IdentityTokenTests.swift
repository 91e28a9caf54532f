import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("Identity tokens")
struct IdentityTokenTests {
    private let now = IdentityFixture.now

    private func reason(_ text: String) -> String? {
        let error = #expect(throws: IdentityError.self) {
            try IdentityToken(text, from: "a test")
        }
        guard case .malformed("a test", let reason) = error else { return nil }
        return reason
    }

    @Test("the claims are read as they stand")
    func claims() throws {
        let token = try IdentityFixture.token(["email": "a@b.c", "email_verified": .bool(true)])

        #expect(token.issuer == IdentityFixture.issuer)
        #expect(token.subject == IdentityFixture.subject)
        #expect(token.audience == ["sigstore"])
        #expect(token.notBefore == now)
        #expect(token.expiry == now.addingTimeInterval(300))
        #expect(token.email == "a@b.c")
        #expect(token.isEmailVerified)
        #expect(token.federatedConnector == nil)
        #expect(
            token.text == IdentityFixture.jwt(["email": "a@b.c", "email_verified": .bool(true)]))
    }

    @Test("white space around a token, as at the end of a file, is dropped")
    func whiteSpace() throws {
        let text = IdentityFixture.jwt()

        #expect(try IdentityToken("\(text)\n", from: "a file").text == text)
        #expect(try IdentityToken(" \(text) \r\n", from: "a file").text == text)
    }

    @Test("a time may have a fraction")
    func fraction() throws {
        let token = try IdentityFixture.token(["exp": .number(1_767_225_600.5)])

        #expect(token.expiry == now.addingTimeInterval(0.5))
    }

    @Test(
        "what is not three parts of base64url is refused",
        arguments: [
            "", "\n", "a", "e30.e30", "e30.e30.", "e30.e30.e30.e30", ".e30.e30", "e30=.e30.e30",
            "e30.e30.e3 0", "e30.e30.é", "e30.e30.e31", "e30.e30.e+0A", "e30.e30.e\u{0}",
            "e30\n.e30.e30",
        ])
    func notCompact(text: String) {
        #expect(reason(text) == "not three parts of base64url with dots between them")
    }

    @Test("a header or claims that are no JSON object are refused")
    func notObjects() {
        #expect(reason("W10.e30.e30") == "its header is not a JSON object")
        #expect(reason("e30.W10.e30") == "its claims are not a JSON object")
        #expect(reason("e30.e30A.e30") == "its claims are not a JSON object")
    }

    @Test("a claim that is missing or of another kind is named")
    func badClaims() {
        let cases: [(String, JSONValue?, String)] = [
            ("iss", nil, "'iss' is missing"), ("sub", nil, "'sub' is missing"),
            ("aud", nil, "'aud' is missing"), ("exp", nil, "'exp' is missing"),
            ("iss", .integer(1), "'iss' is not a string"),
            ("aud", .integer(1), "'aud' is not a string or an array of strings"),
            ("aud", ["sigstore", .null], "'aud[1]' is not a string"),
            ("exp", "1767225900", "'exp' is not a time in seconds"),
            ("exp", .integer(-1), "'exp' is not a time in seconds"),
            ("exp", .integer(.max), "'exp' is not a time in seconds"),
            ("exp", .number(1e300), "'exp' is not a time in seconds"),
            ("nbf", .bool(true), "'nbf' is not a time in seconds"),
            ("email", .integer(1), "'email' is not a string"),
            ("federated_claims", "x", "'federated_claims' is not an object"),
        ]
        for (name, value, expected) in cases {
            #expect(reason(IdentityFixture.jwt([name: value])) == expected)
        }
    }

    @Test("a token of more than 64 KiB is refused")
    func tooLong() {
        let text = IdentityFixture.jwt(["x": .string(String(repeating: "x", count: 64 << 10))])

        #expect(reason(text) == "longer than 65536 bytes")
    }

    @Test("the audience is a text or one of several")
    func audience() throws {
        let several = try IdentityFixture.token(["aud": ["other", "sigstore"]])
        try several.checked(audience: "sigstore", at: now)
        let other = try IdentityFixture.token(["aud": ["a", "b"]])

        let error = #expect(throws: IdentityError.self) {
            try other.checked(audience: "sigstore", at: now)
        }
        #expect(error == .wrongAudience(expected: "sigstore", found: ["a", "b"]))
        #expect(error?.description == "the identity token is for 'a', 'b', not for 'sigstore'")
    }

    @Test(
        "a token is good until 5 s after exp; where no time is asked for, and before nbf, as well",
        arguments: [(-600.0, true), (0, true), (304, true), (305, false), (nil, true)])
    func validity(seconds: Double?, isValid: Bool) throws {
        let token = try IdentityFixture.token()
        let result = Result {
            try token.checked(audience: "sigstore", at: seconds.map(now.addingTimeInterval))
        }

        #expect((try? result.get()) == (isValid ? token : nil))
    }

    @Test("an expired token says since when")
    func validityTexts() throws {
        let token = try IdentityFixture.token()
        let error = #expect(throws: IdentityError.self) {
            try token.checked(audience: "sigstore", at: now.addingTimeInterval(600))
        }

        #expect(
            error?.description
                == "the identity token expired at 2026-01-01T00:05:00Z, it is now 2026-01-01T00:10:00Z"
        )
    }

    @Test(
        "an e-mail address counts as verified by true and the words true and True",
        arguments: [
            (JSONValue.bool(true), true), ("true", true), ("True", true), (.bool(false), false),
            ("false", false), ("TRUE", false), (.integer(1), false), (.null, false),
        ])
    func verified(value: JSONValue, isVerified: Bool) throws {
        let token = try IdentityFixture.token(["email": "a@b.c", "email_verified": value])
        let result = Result { try token.checked(audience: "sigstore", at: now) }

        #expect(token.isEmailVerified == isVerified)
        #expect((try? result.get()) == (isVerified ? token : nil))
    }

    @Test("an e-mail address that nobody has verified is named in the refusal")
    func unverified() throws {
        let token = try IdentityFixture.token(["email": "a@b.c"])

        let error = #expect(throws: IdentityError.self) {
            try token.checked(audience: "sigstore", at: now)
        }
        #expect(
            error?.description == "'https://token.actions.githubusercontent.com' has not verified "
                + "the e-mail address 'a@b.c' of the identity token")
    }

    @Test("the identity is the e-mail address, or the subject without one")
    func identity() throws {
        #expect(try IdentityFixture.token().identity == IdentityFixture.subject)
        #expect(try IdentityFixture.token(["email": ""]).identity == IdentityFixture.subject)
        #expect(try IdentityFixture.token(["email": .null]).identity == IdentityFixture.subject)
        #expect(try IdentityFixture.token(["email": "a@b.c"]).identity == "a@b.c")
    }

    @Test("the connector of a federated token is who vouches for it")
    func federated() throws {
        let github = "https://github.com/login/oauth"
        let token = try IdentityFixture.token([
            "federated_claims": ["connector_id": .string(github), "user_id": "1"]
        ])

        #expect(token.federatedConnector == github)
        #expect(token.certificateIssuer == github)
        #expect(try IdentityFixture.token().certificateIssuer == IdentityFixture.issuer)
    }

    @Test("no way of printing a token shows it")
    func printing() throws {
        let token = try IdentityFixture.token()
        let source = IdentitySource.token(Secret(token.text), from: "a test")
        let values: [Any] = [
            token, source, Secret(token.text),
            IdentitySource.gitHubActions(url: "https://a/", requestToken: Secret(token.text)),
            StaticTokenProvider<ContinuousClock.Instant>(name: "x", token: Secret(token.text)),
            IdentitySession(provider: ScriptedProvider([]), expectation: .anyone),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in [dumped, String(describing: value), String(reflecting: value)] {
                #expect(!text.isEmpty)
                for part in token.text.split(separator: ".") { #expect(!text.contains(part)) }
            }
        }
    }
}
