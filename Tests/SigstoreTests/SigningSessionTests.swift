import Foundation
import HTTP
import RetryEngine
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

@Suite("A signature as a value")
struct SigningSessionTests {
    /// A run that was stopped, and what is left of it.
    private func stopped(
        _ scene: SigningFixture, at count: Int, isServed: Bool
    ) throws -> SigningSession? {
        scene.transport.exchanges.stop = (count, isServed)
        _ = try scene.sign()
        let left = try scene.stored.last.map { try reread($0.session) }
        scene.transport.exchanges.restart()
        return left
    }

    private func reread(_ session: SigningSession) throws -> SigningSession {
        try JSONDecoder().decode(SigningSession.self, from: JSONEncoder().encode(session))
    }

    @Test(
        "stopped at any call, before or after the service has done its part, it is resumed to one entry",
        arguments: SigningFixture.Log.allCases, [true, false])
    func stops(log: SigningFixture.Log, isKeyed: Bool) throws {
        let key = isKeyed ? try PrivateKey.generate() : nil
        for count in 1...9 {
            for isServed in [true, false] {
                // The lost answer of an upload leads to a second one, and to the log's word on the first.
                for faults in [[], ["rekor-\(log.rawValue)/create:1=commit-then-drop"]] {
                    let scene = try SigningFixture(log, faults)
                    scene.key = key
                    let left = try stopped(scene, at: count, isServed: isServed)
                    let place = "call \(count), served \(isServed), \(faults)"
                    if scene.bundles.isEmpty {
                        #expect(
                            try scene.sign(resuming: left.map { [0: $0] } ?? [:]) == nil, "\(place)"
                        )
                    }
                    #expect(scene.bundles.count == 1, "\(place)")
                    #expect(scene.entries == 1, "\(place)")
                    let certificates = try scene.transport.count("fulcio/certificate")
                    #expect(certificates <= (left == nil && !isKeyed ? 2 : 1), "\(place)")
                    if let left {
                        let bundle = try Bundle(json: #require(scene.bundles.first).json)
                        #expect(bundle.content.signature == left.signature, "\(place)")
                    }
                }
            }
        }
    }

    /// A run whose log is down, and what is left of it.
    private func withoutLog(
        _ log: SigningFixture.Log, later: Duration = .seconds(1200)
    ) throws -> (SigningFixture, SigningSession) {
        let scene = try SigningFixture(log)
        scene.transport.outages = [log.service: .seconds(600)]
        let error = try #require(try scene.sign())
        #expect(error.phase == .log)
        let left = try reread(#require(scene.stored.last).session)
        scene.transport.clock.spend(later)
        if later == .zero { scene.transport.outages = [:] }
        return (scene, left)
    }

    @Test("what is left is a bundle without entries, with its timestamps")
    func pendingBundle() throws {
        let (_, left) = try withoutLog(.v2)

        #expect(left.lacksOnlyLog)
        let bundle = try #require(left.bundle)
        #expect(bundle.entries.isEmpty)
        #expect(bundle.timestamps.count == 1)
        #expect(bundle.certificate != nil)
    }

    @Test("a log of Rekor v2 takes the entry after the certificate's end, whoever goes on")
    func lateV2() throws {
        let (scene, left) = try withoutLog(.v2)

        #expect(try scene.sign(resuming: [0: left], asNobody: true) == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 1)
    }

    @Test("for Rekor v1 it is signed anew after the certificate's end, where there is an identity")
    func lateV1() throws {
        let (scene, left) = try withoutLog(.v1)
        let error = try scene.sign(resuming: [0: left], asNobody: true)

        #expect(error?.className == "certificate-ended")
        #expect(error?.failureClass == .permanent)
        #expect(scene.entries == 0)

        #expect(try scene.sign(resuming: [0: left]) == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 2)
    }

    @Test("a certificate of an earlier run ends by the log's clock, before the log gets an entry")
    func endsByLogClock() throws {
        let (scene, left) = try withoutLog(.v1, later: .zero)
        scene.transport.sandbox.clock.move(bySeconds: 900)
        let error = try scene.sign(resuming: [0: left], asNobody: true)

        #expect(error?.className == "certificate-ended")
        #expect(scene.entries == 0)
        #expect(try scene.transport.count("rekor-v1/create") == 0)

        #expect(try scene.sign(resuming: [0: left]) == nil)
        #expect(scene.entries == 1)
        #expect(scene.anew == ["its certificate has ended"])
    }

    @Test("while the log does not tell the time, it gets no entry under such a certificate")
    func noTime() throws {
        let (scene, left) = try withoutLog(.v1, later: .zero)
        scene.transport.outages = [.rekorV1: .seconds(100_000)]
        let before = scene.uploads.count
        let error = try scene.sign(resuming: [0: left])

        #expect(error?.failureClass == .unknownOutcome)
        #expect(scene.uploads.count == before)
    }

    @Test("an entry that Rekor v1 has made after the end is replaced once, or said to be of no use")
    func lateEntry() throws {
        var (scene, left) = try withoutLog(.v1, later: .zero)
        scene.transport.sandbox.clock.move(bySeconds: 900)
        // As if the certificate had ended on the way to the log.
        left.isTimeKnown = true
        let error = try scene.sign(resuming: [0: left], asNobody: true)
        let late = try reread(#require(scene.stored.last).session)

        #expect(error?.className == "certificate-ended")
        #expect(error?.failureClass == .permanent)
        #expect(late.isLoggedTooLate)
        #expect(try scene.sign(resuming: [0: late], asNobody: true)?.className == error?.className)
        #expect(scene.entries == 1)

        #expect(try scene.sign(resuming: [0: late]) == nil)
        #expect(scene.entries == 2)
        #expect(scene.bundles.count == 1)
        #expect(scene.anew.first?.contains("after the certificate's end") == true)
    }

    @Test("where a log of Rekor v2 may stand in, it takes what Rekor v1 has taken too late")
    func lateEntryFallback() throws {
        let scene = try SigningFixture(.v1)
        scene.needs.fallsBack = true
        scene.needs.logVersions = [1]
        scene.transport.outages = [.rekorV1: .seconds(600), .rekorV2: .seconds(600)]
        #expect(try scene.sign()?.phase == .log)
        var left = try reread(#require(scene.stored.first).session)
        scene.transport.outages = [:]
        scene.transport.sandbox.clock.move(bySeconds: 900)
        left.isTimeKnown = true

        #expect(try scene.sign(resuming: [0: left], asNobody: true) == nil)
        #expect(scene.sessions.first?.fallback?.to.majorVersion == 2)
        #expect(scene.transport.entries(.rekorV1) == 1)
    }

    @Test("what is signed anew stays in the same name")
    func otherName() throws {
        let (scene, left) = try withoutLog(.v1)
        scene.token = .given(nil)
        let error = try scene.sign(resuming: [0: left])

        #expect(error?.className == "identity-mismatch")
        #expect(scene.entries == 0)
    }

    @Test("what is signed anew was signed before")
    func genuine() throws {
        let (scene, left) = try withoutLog(.v1)
        var forged = left
        forged.signature?[10] ^= 1
        #expect(try scene.sign(resuming: [0: forged])?.className == "signature")
        #expect(try scene.transport.count("fulcio/certificate") == 1)
        #expect(scene.entries == 0)
    }

    @Test("what is signed anew has a certificate of an authority that is trusted")
    func trustedCertificate() throws {
        let (scene, left) = try withoutLog(.v1)
        let (_, other) = try withoutLog(.v1)

        #expect(try scene.sign(resuming: [0: other])?.className == "cert-chain")
        #expect(try scene.transport.count("fulcio/certificate") == 1)
        #expect(try scene.sign(resuming: [0: left]) == nil)
    }

    @Test("certificates come from the authority of the run, not from that of a file")
    func ownAuthority() throws {
        let (scene, left) = try withoutLog(.v1)
        let own = try #require(left.services.certificateAuthority)
        var planted = left
        planted.takeCertificates(
            from: SigningServices.Service(
                url: try HTTPURL("https://elsewhere.example"), majorVersion: 1))
        #expect(planted.services.certificateAuthority != own)
        planted.takeCertificates(from: own)

        #expect(try scene.sign(resuming: [0: planted]) == nil)
    }

    @Test("an entry of Rekor v1 that was made before the end is found, and no other one is made")
    func madeV1() throws {
        let scene = try SigningFixture(.v1, "rekor-v1/create:1=commit-then-drop")
        let calls = scene.transport
        scene.policy.attempts = 1
        #expect(try scene.sign()?.phase == .log)
        let left = try reread(#require(scene.stored.last).session)
        calls.clock.spend(.seconds(1200))

        #expect(left.mayBeLogged)
        #expect(try scene.sign(resuming: [0: left], asNobody: true) == nil)
        #expect(scene.entries == 1)
    }

    @Test("it is stored before the first call whose outcome could be lost, and never before")
    func stores() throws {
        let scene = try SigningFixture(.v2)
        #expect(try scene.sign() == nil)
        let first = try #require(scene.stored.first)

        #expect(first.session.lacksOnlyLog)
        #expect(first.session.mayBeLogged)
        #expect(scene.stored.last?.session.isLogged == true)
    }

    @Test("no token and no key is in what is stored")
    func secrets() throws {
        let (scene, left) = try withoutLog(.v2)
        let text = String(decoding: try JSONEncoder().encode(left), as: UTF8.self)

        for request in scene.transport.authorizations {
            #expect(!text.contains(request.dropFirst("Bearer ".count)))
        }
        #expect(!scene.transport.authorizations.isEmpty)
        #expect(!text.contains("PRIVATE KEY"))
    }

    @Test("put off, the log is not asked at all")
    func deferred() throws {
        let scene = try SigningFixture(.v2)
        var session = SigningSession(scene.contents[0], services: try scene.services())
        session.defersLog = true
        #expect(try scene.sign(resuming: [0: session]) == nil)

        #expect(scene.bundles.isEmpty)
        let pending = try #require(scene.pending.first)
        #expect(pending.lacksOnlyLog)
        #expect(try scene.transport.count("rekor-v2/create") == 0)
    }
}
