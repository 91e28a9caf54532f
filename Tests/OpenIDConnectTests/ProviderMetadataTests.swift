import HTTP
import JSON
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("What an issuer says of itself")
struct ProviderMetadataTests {
    private func discover(
        _ answer: ScriptedService.Answer, issuer: String = LoginFixture.issuer
    ) throws(IdentityError) -> ProviderMetadata {
        let service = ScriptedService([answer])
        return try service.client.discover(issuer, deadline: service.deadline)
    }

    private func reason(_ changes: [String: JSONValue?]) -> String? {
        let error = failure(IdentityError.self) {
            let document = try discover(LoginFixture.document(changes))
            _ = try document.authorizationEndpoint()
            return try document.deviceAuthorizationEndpoint()
        }
        guard case .discovery(LoginFixture.issuer, let reason) = error else { return nil }
        return reason
    }

    @Test("it is found below the issuer's URL, with or without a slash at its end")
    func address() throws {
        for slash in ["", "/"] {
            let issuer = LoginFixture.issuer + slash
            let service = ScriptedService([LoginFixture.document(["issuer": .string(issuer)])])
            let document = try service.client.discover(issuer, deadline: service.deadline)

            #expect(document.tokenEndpoint.description == "https://login.example/auth/token")
            #expect(
                service.calls.map(\.description)
                    == ["GET https://login.example/auth/.well-known/openid-configuration"])
        }
    }

    @Test("a document of another issuer is refused, be it by a slash only")
    func otherIssuer() {
        for other in ["https://other.example", LoginFixture.issuer + "/"] {
            #expect(
                reason(["issuer": .string(other)]) == "is of another issuer, '\(other)'")
        }
        #expect(reason(["issuer": nil]) == "has no text 'issuer'")
    }

    @Test("an issuer that does not take S256 is refused")
    func pkce() {
        let cases: [JSONValue?] = [nil, ["plain"], [], "S256", [["S256"]]]
        for methods in cases {
            #expect(
                reason(["code_challenge_methods_supported": methods])
                    == "does not offer S256 to protect codes with")
        }
    }

    @Test("Azure takes S256 without saying so, and nobody else under a like name")
    func azure() {
        let cases = [
            ("https://login.microsoftonline.com/t/v2.0", true),
            ("https://login.microsoftonline.us/t/v2.0", true),
            ("https://login.microsoftonline.com.example/t/v2.0", false),
        ]
        for (issuer, isTaken) in cases {
            let document = LoginFixture.document([
                "issuer": .string(issuer), "code_challenge_methods_supported": nil,
            ])
            let error = failure(IdentityError.self) { try discover(document, issuer: issuer) }
            #expect((error == nil) == isTaken)
        }
    }

    @Test("an endpoint that is missing or cannot be used is named")
    func endpoints() {
        for name in ["token_endpoint", "authorization_endpoint", "device_authorization_endpoint"] {
            #expect(reason([name: nil]) == "has no text '\(name)'")
            #expect(reason([name: .integer(1)]) == "has no text '\(name)'")
            #expect(
                reason([name: "http://login.example/x"])
                    == "has a '\(name)' that cannot be used: http://login.example/x is plain http "
                    + "to another machine, not https")
            #expect(reason([name: "file:///etc/passwd"])?.contains("cannot be used") == true)
        }
        #expect(
            reason(["authorization_endpoint": "https://login.example/#a"])
                == "has an 'authorization_endpoint' with a fragment")
    }

    @Test("an answer that is no document is that of the call")
    func noDocument() {
        let error = failure(IdentityError.self) { try discover(.answer(200, "<html>")) }
        #expect(error?.className == "bad-response")
        #expect(
            failure(IdentityError.self) { try discover(.answer(404, "")) }?.className == "refused")
    }
}
