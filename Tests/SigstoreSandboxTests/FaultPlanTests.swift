import Testing

@testable import SigstoreSandbox

@Suite("Fault plans")
struct FaultPlanTests {
    @Test("a plan names the service, its call, the numbers and the fault")
    func wholePlan() throws {
        let plan = try FaultPlan("rekor-v2/create:2-3=503:Wed, 21 Oct 2026 07:28:00 GMT")

        #expect(plan.service == .rekorV2)
        #expect(plan.call == "create")
        #expect(plan.numbers == 2...3)
        #expect(plan.fault == .status(503, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT"))
    }

    @Test("one number is that call alone, a number and a dash all from there")
    func numbers() throws {
        #expect(try FaultPlan("tsa:4=hang").numbers == 4...4)
        #expect(try FaultPlan("tsa:4-=hang").numbers == 4...Int.max)
        #expect(try FaultPlan("tsa:4=hang").call == nil)
    }

    @Test(
        "every kind of fault has its word",
        arguments: [
            ("refuse", .refuse), ("hang", .hang), ("slow", .slow(milliseconds: 100)),
            ("slow:7", .slow(milliseconds: 7)), ("cut", .cut), ("commit-then-drop", .drop),
            ("wrong", .wrong), ("conflict", .conflict), ("frozen", .frozen),
            ("plaintext", .plaintext), ("html502", .html), ("429", .status(429, retryAfter: nil)),
            ("no-upstream", .noUpstream), ("500:0", .status(500, retryAfter: "0")),
        ] as [(String, Fault)])
    func kinds(text: String, fault: Fault) throws {
        #expect(try FaultPlan("rekor-v1:1=\(text)").fault == fault)
    }

    @Test(
        "a handshake has faults of its own",
        arguments: [
            ("eof", .eof), ("reset", .reset), ("alert:40", .alert(40)), ("http", .http),
            ("half", .half), ("hang", .hang), ("untrusted", .untrusted), ("expired", .expired),
            ("wrong-host", .wrongHost),
        ] as [(String, HandshakeFault)])
    func handshakes(text: String, fault: HandshakeFault) throws {
        #expect(try FaultPlan("tuf/handshake:1=\(text)").fault == .handshake(fault))
        if text != "hang" {
            #expect(throws: FaultPlanError.unknownFault(text)) { try FaultPlan("tuf:1=\(text)") }
        }
    }

    @Test("handshakes are counted by themselves, and are no calls")
    func handshakeCounts() throws {
        var ledger = CallCounter(plans: [
            try FaultPlan("tsa:1-=cut"), try FaultPlan("tsa/handshake:2=eof"),
        ])

        #expect(ledger.count("handshake", of: .tsa) == nil)
        #expect(ledger.count("timestamp", of: .tsa) == .cut)
        #expect(ledger.count("handshake", of: .tsa) == .handshake(.eof))
    }

    @Test(
        "the faults of tokens are the issuer's",
        arguments: [
            ("expired-token", .expiredToken), ("short-token:30", .shortToken(seconds: 30)),
            ("wrong-audience", .wrongAudience), ("unverified-email", .unverifiedEmail),
        ] as [(String, Fault)])
    func tokens(text: String, fault: Fault) throws {
        #expect(try FaultPlan("issuer/token:1=\(text)").fault == fault)
        #expect(throws: FaultPlanError.foreignFault(text, at: .fulcio)) {
            try FaultPlan("fulcio:1=\(text)")
        }
    }

    @Test(
        "nonsense is refused, and the error tells what of it",
        arguments: [
            ("", .malformed("")), ("fulcio:1", .malformed("fulcio:1")),
            ("fulcio=hang", .malformed("fulcio=hang")),
            ("ca:1=hang", .unknownService("ca")), (":1=hang", .unknownService("")),
            ("tsa/sign:1=hang", .unknownCall("sign", of: .tsa)),
            ("tsa:0=hang", .numbers("0")), ("tsa:3-2=hang", .numbers("3-2")),
            ("tsa:-1=hang", .numbers("-1")), ("tsa:1-2-3=hang", .numbers("1-2-3")),
            ("tsa:99999999999999999999=hang", .numbers("99999999999999999999")),
            ("tsa:1=", .unknownFault("")), ("tsa:1=hung", .unknownFault("hung")),
            ("tsa:1=hang:2", .unknownFault("hang:2")), ("tsa:1=200", .unknownFault("200")),
            ("tsa:1=503:", .unknownFault("503:")), ("tsa:1=slow:0", .unknownFault("slow:0")),
            ("tsa:1=503:2\r\nX: y", .unknownFault("503:2\r\nX: y")),
            ("issuer:1=short-token", .unknownFault("short-token")),
            ("tsa/handshake:1=503", .unknownFault("503")),
            ("tsa/handshake:1=alert:256", .unknownFault("alert:256")),
            ("tsa:1=frozen", .foreignFault("frozen", at: .tsa)),
        ] as [(String, FaultPlanError)])
    func nonsense(text: String, error: FaultPlanError) {
        #expect(throws: error) { try FaultPlan(text) }
    }

    @Test("calls are counted by service and by name, and the first plan that fits decides")
    func counting() throws {
        var ledger = CallCounter(plans: [
            try FaultPlan("rekor-v1/get:2=hang"), try FaultPlan("rekor-v1:2-3=cut"),
        ])

        #expect(ledger.count("create", of: .rekorV1) == nil)
        #expect(ledger.count("get", of: .rekorV1) == .cut)
        #expect(ledger.count("get", of: .rekorV1) == .hang)
        #expect(ledger.count("get", of: .rekorV1) == nil)
        #expect(ledger.count("create", of: .rekorV2) == nil)
    }
}
