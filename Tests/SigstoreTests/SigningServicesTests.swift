import FoundationEssentials
import HTTP
import SigningCrypto
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

@Suite("The services of a signing")
struct SigningServicesTests {
    private struct Refused: Progressing {
        let isReplaceable: Bool
        let progress: Int
    }

    /// Asks `count` of three, the first `failures` of which fail, each further than the one after it.
    private func answers(
        _ count: Int, failures: Int, isReplaceable: Bool = true
    ) throws -> [String] {
        var left = failures
        return try ServiceChoice(candidates: ["a", "b", "c"], count: count).answers(
            isReplaceable: \.isReplaceable,
            ask: { service throws(Refused) in
                left -= 1
                if left >= 0 { throw Refused(isReplaceable: isReplaceable, progress: left) }
                return service
            })
    }

    @Test("as many as are needed are asked, and others where one may be replaced")
    func choice() throws {
        #expect(try answers(1, failures: 0) == ["a"])
        #expect(try answers(2, failures: 0) == ["a", "b"])
        #expect(try answers(1, failures: 2) == ["c"])
        #expect(try answers(2, failures: 1) == ["b", "c"])
        #expect(throws: Refused.self) { try answers(2, failures: 2) }
        #expect(throws: Refused.self) { try answers(1, failures: 1, isReplaceable: false) }
        #expect(throws: Refused.self) { try answers(3, failures: 1) }
    }

    @Test("of several that fail the failure that came furthest is told")
    func furthest() {
        let error = #expect(throws: Refused.self) { try answers(1, failures: 3) }

        #expect(error?.progress == 2)
    }

    private func addLog(
        _ config: inout SigningConfig, before url: String
    ) {
        config.logs.insert(
            .init(
                url: url, majorVersion: config.logs[0].majorVersion,
                period: ValidityPeriod(start: Date().addingTimeInterval(-60)),
                operatorName: "another"), at: 0)
    }

    @Test(
        "instead of a log that is surely without the entry another one is used",
        arguments: SigningScene.Log.allCases)
    func absentLog(log: SigningScene.Log) throws {
        let scene = try SigningScene(log)
        scene.config = { addLog(&$0, before: "http://127.0.0.1:9") }

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 1)
    }

    @Test("instead of a log that may have the entry no other one is asked")
    func perhapsLogged() throws {
        let scene = try SigningScene(.v1, "rekor-v1/create:1-3=503")
        let own = scene.transport.sandbox.addresses[.rekorV1]
        // The same log under another name stands for one that works.
        scene.config = { addLog(&$0, before: "\(own)/") }
        let error = try #require(try scene.sign())

        #expect(error.mayBeLogged)
        #expect(error.failureClass == .unknownOutcome)
        #expect(try scene.transport.count("rekor-v1/create") == 3)
    }

    @Test("instead of a frozen log another one is used")
    func frozen() throws {
        let scene = try SigningScene(.v2, "rekor-v2/create:1=frozen")
        let own = scene.transport.sandbox.addresses[.rekorV2]
        // The same log under another name stands for the one that follows it.
        scene.config = { addLog(&$0, before: "\(own)/") }

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
    }

    @Test("instead of a timestamp authority that fails another one is asked")
    func timestampAuthority() throws {
        let scene = try SigningScene(.v2, "tsa/timestamp:1=400")
        scene.config = { config in
            let own = config.timestampAuthorities[0]
            config.timestampAuthorities.append(
                .init(
                    url: own.url, majorVersion: 1, period: own.period, operatorName: "another"))
        }

        #expect(try scene.sign() == nil)
        #expect(try scene.transport.count("tsa/timestamp") == 2)
    }

    @Test("a certificate without a log's promise is refused, or taken where that is asked for")
    func certificatePromise() throws {
        for isNeeded in [true, false] {
            let scene = try SigningScene(.v2, "fulcio/certificate:1=wrong")
            scene.needs.certificatePromise = isNeeded
            let error = try scene.sign()

            #expect(error?.className == (isNeeded ? "sct" : nil))
            #expect(scene.entries == (isNeeded ? 0 : 1))
        }
    }

    @Test("what would not show when it was signed is refused before any call")
    func noTime() throws {
        for (log, isLogged, isStamped, isRefused) in [
            (SigningScene.Log.v1, true, false, false), (.v2, true, false, true),
            (.v1, false, false, true), (.v2, false, true, false),
        ] {
            let scene = try SigningScene(log)
            scene.needs.log = isLogged
            scene.needs.timestamp = isStamped
            if isRefused {
                #expect(throws: SelectionError.self) { try scene.sign() }
                #expect(scene.transport.calls.isEmpty)
            } else {
                #expect(try scene.sign() == nil)
                #expect(scene.entries == (isLogged ? 1 : 0))
            }
        }
    }

    @Test(
        "under a key there is no certificate, and neither log nor timestamp is a must",
        arguments: SigningScene.Log.allCases)
    func key(log: SigningScene.Log) throws {
        for (isLogged, isStamped) in [(true, true), (true, false), (false, true), (false, false)] {
            let scene = try SigningScene(log)
            scene.key = try PrivateKey.generate()
            scene.needs.log = isLogged
            scene.needs.timestamp = isStamped

            #expect(try scene.sign() == nil)
            #expect(scene.entries == (isLogged ? 1 : 0))
            #expect(try scene.transport.count("tsa/timestamp") == (isStamped ? 1 : 0))
            #expect(try scene.transport.count("fulcio/total") == 0)
            #expect(try scene.transport.count("issuer/total") == 0)
        }
    }

    @Test(
        "every kind of key signs what its logs take, and is refused before any call otherwise",
        arguments: [
            KeyKind.ecdsa(.p256), .ecdsa(.p384), .ecdsa(.p521), .rsa(bits: 2048), .ed25519,
        ])
    func kinds(kind: KeyKind) throws {
        let key = try PrivateKey.generate(kind)
        let message = Array("an artifact".utf8)
        let digests = HashAlgorithm.allCases.map { Digest(of: message, using: $0) }
        let statement = try AttestationPredicate(
            Array("{}".utf8), type: "https://example.com/p", at: Date()
        ).statement(about: [.init(name: "a", digests: [digests[0]])])
        let blob = SignableContent.artifact(Artifact(digests: digests, message: message))
        for (log, content, isTaken) in [
            (SigningScene.Log.v1, blob, kind != .ed25519), (.v2, blob, kind != .ed25519),
            (.v1, .statement(statement, try Statement(json: statement)), true),
            (.v2, .statement(statement, try Statement(json: statement)), kind != .ed25519),
        ] {
            let scene = try SigningScene(log)
            scene.key = key
            scene.contents = [content]
            let error = try scene.sign()

            #expect((error == nil) == isTaken, "\(log): \(error?.description ?? "signed")")
            #expect(scene.entries == (isTaken ? 1 : 0))
            if !isTaken {
                #expect(error?.className == "unsupported-key")
                #expect(scene.transport.calls.isEmpty)
            }
        }
        let alone = try SigningScene(.v2)
        (alone.key, alone.contents) = (key, [blob])
        (alone.needs.log, alone.needs.timestamp) = (false, false)
        #expect(try alone.sign() == nil)
    }
}
