import FoundationEssentials
import HTTP
import OpenIDConnect
import Patterns
import RetryEngine
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

@Suite("Time while signing")
struct SigningTimeTests {
    /// For an outage of 45 minutes.
    private func scene(_ log: SigningFixture.Log, _ faults: String...) throws -> SigningFixture {
        let scene = try SigningFixture(log, faults)
        scene.policy = RetryPolicy(attempts: 100, backoff: .list([.seconds(60)]))
        scene.deadline = .seconds(3000)
        return scene
    }

    @Test(
        "a v1 log that is down beyond the certificate's end is asked under a new one for the same key"
    )
    func renewal() throws {
        let scene = try scene(.v1, "rekor-v1/create:1-20=503")

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 3)
        #expect(try scene.transport.count("tsa/timestamp") == 3)
        // One signature, and with each certificate one text of the entry.
        #expect(Set(scene.uploads).count == 3)
        let bundle = try Bundle(json: #require(scene.bundles.first?.json))
        let time = try #require(scene.bundles.first?.verification.entries.first?.integrated)
        #expect(bundle.certificate?.isValid(at: time) == true)
    }

    @Test(
        "an entry that the log turns out to have is used, not made again under another certificate")
    func lateEntry() throws {
        // The first upload is taken and its reply lost; then the log takes none until the end.
        let scene = try scene(
            .v1, "rekor-v1/create:1=commit-then-drop", "rekor-v1/create:2-30=503")

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 1)
        #expect(try scene.transport.count("rekor-v1/get") == 1)
    }

    @Test("one new certificate serves all that is still to be logged", arguments: [true, false])
    func sharedRenewal(isStamped: Bool) throws {
        let scene = try scene(.v1, "rekor-v1/create:1-12=503")
        scene.parallel = 3
        scene.needs.timestamp = isStamped
        scene.contents = ["a", "b", "c"].map {
            .artifact(Artifact(digests: [Digest(of: Array($0.utf8))]))
        }

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 3)
        #expect(try scene.transport.count("fulcio/certificate") == 2)
        #expect(try scene.transport.count("tsa/timestamp") == (isStamped ? 6 : 0))
    }

    @Test("a v2 log takes the entry long after the certificate's end")
    func v2() throws {
        let scene = try scene(.v2, "rekor-v2/create:1-40=503")

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(Set(scene.uploads).count == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 1)
    }

    @Test(
        "a log that is down to the end of the run is what the run has failed at",
        arguments: SigningFixture.Log.allCases)
    func downToTheEnd(log: SigningFixture.Log) throws {
        let scene = try scene(log, "rekor-\(log.rawValue)/create:1-=503")
        let error = try #require(try scene.sign())

        #expect(error.phase == .log)
        #expect(error.failureClass == .deadline)
        #expect(error.description.contains("status 503"))
        #expect(try scene.transport.count("fulcio/certificate") == (log == .v1 ? 6 : 1))
    }

    @Test("timestamps that come after the certificate's end are asked for under a new one")
    func lateTimestamp() throws {
        let scene = try scene(.v2, "tsa/timestamp:1-15=503")

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 2)
    }

    @Test(
        "a pause that a log asks for is kept, though it is longer than the certificate lasts")
    func longPause() throws {
        let scene = try scene(.v1, "rekor-v1/create:1-2=503:900")

        #expect(try scene.sign() == nil)
        #expect(try scene.transport.count("rekor-v1/create") == 3)
        let starts = scene.transport.calls.filter {
            $0.description.hasSuffix("/log/entries") && !$0.body.isEmpty
        }.map(\.start)
        #expect(zip(starts, starts.dropFirst()).allSatisfy { $0.duration(to: $1) >= .seconds(900) })
    }

    @Test("a token that ends between two attempts at a certificate is replaced by a newer one")
    func tokenRefresh() throws {
        let scene = try SigningFixture(
            .v2, "issuer/token:1=short-token:90", "fulcio/certificate:1=hang")

        #expect(try scene.sign() == nil)
        #expect(try scene.transport.count("issuer/token") == 2)
        #expect(try scene.transport.count("fulcio/certificate") == 2)
    }

    @Test("a token endpoint that answers with a sentence once is asked again")
    func tokenEndpoint() throws {
        let scene = try SigningFixture(.v2, "issuer/token:1=plaintext")

        #expect(try scene.sign() == nil)
        #expect(scene.clock.pauses == [.seconds(1)])
    }

    @Test(
        "a local clock that is ten minutes off is noticed, and good tokens are good all the same",
        arguments: [600.0, -600], [true, false])
    func localClock(skew: Double, isTokenRequested: Bool) throws {
        let scene = try SigningFixture(.v1, localSkew: skew)
        if !isTokenRequested { scene.token = .given(nil) }

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        let notBefore = try Bundle(json: #require(scene.bundles.first?.json)).certificate?.notBefore
        let ahead = try scene.transport.localTime().timeIntervalSince(#require(notBefore))
        #expect(abs(ahead - skew) < 60)
    }

    @Test(
        "a token that was made just now is the certificate authority's to judge, which has another one asked for"
    )
    func expiredFromIssuer() throws {
        for (fault, isSigned) in [("1-2", true), ("1-9", false)] {
            let scene = try SigningFixture(.v1, "issuer/token:\(fault)=expired-token")
            let error = try scene.sign()

            #expect((error == nil) == isSigned)
            if let error { #expect(error.className == "identity-token") }
            #expect(try scene.transport.count("fulcio/certificate") == 2)
        }
    }

    @Test("no service's clock makes a given token good that has expired by the local one")
    func expiredByLocalClock() throws {
        let scene = try SigningFixture(.v1, localSkew: 90_000)
        scene.token = .given(nil)
        let error = try #require(try scene.sign())

        #expect(error.className == "token-expired")
        #expect(scene.transport.calls.isEmpty)
    }

    @Test(
        "a token that is expired, for another audience or of an address that was not verified ends it before anything is sent",
        arguments: [
            (Fault.expiredToken, "token-expired"), (.wrongAudience, "token-audience"),
            (.unverifiedEmail, "token-email"),
        ])
    func badToken(fault: Fault, className: String) throws {
        let scene = try SigningFixture(.v2)
        scene.token = .given(fault)
        let error = try #require(try scene.sign())

        #expect(error.phase == .token)
        #expect(error.failureClass == .permanent)
        #expect(error.className == className)
        #expect(scene.clock.pauses == [])
        #expect(scene.transport.calls.isEmpty)
        #expect(scene.entries == 0)
    }

    @Test("a name or an issuer other than the expected one ends it before anything is sent")
    func expectation() throws {
        for expected in [
            IdentityExpectation(identity: .exactly("mallory@example.com"), issuer: nil),
            IdentityExpectation(identity: nil, issuer: .exactly("https://issuer.example")),
        ] {
            let scene = try SigningFixture(.v2)
            scene.token = .given(nil)
            scene.expectation = expected
            let error = try #require(try scene.sign())

            #expect(error.phase == .token)
            #expect(error.failureClass == .permanent)
            #expect(scene.transport.calls.isEmpty)
        }
    }
}
