import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Log entries")
struct EntryBodyTests {
    private static let place = "verificationMaterial.tlogEntries.0"

    private func body(_ name: String) throws -> (JSONValue, LogEntry) {
        let entry = try #require(try Bundle(json: Documents.bundle(name).text()).entries.first)
        return (try JSONValue(parsing: entry.canonicalizedBody), entry)
    }

    private func read(_ body: JSONValue, _ kind: LogEntry.Kind) throws -> EntryBody {
        try EntryBody(body.text(), kind: kind)
    }

    @Test(
        "an entry over an artifact names its digest, signature and certificate",
        arguments: ["v0.3-blob-rekor-v1", "v0.3-blob-rekor-v2"])
    func hashedRecord(name: String) throws {
        let bundle = try Bundle(json: Documents.bundle(name).text())
        let (document, entry) = try body(name)
        guard case .hashedRecord(let record) = try read(document, entry.kind) else {
            Issue.record("it is of another kind")
            return
        }

        #expect(record.digest == Digest(of: try TestVector.read("artifact.txt")))
        #expect(record.signature == bundle.content.signature)
        #expect(record.verifier == .certificate(try #require(bundle.certificate).der))
        #expect(record.scheme == (name.hasSuffix("v2") ? .ecdsa(.sha256) : nil))
    }

    @Test(
        "an entry over an envelope names its payload, signature and certificate",
        arguments: ["v0.3-dsse-rekor-v1", "intoto-rekor-v1"])
    func envelope(name: String) throws {
        let bundle = try Bundle(json: Documents.bundle(name).text())
        guard case .envelope(let envelope) = bundle.content else {
            Issue.record("it has no envelope")
            return
        }
        let (document, entry) = try body(name)

        #expect(
            try read(document, entry.kind)
                == .envelope(
                    payloadHash: Digest(of: envelope.payload),
                    signatures: [
                        .init(
                            bytes: envelope.signature,
                            verifier: .certificate(try #require(bundle.certificate).der))
                    ]))
    }

    @Test("an entry of a key names the key", arguments: ["key-blob-rekor-v1", "key-blob-rekor-v2"])
    func key(name: String) throws {
        let pem = String(decoding: try TestVector.read("release-key.pem"), as: UTF8.self)
        let (document, entry) = try body(name)
        guard case .hashedRecord(let record) = try read(document, entry.kind) else {
            Issue.record("it is of another kind")
            return
        }

        #expect(record.verifier == .publicKey(try PublicKey(pem: pem).subjectPublicKeyInfo))
    }

    @Test("kind and version are the bundle's, and known")
    func kind() throws {
        let (document, entry) = try body("v0.3-blob-rekor-v1")
        let unknown = LogEntry.Kind(name: "hashedrekord", version: "0.0.3")

        #expect(throws: LogError.self) { try read(document, unknown) }
        #expect(throws: LogError.self) {
            try read(document.setting("apiVersion", "0.0.3"), unknown)
        }
        #expect(throws: LogError.self) { try read(document.setting("kind", "dsse"), entry.kind) }
        #expect(throws: LogError.self) {
            try read(document.setting("apiVersion", "0.0.2"), entry.kind)
        }
        #expect(throws: LogError.self) { try read(document.setting("kind", nil), entry.kind) }
    }

    @Test(
        "no member of an entry may be missing or of another form",
        arguments: [
            ("v0.3-blob-rekor-v1", "spec.data.hash"),
            ("v0.3-blob-rekor-v1", "spec.data.hash.value"),
            ("v0.3-blob-rekor-v1", "spec.signature.content"),
            ("v0.3-blob-rekor-v1", "spec.signature.publicKey.content"),
            ("v0.3-blob-rekor-v2", "spec.hashedRekordV002.data.digest"),
            ("v0.3-blob-rekor-v2", "spec.hashedRekordV002.data.algorithm"),
            ("v0.3-blob-rekor-v2", "spec.hashedRekordV002.signature.verifier.keyDetails"),
            ("v0.3-blob-rekor-v2", "spec.hashedRekordV002.signature.verifier.x509Certificate"),
            ("v0.3-dsse-rekor-v1", "spec.payloadHash"),
            ("v0.3-dsse-rekor-v1", "spec.signatures.0.verifier"),
            ("intoto-rekor-v1", "spec.content.payloadHash.algorithm"),
            ("intoto-rekor-v1", "spec.content.envelope.signatures.0.sig"),
        ])
    func members(name: String, path: String) throws {
        let (document, entry) = try body(name)

        for value in [nil, "?", .bool(true)] as [JSONValue?] {
            #expect(throws: LogError.self) { try read(document.setting(path, value), entry.kind) }
        }
    }

    @Test("an intoto entry's signature is base64 twice")
    func twice() throws {
        let (document, entry) = try body("intoto-rekor-v1")
        let path = "spec.content.envelope.signatures.0.sig"
        let once = try #require([UInt8](base64: document.asString(path)))

        #expect(throws: LogError.self) {
            try read(
                document.setting(path, .string(String(decoding: once, as: UTF8.self))), entry.kind)
        }
    }

    @Test("a verifier is one PEM block of a certificate or a key")
    func verifier() throws {
        let pem = String(decoding: try TestVector.read("release-key.pem"), as: UTF8.self)

        #expect(throws: Never.self) { try EntryVerifier(pem: Array(pem.utf8)) }
        for text in ["", pem + pem, PEMBlock(label: "PRIVATE KEY", bytes: [1]).text] {
            #expect(throws: LogError.self) { try EntryVerifier(pem: Array(text.utf8)) }
        }
    }

    @Test("a promise holds for the very body, time, log and index that it was made for")
    func promise() throws {
        let log = try #require(
            try TrustedRoot(json: Documents.trustedRoot().text()).logs
                .first { $0.key.kind != .ed25519 })
        let bundle = try Documents.bundle()
        func hasPromise(_ path: String, _ value: JSONValue?) throws -> Bool {
            let changed = bundle.setting("\(Self.place).\(path)", value)
            return try #require(try Bundle(json: changed.text()).entries.first)
                .hasValidPromise(of: log)
        }

        #expect(try hasPromise("new", nil))
        #expect(try !hasPromise("integratedTime", 1))
        #expect(try !hasPromise("logIndex", 1))
        #expect(try !hasPromise("logId.keyId", "AQID"))
        #expect(try !hasPromise("canonicalizedBody", "AQID"))
        #expect(try !hasPromise("inclusionPromise", nil))
    }
}
