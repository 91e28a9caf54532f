import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Sigstore

@Suite("Signing configs")
struct SigningConfigTests {
    private typealias Service = SigningConfig.Service

    private func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    private func service(
        _ url: String, version: Int64 = 1, from start: Double = 0, to end: Double? = nil,
        by operatorName: String = "a"
    ) -> Service {
        Service(
            url: url, majorVersion: version,
            period: ValidityPeriod(start: time(start), end: end.map(time)),
            operatorName: operatorName)
    }

    private func config(_ logs: [Service], _ selector: SigningConfig.Selector?) -> SigningConfig {
        SigningConfig(
            certificateAuthorities: logs, identityProviders: [], logs: logs, logSelector: selector,
            timestampAuthorities: [], timestampSelector: nil)
    }

    @Test("the signing configs that are built in give one service of each kind")
    func builtIn() throws {
        let now = time(1_775_000_000)
        let publicGood = try SigningConfig(json: BuiltInTrust.publicGood.signingConfig)
        let staging = try SigningConfig(json: BuiltInTrust.staging.signingConfig)

        #expect(
            try publicGood.certificateAuthority(at: now).url == "https://fulcio.sigstore.dev")
        #expect(try publicGood.logs(at: now).chosen.map(\.url) == ["https://rekor.sigstore.dev"])
        #expect(
            try staging.logs(at: now).chosen.map(\.url) == [
                "https://log2025-alpha3.rekor.sigstage.dev"
            ])
        #expect(
            try staging.logs(at: now, versions: [1]).chosen.map(\.url) == [
                "https://rekor.sigstage.dev"
            ])
        #expect(try staging.timestampAuthorities(at: now).count == 1)
    }

    @Test("both ends of a service's time belong to it")
    func period() throws {
        let config = config([service("x", from: 10, to: 20)], .any)

        for (seconds, isInUse) in [(9.0, false), (10, true), (20, true), (21, false)] {
            let log = try? config.logs(at: time(seconds))
            let authority = try? config.certificateAuthority(at: time(seconds))
            #expect((log != nil) == isInUse, "\(seconds)")
            #expect((authority != nil) == isInUse, "\(seconds)")
        }
    }

    @Test("the highest known version wins, and versions do not mix")
    func version() throws {
        let config = config(
            [
                service("one", version: 1, from: 5, by: "a"),
                service("two", version: 2, from: 1, by: "b"), service("three", version: 3, by: "c"),
            ], .all)

        #expect(try config.logs(at: time(9)).chosen.map(\.url) == ["two"])
        #expect(try config.logs(at: time(9), versions: [1]).chosen.map(\.url) == ["one"])
        #expect(throws: SelectionError.noLog(version: 4)) {
            try config.logs(at: time(9), versions: [4])
        }
        #expect(try config.certificateAuthority(at: time(9)).url == "one")
    }

    @Test("of one operator the newest service counts, the newest of all first")
    func operators() throws {
        let services = [
            service("old", from: 1, by: "a"), service("new", from: 2, by: "a"),
            service("newest", from: 3, by: "b"), service("to come", from: 100, by: "a"),
        ]

        #expect(
            try config(services, .all).logs(at: time(9)).chosen.map(\.url) == ["newest", "new"])
        #expect(try config(services, .any).logs(at: time(9)).chosen.map(\.url) == ["newest"])
        #expect(try config(services, .exact(2)).logs(at: time(9)).count == 2)
        #expect(
            throws: SelectionError.tooFew("transparency log", found: 2, needed: 3)
        ) { try config(services, .exact(3)).logs(at: time(9)) }
    }

    @Test("without a selector there is no choice")
    func noSelector() {
        #expect(throws: SelectionError.noSelector("transparency log")) {
            try config([service("x")], nil).logs(at: time(9))
        }
    }

    @Test("an instance may have no timestamp authority")
    func noTimestampAuthority() throws {
        #expect(try config([], .any).timestampAuthorities(at: time(9)).count == 0)
    }

    @Test(
        "a selector is a name or a number, EXACT with a count",
        arguments: [
            ("ALL", nil, SigningConfig.Selector.all), (2, nil, .any), ("EXACT", 3, .exact(3)),
            (0, nil, nil), ("SERVICE_SELECTOR_UNDEFINED", nil, nil), (nil, nil, nil),
        ] as [(JSONValue?, JSONValue?, SigningConfig.Selector?)])
    func selector(
        word: JSONValue?, count: JSONValue?, selector: SigningConfig.Selector?
    ) throws {
        let document = try Documents.signingConfig()
            .setting("rekorTlogConfig.selector", word).setting("rekorTlogConfig.count", count)

        #expect(try SigningConfig(json: document.text()).logSelector == selector)
    }

    @Test("what breaks the format is refused")
    func malformed() throws {
        let document = try Documents.signingConfig()

        for (path, value): (String, JSONValue?) in [
            ("mediaType", "application/vnd.dev.sigstore.signingconfig.v0.1+json"),
            ("mediaType", nil), ("caUrls", "https://fulcio.sigstore.dev"),
            ("caUrls.0.url", nil), ("caUrls.0.validFor", nil), ("caUrls.0.validFor.start", nil),
            ("rekorTlogConfig", ["selector": "EXACT"]), ("rekorTlogConfig", ["selector": "MOST"]),
        ] {
            #expect(throws: TrustError.self, "\(path)") {
                try SigningConfig(json: document.setting(path, value).text())
            }
        }
    }

    @Test("a client trust config holds both files")
    func clientTrustConfig() throws {
        let root = try Documents.trustedRoot()
        let signing = try Documents.signingConfig()
        let document: JSONValue = [
            "mediaType": "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
            "trustedRoot": root, "signingConfig": signing,
        ]
        let config = try ClientTrustConfig(json: document.text())

        #expect(config.trustedRoot == (try TrustedRoot(json: root.text())))
        #expect(config.signingConfig == (try SigningConfig(json: signing.text())))
        for member in ["mediaType", "trustedRoot", "signingConfig"] {
            #expect(throws: TrustError.self, "\(member)") {
                try ClientTrustConfig(json: document.setting(member, nil).text())
            }
        }
    }
}
