import HTTP
import SigningCrypto
import Testing

@testable import OCI

@Suite("Credentials")
struct CredentialTests {
    private func findings(
        _ json: String, for repository: String
    ) throws -> [CredentialFile.Finding] {
        try CredentialFile(Array(json.utf8)).findings(for: Repository(repository))
    }

    private func auth(_ text: String) -> String { Array(text.utf8).base64 }

    @Test("of several entries the one nearest to the repository counts, parents before the host")
    func nearest() throws {
        let json = """
            {"auths":{"h.example":{"auth":"\(auth("host:1"))"},
             "h.example/a":{"auth":"\(auth("parent:2"))"},
             "h.example/a/b":{"auth":"\(auth("own:3:4"))"},"other.example":{"auth":"\(auth("o:5"))"}}}
            """
        #expect(
            try findings(json, for: "h.example/a/b") == [
                .credentials(.password(user: "own", "3:4")),
                .credentials(.password(user: "parent", "2")),
                .credentials(.password(user: "host", "1")),
            ])
        #expect(
            try findings(json, for: "h.example/ab").first
                == .credentials(.password(user: "host", "1")))
        #expect(try findings(json, for: "h.example:5000/a").isEmpty)
    }

    @Test("Docker Hub is known by the key that Docker writes")
    func dockerHub() throws {
        let json = #"{"auths":{"https://index.docker.io/v1/":{"auth":"\#(auth("me:x"))"}}}"#
        #expect(
            try findings(json, for: "me/app") == [.credentials(.password(user: "me", "x"))])
        #expect(
            try findings(#"{"credsStore":"pass"}"#, for: "me/app") == [
                .helper("pass", host: "https://index.docker.io/v1/")
            ])
    }

    @Test("tokens, helpers, and entries that say nothing")
    func kinds() throws {
        #expect(
            try findings(#"{"auths":{"h.example":{"identitytoken":"i"}}}"#, for: "h.example/a")
                == [.credentials(.identityToken("i"))])
        #expect(
            try findings(#"{"auths":{"h.example":{"registrytoken":"r"}}}"#, for: "h.example/a")
                == [.credentials(.registryToken("r"))])
        #expect(
            try findings(
                #"{"auths":{"h.example":{}},"credHelpers":{"h.example":"gcloud"},"credsStore":"x"}"#,
                for: "h.example/a")
                == [.helper("gcloud", host: "h.example"), .helper("x", host: "h.example")])
    }

    @Test("credentials that cannot be read are an error that shows none of them")
    func unusable() throws {
        for json in [
            #"{"auths":{"h.example":{"auth":"c2VjcmV0"}}}"#,
            #"{"auths":{"h.example":{"auth":"secret!"}}}"#, #"{"auths":{"h.example":{"auth":1}}}"#,
            #"{"credsStore":"../secret"}"#, "secret", #"{"auths":[]}"#,
        ] {
            let error = #expect(throws: CredentialError.self) {
                _ = try findings(json, for: "h.example/a")
            }
            #expect(error.map { json.contains("..") || !"\($0)".contains("secret") } == true)
        }
        #expect("\(RegistryCredentials.password(user: "u", "secret"))" == "credentials")
        #expect(
            "\(CredentialError.entry("h.example"))"
                == "the entry 'h.example' of 'auths' is not base64 of user:password")
    }

    @Test("what a helper prints is a password, a token, or nothing")
    func helperOutput() throws {
        func read(_ text: String) throws -> RegistryCredentials? {
            try RegistryCredentials(helperOutput: Array(text.utf8))
        }
        #expect(
            try read(#"{"ServerURL":"h","Username":"u","Secret":"s"}"#)
                == .password(user: "u", "s"))
        #expect(try read(#"{"Username":"<token>","Secret":"s"}"#) == .identityToken("s"))
        #expect(try read(#"{"Username":"","Secret":""}"#) == nil)
        #expect(throws: CredentialError.helperOutput) { _ = try read("oops") }
    }

    @Test(
        "a service of tokens gets credentials where it is the registry's, and nothing in our network"
    )
    func realms() throws {
        func step(_ realm: String, _ credentials: RegistryCredentials?) throws {
            var authorization = RegistryAuthorization(try RegistryAddress("registry.example"))
            let challenge = ["WWW-Authenticate": "Bearer realm=\"\(realm)\",service=\"s\""]
            var isRenewed = false
            let isMadeAgain = authorization.retries(
                after: MemoryRegistry.answer(401, headers: challenge), sent: nil, scope: "x",
                isRenewed: &isRenewed)
            #expect(isMadeAgain)
            authorization.take(credentials, for: "x")
            guard case .token = try authorization.next(for: "x") else {
                Issue.record("no token is asked for")
                return
            }
        }

        let password = RegistryCredentials.password(user: "me", "x")
        for realm in ["https://registry.example/token", "https://auth.registry.example/token"] {
            try step(realm, password)
        }
        try step("https://elsewhere.test/token", nil)
        #expect(throws: RegistryError.self) { try step("https://elsewhere.test/token", password) }
        for realm in ["https://127.0.0.1/token", "https://[fd00::1]/", "https://169.254.169.254/"] {
            #expect(throws: RegistryError.self) { try step(realm, nil) }
        }
    }

    @Test("of several challenges a token's is taken")
    func challenges() {
        #expect(
            Challenge.all(
                in:
                    #"Basic realm="a, b", Bearer realm="https://t.example/\"x\"",service=s , scope="a:b""#
            )
                == [.basic, .bearer(realm: #"https://t.example/"x""#, service: "s")])
        #expect(Challenge.all(in: "Bearer").isEmpty)
        #expect(Challenge.all(in: #"Negotiate, Basic realm="x""#) == [.basic])
        #expect(Challenge.all(in: #"Bearer realm=""#).isEmpty)
    }

    @Test(
        "a service of tokens is at the registry's host or in its domain",
        arguments: [
            ("ghcr.io", "ghcr.io", true), ("index.docker.io", "auth.docker.io", true),
            ("registry.gitlab.com", "gitlab.com", true), ("r.example.co.uk", "e.co.uk", false),
            ("r.example.co.uk", "auth.example.co.uk", true), ("ghcr.io", "evil.io", false),
            ("rg.fr-par.scw.cloud", "api.scaleway.com", true), ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "evil.example", false), ("localhost", "127.0.0.1", false),
        ])
    func realms(registry: String, realm: String, isOwn: Bool) {
        #expect(Realm.isOf(host: registry, realm) == isOwn)
    }
}
