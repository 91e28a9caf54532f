import FoundationEssentials
import HTTP
import RetryEngine
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

@Suite("Many signatures at once")
struct SigningBatchTests {
    private func scene(
        _ log: SigningFixture.Log, _ count: Int, parallel: Int, _ faults: String...
    ) throws -> SigningFixture {
        let scene = try SigningFixture(log, faults)
        scene.parallel = parallel
        scene.contents = (0..<count).map {
            .artifact(Artifact(digests: [Digest(of: Array("\($0)".utf8))]))
        }
        return scene
    }

    private func uploads(
        _ scene: SigningFixture, before end: Duration = .seconds(1 << 20)
    ) -> Int {
        let start = scene.transport.calls.first?.start
        return scene.transport.calls.count { call in
            call.description.hasSuffix("/log/entries") && !call.body.isEmpty
                && (start.map { $0.duration(to: call.start) < end } ?? true)
        }
    }

    @Test("as many are on their way as are allowed, under one token and one certificate")
    func parallel() throws {
        let scene = try scene(.v2, 40, parallel: 8)

        #expect(try scene.sign() == nil)
        #expect(scene.bundles.count == 40)
        #expect(scene.entries == 40)
        #expect(scene.transport.exchanges.most == 8)
        #expect(try scene.transport.count("issuer/token") == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 1)
    }

    @Test("a log that is down is asked by one of them, and no attempt of the others is spent")
    func outage() throws {
        let policy = RetryPolicy(attempts: 10, backoff: .list([.seconds(5)]))
        let alone = try scene(.v2, 1, parallel: 16)
        let many = try scene(.v2, 200, parallel: 16)
        for scene in [alone, many] {
            scene.policy = policy
            scene.transport.outages = [.rekorV2: .seconds(30)]
            #expect(try scene.sign() == nil)
        }
        let (one, all) = (
            uploads(alone, before: .seconds(30)), uploads(many, before: .seconds(30))
        )

        #expect(many.bundles.count == 200)
        #expect(many.entries == 200)
        #expect(Double(all) <= 1.5 * Double(one), "\(all) calls, \(one) of a single one")
        // All but the one that asks make one attempt.
        #expect(uploads(many) == 200 + all)
    }

    @Test("a log that stays down is given up by all, and asked no more than by one of them")
    func lasting() throws {
        let scene = try scene(.v2, 100, parallel: 16)
        scene.transport.outages = [.rekorV2: .seconds(100_000)]
        let error = try #require(try scene.sign())

        #expect(error.failureClass == .unknownOutcome)
        #expect(scene.errors.count == 100)
        #expect(uploads(scene) <= 4)
    }

    @Test("a pause that a service asks of one holds back all")
    func retryAfter() throws {
        let scene = try scene(.v2, 20, parallel: 8, "rekor-v2/create:3=429:5")

        #expect(try scene.sign() == nil)
        let starts = scene.transport.calls.filter {
            $0.description.hasSuffix("/log/entries") && !$0.body.isEmpty
        }.map(\.start)
        let longest = zip(starts, starts.dropFirst()).map { $0.duration(to: $1) }.max()
        #expect(longest == .seconds(5))
        #expect(starts.count == 21)
    }

    @Test(
        "one that is refused does not end the others, and each is told",
        arguments: SigningFixture.Log.allCases)
    func refused(log: SigningFixture.Log) throws {
        let scene = try scene(log, 20, parallel: 8, "rekor-\(log.rawValue)/create:5=400")

        #expect(try scene.sign()?.failureClass == .permanent)
        #expect(scene.errors.count == 1)
        #expect(scene.bundles.count == 19)
        #expect(scene.entries == 19)
    }

    @Test("one that a log fails for again and again does not take the others with it")
    func ownTrouble() throws {
        let scene = try scene(.v2, 20, parallel: 1, "rekor-v2/create:1-3=500")

        #expect(try scene.sign()?.failureClass == .unknownOutcome)
        #expect(scene.errors.count == 1)
        #expect(scene.bundles.count == 19)
    }

    @Test(
        "every transient fault of a service is survived by twenty, with one entry each",
        arguments: SigningFixture.Log.allCases)
    func faults(log: SigningFixture.Log) throws {
        let calls = [
            "issuer/token", "fulcio/certificate", "tsa/timestamp", "\(log.service.rawValue)/create",
        ]
        for fault in ["503", "hang", "commit-then-drop"] {
            for call in calls {
                let plan = "\(call):1-2=\(fault)"
                let scene = try scene(log, 20, parallel: 8, plan)

                #expect(try scene.sign() == nil, "\(plan)")
                #expect(scene.bundles.count == 20, "\(plan)")
                #expect(scene.entries == 20, "\(plan)")
                let certificates = try scene.transport.count("fulcio/certificate")
                #expect(certificates == (call == "fulcio/certificate" ? 3 : 1), "\(plan)")
            }
        }
    }

    @Test("each has its time from its own first call, and the run its own")
    func limits() throws {
        let scene = try scene(.v2, 2, parallel: 1, "tsa/timestamp:1-3=hang")
        (scene.limit, scene.deadline) = (.seconds(80), nil)
        _ = try scene.sign()

        // 35 s, 1 s, 35 s, 5 s, and the 4 s that are left.
        #expect(scene.errors.map(\.failureClass) == [.deadline])
        #expect(scene.bundles.count == 1)
    }
}
