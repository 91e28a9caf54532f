import JSON
import SigningCrypto
import Testing

@testable import SigstoreSandbox

@Suite("Who may do what at the registry")
struct RegistryAuthorityTests {
    private static let path = "/v2/app/blobs/uploads/"

    @Test("a challenge names the token endpoint, the service and the scope")
    func challenge() throws {
        let client = try Self.client(.bearer)
        let answer = try client.send("POST", Self.path)
        let realm = client.sandbox.addresses[.registry] + "/token"

        #expect(answer.status == 401)
        #expect(answer.registryError == "UNAUTHORIZED")
        #expect(
            answer.header("WWW-Authenticate")
                == "Bearer realm=\"\(realm)\",service=\"sandbox-registry\","
                + "scope=\"repository:app:pull,push\"")
    }

    @Test("a token allows what it was asked for, and nothing else")
    func scopes() throws {
        var client = try Self.client(.bearer)
        client.authorization = "Bearer " + (try Self.token(client, "repository:app:pull,push"))

        #expect(try client.send("POST", Self.path).status == 202)
        let elsewhere = try client.send("POST", "/v2/other/blobs/uploads/")
        #expect(elsewhere.status == 401)
        #expect(
            elsewhere.header("WWW-Authenticate")?.hasSuffix("error=\"insufficient_scope\"") == true)
        #expect(try client.get("/v2/").status == 200)
    }

    @Test("everybody may read, who has an account also by name, and only some may push")
    func users() throws {
        let client = try Self.client(.bearer)
        let scope = "repository:app:pull,push"
        let status = { (user: String?) in
            var client = client
            client.authorization = "Bearer " + (try Self.token(client, scope, as: user))
            return (
                read: try client.get("/v2/app/manifests/v1").status,
                push: try client.send("POST", Self.path).status
            )
        }

        #expect(try status(nil) == (404, 401))
        #expect(try status("reader") == (404, 403))
        #expect(try status("sandbox") == (404, 202))
    }

    @Test("a wrong password gets no token")
    func wrongPassword() throws {
        let client = try Self.client(.bearer)
        let answer = try client.get(
            "/token?service=sandbox-registry",
            headers: ["authorization": "Basic " + Array("sandbox:no".utf8).base64])

        #expect(answer.status == 401)
        #expect(answer.header("WWW-Authenticate") == nil)
    }

    @Test("an identity token is as good as a password, by the other form of the request")
    func identityToken() throws {
        var client = try Self.client(.bearer)
        let user = client.sandbox.registry.authority.users[0]
        let answer = try client.send(
            "POST", "/token",
            body: Array(
                ("grant_type=refresh_token&service=sandbox-registry&scope=repository:app:push"
                    + "&refresh_token=\(user.identityToken)").utf8))
        client.authorization = "Bearer " + (try answer.json.required("access_token").string)

        #expect(try client.send("POST", Self.path).status == 202)
    }

    @Test("a token ends, as the plan says or after its lifetime")
    func lifetime() throws {
        var client = try Self.client(.bearer, "registry/token:1=expired-token")
        let scope = "repository:app:push"
        client.authorization = "Bearer " + (try Self.token(client, scope))
        let answer = try client.send("POST", Self.path)

        #expect(answer.status == 401)
        #expect(answer.header("WWW-Authenticate")?.hasSuffix("error=\"invalid_token\"") == true)
        client.authorization = nil
        client.authorization = "Bearer " + (try Self.token(client, scope))
        #expect(try client.send("POST", Self.path).status == 202)
    }

    @Test("with Basic the password comes with every request")
    func basic() throws {
        var client = try Self.client(.basic)
        let answer = try client.get("/v2/")
        client.authorization = Self.password(of: client, "reader")
        let reader = try client.send("POST", Self.path)
        client.authorization = Self.password(of: client, "sandbox")

        #expect(answer.header("WWW-Authenticate") == "Basic realm=\"sandbox-registry\"")
        #expect(reader.registryError == "DENIED")
        #expect(try client.send("POST", Self.path).status == 202)
    }

    @Test(
        "a scope is read as clients write it",
        arguments: [
            ("repository:a/b:pull,push", ["a/b pull", "a/b push"]),
            ("repository:localhost:5000/a:pull", ["localhost:5000/a pull"]),
            ("repository:a:*", ["a pull", "a push", "a delete"]),
            ("repository:a:pull repository:b:push", ["a pull", "b push"]),
            ("registry:catalog:*", []), ("repository:a", []), ("", []),
        ])
    func readScopes(text: String, scopes: [String]) {
        #expect(RegistryScope.scopes(text).map { "\($0.repository) \($0.action)" } == scopes)
    }

    private static func client(
        _ authentication: RegistryAuthentication, _ faults: String...
    ) throws -> RegistryClient {
        var options = RegistryOptions()
        options.authentication = authentication
        let client = try RegistryClient(options: options)
        client.sandbox.setFaults(try faults.map { try FaultPlan($0) })
        return client
    }

    private static func token(
        _ client: RegistryClient, _ scope: String, as user: String? = "sandbox"
    ) throws -> String {
        var headers: [String: String] = [:]
        headers["authorization"] = user.map { password(of: client, $0) }
        let answer = try client.get(
            "/token?service=sandbox-registry&scope=\(scope)", headers: headers)
        return try answer.json.required("token").string
    }

    private static func password(of client: RegistryClient, _ name: String) -> String {
        let user = client.sandbox.registry.authority.users.first { $0.name == name }
        return "Basic " + Array("\(name):\(user?.password ?? "")".utf8).base64
    }
}
