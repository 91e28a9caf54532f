import FoundationEssentials
import HTTP
import JSON
import RetryEngine
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

@Suite("Signing")
struct SignerTests {
    private static let creates: [SigningFixture.Log: String] = [
        .v1: "rekor-v1/create", .v2: "rekor-v2/create",
    ]

    @Test(
        "a first attempt that succeeds is the only one, without a pause",
        arguments: SigningFixture.Log.allCases)
    func success(log: SigningFixture.Log) throws {
        let scene = try SigningFixture(log)

        #expect(try scene.sign() == nil)
        #expect(scene.clock.pauses == [])
        #expect(scene.bundles.count == 1)
        #expect(scene.bundles.first?.verification.identity == SandboxIdentity.workflow)
        #expect(scene.entries == 1)
        #expect(
            scene.phases == [.token, .certificate, .signature, .timestamp, .log, .selfCheck])
        for call in ["issuer/total", "fulcio/total", "tsa/total", "rekor-\(log.rawValue)/total"] {
            #expect(try scene.transport.count(call) == 1, "\(call)")
        }
    }

    @Test("one transient failure costs one pause of 1 s", arguments: SigningFixture.Log.allCases)
    func oneFailure(log: SigningFixture.Log) throws {
        let scene = try SigningFixture(log, "rekor-\(log.rawValue)/create:1=503")

        #expect(try scene.sign() == nil)
        #expect(scene.clock.pauses == [.seconds(1)])
        #expect(scene.entries == 1)
    }

    @Test("three failures are all there is: pauses of 1 s and 5 s, and the last error is named")
    func attemptsSpent() throws {
        let scene = try SigningFixture(.v1, "rekor-v1/create:1-2=503", "rekor-v1/create:3-=500")
        let error = try #require(try scene.sign())

        #expect(error.failureClass == .unknownOutcome)
        #expect(error.phase == .log)
        #expect(error.description.contains("status 500"))
        #expect(scene.clock.pauses == [.seconds(1), .seconds(5)])
        #expect(scene.bundles.count == 0)
    }

    @Test("a deadline before the end of the first pause ends it at once, with fewer attempts")
    func deadline() throws {
        let scene = try SigningFixture(.v1, "fulcio/certificate:1-=503")
        scene.deadline = .milliseconds(900)
        let error = try #require(try scene.sign())

        #expect(error.failureClass == .deadline)
        #expect(scene.clock.pauses == [])
        #expect(try scene.transport.count("fulcio/certificate") == 1)
    }

    @Test(
        "a cancellation in the first pause ends it, and is the reason though the deadline has passed"
    )
    func cancellation() throws {
        let scene = try SigningFixture(.v1, "fulcio/certificate:1-=503")
        scene.clock.interruptedPause = 1
        scene.deadline = .milliseconds(1001)
        scene.clock.oversleep = .seconds(1)
        let error = try #require(try scene.sign())

        #expect(error.failureClass == .cancelled)
        #expect(try scene.transport.count("fulcio/certificate") == 1)
    }

    @Test(
        "a reply that is lost after the log has made the entry: the same bytes find the same entry",
        arguments: SigningFixture.Log.allCases)
    func lostReply(log: SigningFixture.Log) throws {
        let scene = try SigningFixture(log, "rekor-\(log.rawValue)/create:1-2=commit-then-drop")

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(scene.uploads.count == 3)
        #expect(Set(scene.uploads).count == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 1)
        #expect(try scene.transport.count("tsa/timestamp") == 1)
    }

    @Test("a log that hangs gets its second attempt when the time of the first is over")
    func hang() throws {
        let scene = try SigningFixture(.v2, "rekor-v2/create:1=hang")

        #expect(try scene.sign() == nil)
        let uploads = scene.transport.calls.filter { !$0.body.isEmpty }.suffix(2).map(\.start)
        #expect(uploads[0].duration(to: uploads[1]) == .seconds(36))
    }

    @Test("a pause that a service asks for is kept")
    func retryAfter() throws {
        let scene = try SigningFixture(.v2, "fulcio/certificate:1-2=503:2")

        #expect(try scene.sign() == nil)
        #expect(scene.clock.pauses == [.seconds(2), .seconds(5)])
    }

    @Test(
        "a pause that a service asks for and that is longer than the deadline is not begun, but said"
    )
    func longRetryAfter() throws {
        let scene = try SigningFixture(.v2, "tsa:1-=503:600")
        let error = try #require(try scene.sign())

        #expect(error.failureClass == .deadline)
        #expect(error.description.contains("asks for a pause of 600 s"))
        #expect(scene.clock.pauses == [])
        #expect(scene.entries == 0)
    }

    @Test("several artifacts have one certificate, and an entry each")
    func several() throws {
        let scene = try SigningFixture(.v2)
        scene.contents = ["a", "b", "c"].map {
            .artifact(Artifact(digests: [Digest(of: Array($0.utf8))]))
        }

        #expect(try scene.sign() == nil)
        #expect(scene.bundles.count == 3)
        #expect(scene.entries == 3)
        #expect(try scene.transport.count("fulcio/certificate") == 1)
    }

    @Test("what is complete is handed out though a later one fails")
    func laterFailure() throws {
        let scene = try SigningFixture(.v2, "rekor-v2/create:2-=400")
        scene.contents = ["a", "b"].map {
            .artifact(Artifact(digests: [Digest(of: Array($0.utf8))]))
        }

        #expect(try scene.sign()?.failureClass == .permanent)
        #expect(scene.bundles.count == 1)
    }

    @Test("a bundle that does not verify is not handed out")
    func selfCheck() throws {
        let scene = try SigningFixture(.v2)
        // A statement about another type of thing than verifiers read.
        let payload = Array(#"{"_type":"x"}"#.utf8)
        let statement = try Statement(
            json: AttestationPredicate(
                Array("{}".utf8), type: "https://example.com/p", at: Date()
            ).statement(about: [.init(name: "a", digests: [Digest(of: [1])])]))
        scene.contents = [.statement(payload, statement)]
        let error = try #require(try scene.sign())

        #expect(error.phase == .selfCheck)
        #expect(error.className == "statement")
        #expect(scene.bundles.count == 0)
    }

    @Test(
        "a statement is signed byte for byte, and logged as what the log has for it",
        arguments: SigningFixture.Log.allCases)
    func statement(log: SigningFixture.Log) throws {
        let scene = try SigningFixture(log)
        let payload = AttestationPredicate.example
        scene.contents = [.statement(payload, try Statement(json: payload))]

        #expect(try scene.sign() == nil)
        let bundle = try Bundle(json: try #require(scene.bundles.first?.json))
        guard case .envelope(let envelope) = bundle.content else {
            Issue.record("it is \(bundle.content)")
            return
        }
        #expect(envelope.payload == payload)
        #expect(bundle.entries.map(\.kind.name) == [log == .v1 ? "dsse" : "hashedrekord"])
    }
}

extension AttestationPredicate {
    /// A statement with white space that a reader would not keep.
    fileprivate static let example: [UInt8] = Array(
        """
        { "_type" : "https://in-toto.io/Statement/v1",
          "subject" : [ { "name" : "a", "digest" : { "sha256" : "\(Digest(of: [1]).hex)" } } ],
          "predicateType" : "https://example.com/p", "predicate" : { "n" : 1.50 } }

        """.utf8)
}
