import JSON
import Testing

@testable import SigstoreSandbox

@Suite("Faults of the registry")
struct RegistryFaultTests {
    private static let manifest = RegistryClient.manifest("a")
    private static let path = "/v2/app/manifests/v1"

    @Test(
        "every kind has its word",
        arguments: [
            ("throttled", .throttled(pause: "12.5ms")), ("throttled:2s", .throttled(pause: "2s")),
            ("too-many-requests", .tooManyRequests(status: 503)),
            ("too-many-requests:403", .tooManyRequests(status: 403)),
            ("manifest-invalid", .manifestInvalid), ("unsupported", .unsupported), ("lost", .lost),
            ("redirect:http://127.0.0.1:1/a?b=c", .redirect(to: "http://127.0.0.1:1/a?b=c")),
            ("challenge:https://example.com/token", .challenge(realm: "https://example.com/token")),
            ("huge", .huge), ("deep", .deep), ("endless", .endless),
        ] as [(String, RegistryFault)])
    func words(text: String, fault: RegistryFault) throws {
        #expect(try FaultPlan("registry/manifest-get:1=\(text)").fault == .registry(fault))
        #expect(throws: FaultPlanError.foreignFault(text, at: .tsa)) {
            try FaultPlan("tsa:1=\(text)")
        }
    }

    @Test(
        "nonsense is refused",
        arguments: ["redirect", "challenge:", "huge:1", "lost:x", "too-many-requests:200"])
    func nonsense(text: String) {
        #expect(throws: FaultPlanError.unknownFault(text)) { try FaultPlan("registry:1=\(text)") }
    }

    @Test(
        "a status comes with the code of registries",
        arguments: [
            (400, "MANIFEST_INVALID"), (401, "UNAUTHORIZED"), (403, "DENIED"),
            (404, "MANIFEST_UNKNOWN"), (429, "TOOMANYREQUESTS"), (499, "UNKNOWN"),
            (502, "UNKNOWN"), (503, "UNAVAILABLE"), (504, "UNKNOWN"), (522, "UNKNOWN"),
        ])
    func statuses(status: Int, code: String) throws {
        let client = try RegistryClient("registry/manifest-get:1=\(status):7")
        let answer = try client.get(Self.path)

        #expect(answer.status == status)
        #expect(answer.registryError == code)
        #expect(answer.header("Retry-After") == "7")
        #expect((answer.header("WWW-Authenticate") != nil) == (status == 401))
    }

    @Test("a throttled call tells the pause in its text, one with another status in its code")
    func throttling() throws {
        let client = try RegistryClient(
            "registry:1=throttled:250ms", "registry:2=too-many-requests:403")
        let (first, second) = (try client.get(Self.path), try client.get(Self.path))

        #expect((first.status, second.status) == (429, 403))
        #expect(String(decoding: first.body, as: UTF8.self).contains("retry-after: 250ms"))
        #expect(first.header("Retry-After") == nil)
        #expect(second.registryError == "TOOMANYREQUESTS")
    }

    @Test("a push that is lost is answered as if it were done, one that is dropped is done")
    func lostAndDropped() throws {
        let client = try RegistryClient(
            "registry/manifest-put:1=lost", "registry/manifest-put:2=commit-then-drop")
        let lost = try client.push(Self.manifest, as: "v1")

        #expect(lost.status == 201)
        #expect(lost.header("Docker-Content-Digest") == RegistryClient.digest(Self.manifest))
        #expect(try client.get(Self.path).status == 404)
        #expect(throws: SandboxClient.NoAnswer.self) { try client.push(Self.manifest, as: "v1") }
        #expect(try client.get(Self.path).status == 200)
    }

    @Test("what is wrong has not the digest that was asked for")
    func wrong() throws {
        let client = try RegistryClient(
            "registry/manifest-get:1=wrong", "registry/blob-get:1=wrong",
            "registry/manifest-put:2=wrong")
        _ = try client.push(Self.manifest, as: "v1")
        let read = try client.get(Self.path)
        let blob = RegistryClient.digest(RegistryClient.emptyConfig)
        let pushed = try client.push(Self.manifest, as: "v1")

        #expect(RegistryClient.digest(read.body) != read.header("Docker-Content-Digest"))
        #expect(try RegistryClient.digest(client.get("/v2/app/blobs/\(blob)").body) != blob)
        #expect(pushed.header("Docker-Content-Digest") != RegistryClient.digest(Self.manifest))
    }

    @Test("hostile answers are large, deep, or lead elsewhere")
    func hostile() throws {
        let client = try RegistryClient(
            "registry:1=huge", "registry:2=deep", "registry:3=redirect:http://169.254.169.254/",
            "registry:4=challenge:http://example.com/")
        let answers = try (1...4).map { _ in try client.get(Self.path) }

        #expect(answers.map(\.status) == [200, 200, 307, 401])
        #expect(answers[0].body.count > 24 << 20)
        #expect(answers[1].body.count == 100_000)
        #expect(answers[2].header("Location") == "http://169.254.169.254/")
        #expect(answers[3].header("WWW-Authenticate")?.contains("\"http://example.com/\"") == true)
    }

    @Test("an endless list names a next page on each")
    func endless() throws {
        let client = try RegistryClient("registry/referrers:1-=endless")
        let subject = RegistryClient.digest(RegistryClient.manifest("image"))
        _ = try client.push(RegistryClient.manifest("1", subject: subject), as: "v1")
        var target = "/v2/app/referrers/\(subject)"
        for _ in 1...5 {
            let page = try client.get(target)
            target = String(try #require(page.header("Link")).split(separator: ">")[0].dropFirst())
            #expect(try page.digests.count == 1)
        }
    }
}
