import JSON
import SigningCrypto
import Testing

@testable import SigstoreSandbox

@Suite("Faults")
struct FaultTests {
    @Test("a status comes with its Retry-After, and nothing is done")
    func status() throws {
        let client = try SandboxClient("rekor-v1:1=503:2", "rekor-v1:2=429")
        let record = try client.recordV1("a")
        let first = try client.createV1(record)
        let second = try client.createV1(record)

        #expect((first.status, second.status) == (503, 429))
        #expect(first.header("Retry-After") == "2")
        #expect(second.header("Retry-After") == nil)
        #expect(client.sandbox.rekorV1.size == 5)
        #expect(try client.createV1(record).status == 201)
    }

    @Test("an answer that is dropped leaves the entry in the log")
    func drop() throws {
        let client = try SandboxClient("rekor-v2:1=commit-then-drop", "rekor-v1:1=refuse")
        let record = try client.recordV2("a")

        #expect(throws: SandboxClient.NoAnswer.self) { try client.createV2(record) }
        #expect(throws: SandboxClient.NoAnswer.self) {
            try client.createV1(client.recordV1("a"))
        }
        #expect(client.sandbox.rekorV2.size == 6)
        #expect(client.sandbox.rekorV1.size == 5)
        #expect(try client.createV2(record).header("x-log-index") == "5")
    }

    @Test("a conflict of the plan leaves the entry in the log, where it tells")
    func conflict() throws {
        let client = try SandboxClient("rekor-v1/create:1=conflict", "rekor-v2/create:1=conflict")
        let first = try client.createV1(client.recordV1("a"))
        let second = try client.createV2(client.recordV2("a"))
        let location = try #require(first.header("Location"))

        #expect((first.status, second.status) == (409, 409))
        #expect(second.header("x-log-index") == "5")
        #expect(try client.get(location, to: .rekorV1).status == 200)
    }

    @Test("a frozen log takes nothing, and is read as ever")
    func frozen() throws {
        let client = try SandboxClient("rekor-v2:1-=frozen")
        let answer = try client.createV2(client.recordV2("a"))

        #expect(answer.status == 405)
        #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("This log has been frozen"))
        #expect(client.sandbox.rekorV2.size == 5)
        #expect(try client.get("/api/v2/checkpoint", to: .rekorV2).status == 200)
    }

    @Test("a wrong answer's proof leads elsewhere, and the entry is in the log")
    func wrong() throws {
        let client = try SandboxClient("rekor-v2:1=wrong")
        let answer = try client.createV2(client.recordV2("a"))
        let proof = try answer.json.required("inclusionProof").required("hashes").elements

        let tree = try client.get("/api/v2/tile/0/000.p/6", to: .rekorV2).body
        #expect(client.sandbox.rekorV2.size == 6)
        #expect(try proof[0].string != Array(tree[128..<160]).base64)
    }

    @Test("a sentence instead of JSON, and a balancer's page")
    func noJSON() throws {
        let client = try SandboxClient("issuer:1=plaintext", "issuer:2=html502")
        let first = try client.get("/token", to: .issuer)
        let second = try client.get("/token", to: .issuer)

        #expect((first.status, second.status) == (200, 502))
        #expect(first.header("Content-Type")?.hasPrefix("text/plain") == true)
        #expect(second.header("Content-Type") == "text/html")
    }

    @Test("a short token lives as long as the plan says")
    func shortToken() throws {
        let client = try SandboxClient()
        let issuer = client.sandbox.issuer
        let token = try issuer.token(for: .github, fault: .shortToken(seconds: 30))
        let claims = try #require(JSONWebToken.claims(token, by: issuer.publicKey))
        let left =
            try JSONNode(parsing: JSONValue.object(claims).text()).required("exp").integer
            - client.sandbox.clock.now.unixSeconds

        #expect(28...30 ~= left)
    }

    @Test("what is counted are the calls of the services, not those of others nor of the sandbox")
    func counts() throws {
        let client = try SandboxClient()
        _ = try client.createV1(client.recordV1("a"))
        _ = try client.get("/favicon.ico", to: .rekorV1)
        let counts = try client.get("/sandbox/calls", to: .fulcio).json

        #expect(try counts.required("calls").required("rekor-v1").required("total").integer == 1)
        #expect(try counts.required("calls").required("rekor-v1").required("create").integer == 1)
        #expect(try counts.required("calls").required("fulcio").required("total").integer == 0)
        #expect(try counts.required("entries").required("rekor-v1").integer == 6)
    }

    @Test("new plans start with new counts; nonsense among them changes nothing")
    func newPlans() throws {
        let client = try SandboxClient()
        _ = try client.createV1(client.recordV1("a"))
        let bad = try client.post(
            "/sandbox/faults", to: .tsa, body: Array("tsa:1=hang\nx".utf8))
        let before = try client.get("/sandbox/calls", to: .tsa).json
        let good = try client.post(
            "/sandbox/faults", to: .tsa, body: Array("rekor-v1:1=500\n".utf8))

        #expect(bad.status == 400)
        #expect(try before.required("calls").required("rekor-v1").required("total").integer == 1)
        #expect(good.status == 200)
        #expect(try client.createV1(client.recordV1("b")).status == 500)
    }
}
