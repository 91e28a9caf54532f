import JSON
import SigningCrypto
import Testing

@testable import SigstoreSandbox

@Suite("Logging in to the sandbox")
struct SandboxLoginTests {
    private static let redirectURI = "http://localhost:4711/auth/callback"
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    /// RFC 7636 appendix B.
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @Test("a browser is sent back with the state and a code, which is good once")
    func browser() throws {
        let client = try SandboxClient()
        let answer = try client.get(Self.authorization(), to: .issuer)
        let location = try #require(answer.header("Location"))
        let query = SandboxRequest(method: "GET", target: location).query
        let form =
            "grant_type=authorization_code&code=\(query["code"] ?? "")"
            + "&redirect_uri=\(Self.redirectURI)&code_verifier=\(Self.verifier)"
        let first = try Self.post(client, form)
        let second = try Self.post(client, form)

        #expect(answer.status == 303)
        #expect(location.hasPrefix(Self.redirectURI + "?"))
        #expect(query["state"] == "a b&c")
        let token = try first.json.required("id_token").string
        let claims = JSONWebToken.claims(token, by: client.sandbox.issuer.publicKey)
        #expect(claims?["nonce"] == .string("n"))
        #expect(try client.certificate(token: token).status == 200)
        #expect(try Self.error(second) == "invalid_grant")
    }

    @Test("another verifier than the one that was announced gets no token")
    func wrongVerifier() throws {
        let client = try SandboxClient()
        let target = Self.authorization(redirectURI: SandboxLogin.outOfBand)
        let code = String(decoding: try client.get(target, to: .issuer).body, as: UTF8.self)
        let answer = try Self.post(
            client,
            "grant_type=authorization_code&code=\(code)&redirect_uri=\(SandboxLogin.outOfBand)"
                + "&code_verifier=other")

        #expect(try Self.error(answer) == "invalid_grant")
    }

    @Test("nobody is sent to another machine")
    func foreignRedirect() throws {
        let target = Self.authorization(redirectURI: "http://example.com:80/")
        let answer = try SandboxClient().get(target, to: .issuer)

        #expect(answer.status == 400)
    }

    @Test("a device polls until the person has agreed")
    func device() throws {
        let client = try SandboxClient()
        let answer = try client.post(
            "/auth/device", to: .issuer,
            body: Array(
                "client_id=sigstore&code_challenge=\(Self.challenge)&code_challenge_method=S256"
                    .utf8))
        let code = try answer.json.required("device_code").string
        let form =
            "grant_type=\(SandboxLogin.deviceGrant)&device_code=\(code)"
            + "&code_verifier=\(Self.verifier)"

        #expect(try Self.error(Self.post(client, form)) == "authorization_pending")
        let token = try Self.post(client, form).json.required("id_token").string
        #expect(try client.certificate(token: token).status == 200)
        #expect(try Self.error(Self.post(client, form)) == "invalid_grant")
    }

    @Test("an issuer's document is found below its URL, and names that URL")
    func discovery() throws {
        let client = try SandboxClient()
        for identity in SandboxIdentity.allCases {
            let path = identity.issuerPath + "/.well-known/openid-configuration"
            let document = try client.get(path, to: .issuer).json
            #expect(
                try document.required("issuer").string
                    == client.sandbox.issuer.issuerURL(identity))
        }
    }

    private static func authorization(redirectURI: String = redirectURI) -> String {
        "/auth/authorize?response_type=code&client_id=sigstore&scope=openid%20email&nonce=n"
            + "&state=a%20b%26c&redirect_uri=\(redirectURI)"
            + "&code_challenge=\(challenge)&code_challenge_method=S256"
    }

    private static func post(_ client: SandboxClient, _ form: String) throws -> SandboxAnswer {
        try client.post("/auth/token", to: .issuer, body: Array(form.utf8))
    }

    private static func error(_ answer: SandboxAnswer) throws -> String {
        try answer.json.required("error").string
    }
}
