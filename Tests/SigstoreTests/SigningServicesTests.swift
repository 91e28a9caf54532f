import FoundationEssentials
import HTTP
import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

@Suite("The services of a signing")
struct SigningServicesTests {
    /// Signs with `count` of three timestamp authorities.
    private func scene(_ count: Int, _ fault: String?) throws -> SigningFixture {
        let scene = try SigningFixture(.v2, [fault].compactMap { $0 })
        scene.config = { config in
            let own = config.timestampAuthorities[0]
            config.timestampAuthorities = (1...3).map {
                .init(
                    url: "\(own.url)?\($0)", majorVersion: 1, period: own.period,
                    operatorName: "operator \($0)")
            }
            config.timestampSelector = .exact(count)
        }
        return scene
    }

    @Test(
        "as many authorities as are needed are asked, and others where one may be replaced",
        arguments: [
            (1, nil, 1), (2, nil, 2), (1, "1-2", 3), (2, "1", 3), (2, "1-2", nil), (3, "1", nil),
        ] as [(Int, String?, Int?)])
    func choice(count: Int, failing: String?, calls: Int?) throws {
        let scene = try scene(count, failing.map { "tsa/timestamp:\($0)=400" })
        let error = try scene.sign()

        #expect((error == nil) == (calls != nil))
        if let calls { #expect(try scene.transport.count("tsa/timestamp") == calls) }
        let bundle = try scene.bundles.first.map { try Bundle(json: $0.json) }
        #expect(bundle?.timestamps.count == (calls == nil ? nil : count))
    }

    @Test("of several that fail the failure that came furthest is told")
    func furthest() throws {
        let scene = try scene(1, "tsa/timestamp:1=wrong")
        try scene.transport.sandbox.setFaults([
            FaultPlan("tsa/timestamp:1=400"), FaultPlan("tsa/timestamp:2-=503"),
        ])
        let error = try #require(try scene.sign())

        #expect(error.className == "refused")
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
        arguments: SigningFixture.Log.allCases)
    func absentLog(log: SigningFixture.Log) throws {
        let scene = try SigningFixture(log)
        scene.config = { addLog(&$0, before: "http://127.0.0.1:9") }

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count("fulcio/certificate") == 1)
    }

    /// Two names of the same log, of which one stands for a log that works.
    private func doubled(
        _ log: SigningFixture.Log, _ faults: [String]
    ) throws -> SigningFixture {
        let scene = try SigningFixture(log, faults)
        let own = scene.transport.sandbox.addresses[log.service]
        scene.config = { addLog(&$0, before: "\(own)/?2") }
        return scene
    }

    @Test(
        "a log that has turned everything away unread is surely without the entry",
        arguments: ["429", "no-upstream"], SigningFixture.Log.allCases)
    func turnedAway(fault: String, log: SigningFixture.Log) throws {
        let create = "\(log.service.rawValue)/create"
        let scene = try doubled(log, ["\(create):1-3=\(fault)"])

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count(create) == 4)
    }

    @Test("so is one whose certificate is not trusted", arguments: SigningFixture.Log.allCases)
    func untrusted(log: SigningFixture.Log) throws {
        let scene = try SigningFixture(log)
        scene.transport.unreachable = .untrusted(reason: "self-signed certificate")
        scene.config = { addLog(&$0, before: "http://127.0.0.1:9") }

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
    }

    @Test("a log of Rekor v1 that may have the entry is asked for it before another one is used")
    func searched() throws {
        let scene = try doubled(.v1, ["rekor-v1/create:1-3=503"])

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count("rekor-v1/get") == 1)
        #expect(try scene.transport.count("rekor-v1/create") == 4)
    }

    @Test("where it has the entry, no other one is asked")
    func foundAfterAll() throws {
        let scene = try doubled(.v1, ["rekor-v1/create:1-3=commit-then-drop"])

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
        #expect(try scene.transport.count("rekor-v1/get") == 1)
        #expect(try scene.transport.count("rekor-v1/create") == 3)
    }

    @Test(
        "where it does not say, or cannot be asked as Rekor v2, no other one is asked",
        arguments: SigningFixture.Log.allCases)
    func perhapsLogged(log: SigningFixture.Log) throws {
        let create = "\(log.service.rawValue)/create"
        let silent = log == .v1 ? ["rekor-v1/get:1-=503"] : []
        let scene = try doubled(log, ["\(create):1-3=503"] + silent)
        let error = try #require(try scene.sign())

        #expect(error.mayBeLogged)
        #expect(error.failureClass == .unknownOutcome)
        #expect(try scene.transport.count(create) == 3)
    }

    @Test("a hundred that a silent log may have ask it no more often than one does")
    func searchedByMany() throws {
        let scene = try doubled(.v1, [])
        scene.contents = (0..<100).map {
            .artifact(Artifact(digests: [Digest(of: Array("\($0)".utf8))]))
        }
        scene.parallel = 16
        scene.config = { config in
            addLog(&config, before: "http://127.0.0.1:9")
            config.logs.reverse()
        }
        scene.transport.outages = [.rekorV1: .seconds(100_000)]
        _ = try scene.sign()

        #expect(scene.errors.count == 100)
        #expect(scene.transport.calls.count { $0.description.contains(":4/") } <= 8)
    }

    @Test("instead of a frozen log another one is used")
    func frozen() throws {
        let scene = try SigningFixture(.v2, "rekor-v2/create:1=frozen")
        let own = scene.transport.sandbox.addresses[.rekorV2]
        // The same log under another name stands for the one that follows it.
        scene.config = { addLog(&$0, before: "\(own)/?2") }

        #expect(try scene.sign() == nil)
        #expect(scene.entries == 1)
    }

    @Test("instead of a timestamp authority that fails another one is asked")
    func timestampAuthority() throws {
        let scene = try SigningFixture(.v2, "tsa/timestamp:1=400")
        scene.config = { config in
            let own = config.timestampAuthorities[0]
            config.timestampAuthorities.append(
                .init(
                    url: "\(own.url)?2", majorVersion: 1, period: own.period,
                    operatorName: "another"))
        }

        #expect(try scene.sign() == nil)
        #expect(try scene.transport.count("tsa/timestamp") == 2)
    }

    @Test("a certificate without a log's promise is refused, or taken where that is asked for")
    func certificatePromise() throws {
        for isNeeded in [true, false] {
            let scene = try SigningFixture(.v2, "fulcio/certificate:1=wrong")
            scene.needs.certificatePromise = isNeeded
            let error = try scene.sign()

            #expect(error?.className == (isNeeded ? "sct" : nil))
            #expect(scene.entries == (isNeeded ? 0 : 1))
        }
    }

    @Test("what would not show when it was signed is refused before any call")
    func noTime() throws {
        for (log, isLogged, isStamped, isRefused) in [
            (SigningFixture.Log.v1, true, false, false), (.v2, true, false, true),
            (.v1, false, false, true), (.v2, false, true, false),
        ] {
            let scene = try SigningFixture(log)
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
        "under a key there is not a certificate, and neither log nor timestamp is a must",
        arguments: SigningFixture.Log.allCases)
    func key(log: SigningFixture.Log) throws {
        for (isLogged, isStamped) in [(true, true), (true, false), (false, true), (false, false)] {
            let scene = try SigningFixture(log)
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
            (SigningFixture.Log.v1, blob, kind != .ed25519), (.v2, blob, kind != .ed25519),
            (.v1, .statement(statement, try Statement(json: statement)), true),
            (.v2, .statement(statement, try Statement(json: statement)), kind != .ed25519),
        ] {
            let scene = try SigningFixture(log)
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
        let alone = try SigningFixture(.v2)
        (alone.key, alone.contents) = (key, [blob])
        (alone.needs.log, alone.needs.timestamp) = (false, false)
        #expect(try alone.sign() == nil)
    }

    @Test("after a frozen log the signing config is asked once for the one that follows")
    func renewed() throws {
        let scene = try SigningFixture(.v2, "rekor-v2/create:1=frozen")
        let (sandbox, needs) = (scene.transport.sandbox, scene.needs)
        let own = sandbox.addresses[.rekorV2]
        var count = 0
        scene.newer = { _ in
            count += 1
            var config = try SigningConfig(json: TrustFiles(sandbox).signingConfig(.v2).text())
            // The same log under another name stands for the one that follows it.
            config.logs = [
                .init(
                    url: "\(own)/?2", majorVersion: 2, period: config.logs[0].period,
                    operatorName: "another")
            ]
            return try SigningServices(config, at: sandbox.clock.now, needs: needs)
        }

        #expect(try scene.sign() == nil)
        #expect(count == 1)
        #expect(scene.entries == 1)
    }

    @Test("a log of another version stands in only where that was asked for, and is told")
    func fallback() throws {
        for isAllowed in [true, false] {
            let scene = try SigningFixture(.v2)
            scene.needs.fallsBack = isAllowed
            scene.transport.outages = [.rekorV2: .seconds(100_000)]
            let error = try scene.sign()

            #expect((error == nil) == isAllowed)
            #expect(scene.transport.entries(.rekorV1) == (isAllowed ? 1 : 0))
            let addresses = scene.transport.sandbox.addresses
            let fallback = scene.sessions.first?.fallback
            #expect(fallback?.from.url.contains(addresses[.rekorV2]) == (isAllowed ? true : nil))
            #expect(fallback?.to.majorVersion == (isAllowed ? 1 : nil))
        }
    }
}
