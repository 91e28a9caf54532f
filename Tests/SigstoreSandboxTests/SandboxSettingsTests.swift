import FoundationEssentials
import JSON
import SigningCrypto
import Synchronization
import Testing

@testable import SigstoreSandbox

@Suite("Second instances")
struct SecondInstanceTests {
    @Test("a second instance has keys, an operator and a host of its own")
    func second() throws {
        let client = try SandboxClient(doubling: .fulcio, .tsa, .rekorV1, .rekorV2)
        let trust = TrustFiles(client.sandbox)
        let root = try trust.trustedRoot.node
        let config = try trust.signingConfig(.both).node

        for (list, count) in [
            ("tlogs", 4), ("ctlogs", 2), ("certificateAuthorities", 2), ("timestampAuthorities", 2),
        ] {
            let texts = try root.required(list).elements.map { "\(try $0.value)" }
            #expect(Set(texts).count == count)
        }
        for (list, count) in [("caUrls", 2), ("tsaUrls", 2), ("rekorTlogUrls", 4)] {
            let services = try config.required(list).elements
            let operators = try services.map { try $0.required("operator").string }
            #expect(services.count == count)
            #expect(Set(operators) == ["sigstore-sandbox", "sigstore-sandbox-2"])
        }
        let checkpoint = try client.get("/api/v2/checkpoint", to: .secondRekorV2)
        #expect(String(decoding: checkpoint.body, as: UTF8.self).hasPrefix("127.0.0.2\n5\n"))
    }

    @Test("plans befall an instance, and counts are of an instance")
    func plans() throws {
        let client = try SandboxClient(doubling: .rekorV1, faults: ["rekor-v1/create:1-=503"])
        let record = try client.recordV1("a")
        let first = try client.createV1(record)
        let second = try client.post(
            "/api/v1/log/entries", to: .secondRekorV1, body: record.text())

        #expect((first.status, second.status) == (503, 201))
        let counts = try client.sandbox.counts.node
        #expect(try counts.required("entries").required("rekor-v1").integer == 5)
        #expect(try counts.required("entries").required("rekor-v1-2").integer == 6)
        #expect(
            try counts.required("calls").required("rekor-v1-2").required("create").integer == 1)
    }

    @Test("a plan for what is not served is an error")
    func notServed() throws {
        #expect(throws: FaultPlanError.notServed(.secondTSA)) {
            try SandboxClient("tsa-2:1=503")
        }
        #expect(throws: FaultPlanError.notServed(.rekorV2Alias)) {
            try SandboxClient("rekor-v2-alias/create:1=503")
        }
    }

    @Test("a signing config without settings is as ever: one of each kind")
    func single() throws {
        let config = try TrustFiles(SandboxClient().sandbox).signingConfig(.v2).node

        #expect(try config.required("rekorTlogUrls").elements.count == 1)
        #expect(try config.required("tsaUrls").elements.count == 1)
    }
}

@Suite("One address before two logs")
struct LogAliasTests {
    @Test("it takes entries for both logs, the same bytes for the same one, and has no tiles")
    func alias() throws {
        let client = try SandboxClient(doubling: .rekorV2, hasAlias: true)
        let path = "/api/v2/log/entries"
        for number in 1...40 {
            let record = try client.recordV2("\(number)").text()
            #expect(try client.post(path, to: .rekorV2Alias, body: record).status == 201)
            #expect(try client.post(path, to: .rekorV2Alias, body: record).status == 409)
        }
        let (first, second) = (client.sandbox.rekorV2.size, client.sandbox.second.rekorV2?.size)

        #expect(first > 5)
        #expect(try #require(second) > 5)
        #expect(first + (second ?? 0) == 50)
        for path in ["/api/v2/checkpoint", "/api/v2/tile/0/000.p/5"] {
            #expect(try client.get(path, to: .rekorV2Alias).status == 404)
        }
    }

    @Test("the signing config names it, the trusted root the logs")
    func trust() throws {
        let client = try SandboxClient(hasAlias: true)
        let trust = TrustFiles(client.sandbox)
        let services = try trust.signingConfig(.v2).node.required("rekorTlogUrls").elements
        let logs = try trust.trustedRoot.node.required("tlogs").elements
        let alias = client.sandbox.addresses[.rekorV2Alias]

        #expect(try services.map { try $0.required("url").string } == [alias])
        #expect(try !logs.map { try $0.required("baseUrl").string }.contains(alias))
    }
}

@Suite("Body limits")
struct BodyLimitTests {
    @Test("a larger body gets the balancer's answer and is not seen by the service; a small one is")
    func limit() throws {
        let client = try SandboxClient(bodyLimits: [BodyLimit("rekor-v1:2048=502")])
        let large = try client.post(
            "/api/v1/log/entries", to: .rekorV1, body: [UInt8](repeating: 0x20, count: 2049))

        #expect(large.status == 502)
        #expect(large.header("Content-Type") == "text/html")
        #expect(client.sandbox.rekorV1.size == 5)
        #expect(try client.createV1(client.recordV1("a")).status == 201)
        let calls = try client.sandbox.counts.node.required("calls").required("rekor-v1")
        #expect(try calls.required("create").integer == 2)
    }

    @Test("a balancer may close instead, for one service only")
    func close() throws {
        let client = try SandboxClient(bodyLimits: [BodyLimit("rekor-v1:0=close")])

        #expect(throws: SandboxClient.NoAnswer.self) {
            try client.createV1(client.recordV1("a"))
        }
        #expect(try client.createV2(client.recordV2("a")).status == 201)
    }

    @Test(
        "what is no limit is said",
        arguments: [
            ("rekor-v1", BodyLimitError.malformed("rekor-v1")),
            ("tuff:1=502", .unknownService("tuff")),
            ("tuf:x=502", .bytes("x")), ("tuf:9999999999=502", .bytes("9999999999")),
            ("tuf:1=200", .answer("200")), ("tuf:1=2=3", .malformed("tuf:1=2=3")),
        ])
    func malformed(text: String, error: BodyLimitError) {
        #expect(throws: error) { try BodyLimit(text) }
    }
}

@Suite("Checkpoints at intervals")
struct CheckpointIntervalTests {
    /// A time that stands still until it is moved.
    private final class Time: Sendable {
        let now = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

        func pass(_ seconds: Double) { now.withLock { $0.addTimeInterval(seconds) } }
    }

    private let time = Time()
    private let client: SandboxClient

    init() throws {
        client = try SandboxClient(
            clock: SandboxClock { [time] in time.now.withLock { $0 } },
            checkpointInterval: .seconds(10))
    }

    @Test("an entry is answered when the next checkpoint has it, with those that came after it")
    func batch() throws {
        time.pass(4)
        let (first, wait) = try waiting("a")
        time.pass(3)
        let (second, shorterWait) = try waiting("b")
        #expect((wait, shorterWait) == (.seconds(6), .seconds(3)))
        #expect(try checkpointSize() == "5")
        #expect(try client.get("/api/v2/tile/0/000.p/6", to: .rekorV2).status == 404)
        time.pass(3)

        for delivery in [second(), first()] {
            guard case .answer(let answer) = delivery else { throw SandboxClient.NoAnswer() }
            #expect(answer.status == 201)
            let proof = try answer.json.required("inclusionProof")
            #expect(try proof.required("treeSize").string == "7")
        }
        #expect(try checkpointSize() == "7")
    }

    @Test("an entry that is sent again before its checkpoint is a conflict at that checkpoint")
    func conflict() throws {
        let record = try client.recordV2("a")
        time.pass(1)
        _ = try waiting(record)
        time.pass(1)
        let (again, wait) = try waiting(record)
        time.pass(8)
        guard case .answer(let answer) = again() else { throw SandboxClient.NoAnswer() }

        #expect(wait == .seconds(8))
        #expect(answer.status == 409)
        #expect(try client.createV2(record).status == 409)
    }

    @Test("faults befall the answer at its time")
    func faults() throws {
        client.sandbox.setFaults([try FaultPlan("rekor-v2/create:1=commit-then-drop")])
        let (then, _) = try waiting("a")
        time.pass(10)
        guard case .close = then() else { throw SandboxClient.NoAnswer() }

        #expect(client.sandbox.rekorV2.size == 6)
    }

    private func checkpointSize() throws -> Substring? {
        let answer = try client.get("/api/v2/checkpoint", to: .rekorV2)
        return String(decoding: answer.body, as: UTF8.self).split(separator: "\n").dropFirst().first
    }

    private func waiting(_ text: String) throws -> (@Sendable () -> Delivery, Duration) {
        try waiting(client.recordV2(text))
    }

    private func waiting(_ record: JSONValue) throws -> (@Sendable () -> Delivery, Duration) {
        let request = SandboxRequest(
            method: "POST", target: "/api/v2/log/entries", body: record.text())
        guard case .waiting(let duration, let then) = client.sandbox.deliver(request, to: .rekorV2)
        else { throw SandboxClient.NoAnswer() }
        return (then, duration)
    }
}

@Suite("A clock that is moved")
struct MovedClockTests {
    @Test("what it has given ends, and the log waits no longer for it")
    func moved() throws {
        let client = try SandboxClient()
        let token = try client.sandbox.issuer.token(for: .email)
        #expect(try client.certificate(token: token).status == 200)
        let before = client.sandbox.clock.now
        let answer = try client.post("/sandbox/clock", to: .tuf, body: Array("660\n".utf8))

        #expect(answer.status == 200)
        #expect(client.sandbox.clock.now.timeIntervalSince(before) >= 660)
        #expect(try client.certificate(token: token).status == 400)
        let newToken = try client.sandbox.issuer.token(for: .email)
        #expect(try client.certificate(token: newToken).status == 200)
    }

    @Test("what is no number moves nothing", arguments: ["", "x", "1e12", "nan"])
    func nonsense(text: String) throws {
        let client = try SandboxClient()
        let answer = try client.post("/sandbox/clock", to: .tuf, body: Array(text.utf8))

        #expect(answer.status == 400)
        #expect(abs(client.sandbox.clock.now.timeIntervalSinceNow) < 60)
    }
}

extension JSONValue {
    fileprivate var node: JSONNode {
        get throws { try JSONNode(parsing: text()) }
    }
}
