import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

/// What every reader of foreign texts has in common: it goes through the one strict reader of JSON.
@Suite("Foreign texts")
struct ForeignTextTests {
    private static let readers: [String: @Sendable ([UInt8]) throws -> Void] = [
        "bundle": { _ = try Bundle(json: $0) },
        "trusted root": { _ = try TrustedRoot(json: $0) },
        "signing config": { _ = try SigningConfig(json: $0) },
        "client trust config": { _ = try ClientTrustConfig(json: $0) },
        "statement": { _ = try Statement(json: $0) },
        "entry": { _ = try EntryBody($0, kind: .init(name: "hashedrekord", version: "0.0.2")) },
        "answer of Fulcio": { _ = try IssuedCertificate(json: $0) },
        "answer of Rekor 1": { _ = try LogEntry(rekorV1: $0) },
        "key file": { _ = try EncryptedKeyFile(json: $0) },
    ]

    @Test(
        "no reader takes or stays with what is there to exhaust it",
        arguments: readers.keys.sorted())
    func exhausting(reader: String) throws {
        let read = try #require(Self.readers[reader])
        let members = (0..<2_000).map { "\"\($0)\":0" }.joined(separator: ",")
        for text in [
            String(repeating: "[", count: 64 << 10), String(repeating: #"{"a":"#, count: 64 << 10),
            String(repeating: "7", count: 16 << 20), "{\(members)}",
            #"{"mediaType":\#(String(repeating: "[", count: 4096))}"#,
        ] {
            #expect(throws: (any Error).self) { try read(Array(text.utf8)) }
        }
    }

    @Test("what is twice in a bundle is refused, on every level")
    func doubled() throws {
        let text = String(decoding: try Documents.bundle().text(), as: UTF8.self)
        for (member, twice) in [
            (#""mediaType":"#, #""mediaType":"","mediaType":"#),
            (#""verificationMaterial":"#, #""verificationMaterial":{},"verificationMaterial":"#),
            (#""canonicalizedBody":"#, #""canonicalizedBody":"AA==","canonicalizedBody":"#),
            (#""rawBytes":"#, #""raw_bytes":"AA==","rawBytes":"#),
        ] {
            #expect(throws: BundleError.self, "\(member)") {
                try Bundle(json: Array(text.replacing(member, with: twice).utf8))
            }
        }
    }

    @Test("a deep statement within a bundle is refused, and says where it is deep")
    func deepStatement() throws {
        let nested = String(repeating: #"{"a":"#, count: 20_000) + "1"
        let statement = #"{"_type":"https://in-toto.io/Statement/v1","predicate":"# + nested
        let bundle = try Documents.bundle("v0.3-dsse-rekor-v2")
            .setting("dsseEnvelope.payload", .string(Array(statement.utf8).base64))
        guard case .envelope(let envelope) = try Bundle(json: bundle.text()).content else {
            Issue.record("no envelope")
            return
        }

        #expect {
            try Statement(json: envelope.payload)
        } throws: { error in
            if case .beyondLimit("more than 64 levels deep", _)? = error as? JSONError {
                true
            } else {
                false
            }
        }
    }

    /// The names of members as protocol buffers define them.
    private func underscored(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(underscored))
        case .object(let members):
            let renamed = members.map { member in
                let name = member.key.map { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }
                    .joined()
                return (name, underscored(member.value))
            }
            return .object(Dictionary(uniqueKeysWithValues: renamed))
        default: return value
        }
    }

    @Test("bundles, trusted roots and signing configs are read in either spelling of their names")
    func spellings() throws {
        for name in ["v0.3-blob-rekor-v1", "v0.3-blob-rekor-v2", "v0.3-dsse-rekor-v2"] {
            let bundle = try Documents.bundle(name)

            #expect(
                try Bundle(json: underscored(bundle).text()) == Bundle(json: bundle.text()),
                "\(name)")
        }
        let (root, config) = try (Documents.trustedRoot(), Documents.signingConfig())
        let both: JSONValue = [
            "mediaType": "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
            "trustedRoot": root, "signingConfig": config,
        ]

        #expect(try TrustedRoot(json: underscored(root).text()) == TrustedRoot(json: root.text()))
        #expect(
            try ClientTrustConfig(json: underscored(both).text())
                == ClientTrustConfig(json: both.text()))
    }

    @Test("texts that Unicode takes for the same are not the same")
    func equivalence() throws {
        let bundle = try Documents.bundle()
        let type = try bundle.asString("mediaType").replacing(";", with: "\u{37E}")
        let old = "application/vnd.dev.sigstore.bundle+json\u{37E}version=0.1"

        for text in [old, type + "\u{301}"] {
            #expect(throws: BundleError.mediaType(text)) {
                try Bundle(json: bundle.setting("mediaType", .string(text)).text())
            }
        }
        // A log whose key has an unknown name is left out.
        let root = try Documents.trustedRoot()
        let renamed = root.setting("tlogs.0.publicKey.keyDetails", "P\u{212A}IX_ED25519")
        #expect(
            try TrustedRoot(json: renamed.text()).logs
                == Array(TrustedRoot(json: root.text()).logs.dropFirst()))
    }
}
