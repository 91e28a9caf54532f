import JSON
import Patterns
import SigningCrypto
import Sigstore
import TestSupport
import Testing

@Suite("What a policy asks for")
struct VerificationPolicyTests {
    private let identity = TextRule.exactly("release@example.com")
    private let issuer = TextRule.exactly("https://accounts.example.com")

    private func verify(
        _ document: JSONValue, artifact: Artifact? = nil, policy: VerificationPolicy? = nil,
        trustedRoot: JSONValue? = nil
    ) throws -> Verification {
        let file = try TestVector.read("artifact.txt")
        let root = try TrustedRoot(json: (trustedRoot ?? Documents.trustedRoot()).text())
        return try Verifier(trustedRoot: root).verify(
            json: document.text(), artifact: artifact ?? Artifact(digests: [Digest(of: file)]),
            policy: policy ?? VerificationPolicy(signer: .identity(identity, issuer: issuer)))
    }

    private func keyPolicy() throws -> VerificationPolicy {
        let pem = String(decoding: try TestVector.read("release-key.pem"), as: UTF8.self)
        return VerificationPolicy(signer: .key(try PublicKey(pem: pem)))
    }

    private func className(_ body: () throws -> Verification) -> String {
        do {
            _ = try body()
            return "accepted"
        } catch {
            return (error as? VerificationFailure).map { "\($0.step) \($0.className)" }
                ?? "\(error)"
        }
    }

    @Test("what has been shown is told: who, when, and which entry")
    func verification() throws {
        let result = try verify(Documents.bundle("v0.3-blob-rekor-v1-timestamp"))

        #expect(result.identity == "release@example.com")
        #expect(result.issuer == "https://accounts.example.com")
        #expect(result.times.map(\.source) == [.timestamp, .log])
        #expect(result.entries.map(\.log) == ["https://rekor.example"])
        #expect(result.entries.first?.kind == LogEntry.Kind(name: "hashedrekord", version: "0.0.1"))
        #expect(result.entries.first?.integrated == result.times.last?.time)
    }

    @Test(
        "a pattern is found anywhere in a text, unless it says otherwise",
        arguments: [
            ("example", true), ("^release@example\\.com$", true), ("(?i)RELEASE", true),
            ("^example", false), ("release@example$", false), (".*", true), ("RELEASE", false),
        ])
    func pattern(source: String, isFound: Bool) throws {
        let rule = TextRule.matching(try Pattern(source, for: .text))

        #expect(rule.accepts("release@example.com") == isFound)
        let policy = VerificationPolicy(signer: .identity(rule, issuer: issuer))
        #expect(
            className { try verify(Documents.bundle(), policy: policy) }
                == (isFound ? "accepted" : "5 identity-mismatch"))
    }

    @Test("the end of a pattern is the end of the text, not of a line")
    func patternEnd() throws {
        let rule = TextRule.matching(try Pattern("^a@example\\.com$", for: .text))

        #expect(!rule.accepts("a@example.com\n"))
        #expect(!rule.accepts("x\na@example.com"))
    }

    @Test("a pattern has Go's meaning: classes are ASCII, and who is not named is the empty text")
    func patternMeaning() throws {
        func accepts(_ source: String, _ text: String) throws -> Bool {
            TextRule.matching(try Pattern(source, for: .text)).accepts(text)
        }

        #expect(try !accepts("^\\w+$", "\u{e9}"))
        #expect(try !accepts("\\d", "\u{663}"))
        #expect(try accepts(".*", "") && accepts("^$", "") && !accepts(".+", ""))
    }

    @Test("a pattern that is exponential elsewhere is answered at once")
    func patternTime() throws {
        let rule = TextRule.matching(try Pattern("^(a|aa)+$", for: .text))

        #expect(!rule.accepts(String(repeating: "a", count: 1 << 20) + "b"))
    }

    @Test(
        "an absent issuer is the empty text, an unreadable one nobody's",
        arguments: [
            ("issuer-absent", ".*", "accepted"), ("issuer-absent", "^$", "accepted"),
            ("issuer-absent", ".", "5 identity-mismatch"),
            ("../rejected/issuer-not-der", ".*", "5 identity-mismatch"),
            ("../rejected/issuer-not-utf8string", "^$", "5 identity-mismatch"),
        ])
    func absentIssuer(name: String, pattern: String, verdict: String) throws {
        let issuer = TextRule.matching(try Pattern(pattern, for: .text))
        let policy = VerificationPolicy(signer: .identity(identity, issuer: issuer))

        #expect(className { try verify(Documents.bundle(name), policy: policy) } == verdict)
    }

    @Test("an index that no log has signed is that of the inclusion proof, and so is its time")
    func provenIndex() throws {
        let entry = "verificationMaterial.tlogEntries.0"
        let bundle = try Documents.bundle("v0.3-blob-rekor-v1-timestamp")
        let unsigned = try verify(
            bundle.setting("\(entry).inclusionPromise", nil).setting("\(entry).logIndex", "77"))

        #expect(unsigned.entries.first?.index == bundle.number("\(entry).inclusionProof.logIndex"))
        #expect(unsigned.entries.first?.integrated == nil)
        let signed = try verify(bundle)
        #expect(signed.entries.first?.index == bundle.number("\(entry).logIndex"))
        #expect(signed.entries.first?.integrated != nil)
    }

    @Test("an entry of another index that no log has signed is the same entry")
    func sameEntryTwice() throws {
        let entries = "verificationMaterial.tlogEntries"
        let bundle = try Documents.bundle("v0.3-blob-rekor-v2")
        let entry = try #require(bundle["\(entries).0"])

        #expect(
            className {
                try verify(
                    bundle.setting(entries, .array([entry, entry.setting("logIndex", "77")])))
            } == "6 tlog-proof")
    }

    @Test("texts that are only equal in Unicode are two identities")
    func exactBytes() {
        #expect(TextRule.exactly("\u{e9}@example.com").accepts("\u{e9}@example.com"))
        #expect(!TextRule.exactly("\u{e9}@example.com").accepts("e\u{301}@example.com"))
    }

    @Test("a log entry is needed unless the policy does without")
    func logEntry() throws {
        let bundle = try Documents.bundle("v0.3-blob-rekor-v2")
            .setting("verificationMaterial.tlogEntries", [])
        var policy = VerificationPolicy(signer: .identity(identity, issuer: issuer))

        #expect(className { try verify(bundle, policy: policy) } == "6 tlog-untrusted")
        policy.requiresLogEntry = false
        #expect(className { try verify(bundle, policy: policy) } == "accepted")
    }

    @Test("a timestamp of an authority is needed where the policy says so")
    func timestamp() throws {
        var policy = VerificationPolicy(signer: .identity(identity, issuer: issuer))
        policy.requiresTimestamp = true

        #expect(
            className { try verify(Documents.bundle(), policy: policy) } == "2 no-verified-time")
        #expect(
            className {
                try verify(Documents.bundle("v0.3-blob-rekor-v1-timestamp"), policy: policy)
            } == "accepted")
    }

    @Test("a certificate timestamp is needed unless the policy does without")
    func certificateTimestamp() throws {
        let root = try Documents.trustedRoot().setting("ctlogs", [])
        var policy = VerificationPolicy(signer: .identity(identity, issuer: issuer))

        #expect(
            className { try verify(Documents.bundle(), policy: policy, trustedRoot: root) }
                == "4 sct")
        policy.requiresCertificateTimestamp = false
        #expect(
            className { try verify(Documents.bundle(), policy: policy, trustedRoot: root) }
                == "accepted")
    }

    @Test(
        "a key needs no time, so a timestamp of an unknown authority does not matter, unless asked for"
    )
    func timestampUnderKey() throws {
        let bundle = try Documents.bundle("key-blob-rekor-v2").setting(
            "verificationMaterial.timestampVerificationData",
            ["rfc3161Timestamps": [["signedTimestamp": "AQID"]]])

        #expect(
            className { try verify(Documents.bundle("key-without-time"), policy: keyPolicy()) }
                == "accepted")
        #expect(className { try verify(bundle, policy: keyPolicy()) } == "accepted")
        var policy = try keyPolicy()
        policy.requiresTimestamp = true
        #expect(className { try verify(bundle, policy: policy) } == "2 no-verified-time")
    }

    @Test("a digest in the bundle that cannot be compared is never taken as equal")
    func digestHint() throws {
        let file = try TestVector.read("artifact.txt")
        let other = Digest(of: [1], using: .sha512)
        let bundle = try Documents.bundle().setting(
            "messageSignature.messageDigest",
            ["algorithm": "SHA2_512", "digest": .string(other.bytes.base64)])
        let all = HashAlgorithm.allCases.map { Digest(of: file, using: $0) }

        for digests in [all, [Digest(of: file)]] {
            #expect(
                className { try verify(bundle, artifact: Artifact(digests: digests)) }
                    == "7 artifact-mismatch")
        }
    }

    @Test("a bundle says which digests of an artifact it takes to verify it")
    func artifactNeed() throws {
        func need(_ name: String, _ key: String? = nil) throws -> ArtifactNeed {
            let pem = try key.map { String(decoding: try TestVector.read($0), as: UTF8.self) }
            return ArtifactNeed(
                of: try Bundle(json: Documents.bundle(name).text()),
                key: try pem.map { try PublicKey(pem: $0) })
        }

        #expect(try need("v0.3-blob-rekor-v1").algorithms == [.sha256])
        #expect(try need("key-p384-sha384", "p384-key.pem").algorithms.contains(.sha384))
        #expect(try need("key-p521-sha512", "p521-key.pem").algorithms.contains(.sha512))
        #expect(try need("v0.3-dsse-rekor-v1").algorithms == [.sha256])
        #expect(try !need("key-ed25519-dsse", "ed25519-key.pem").isMessageNeeded)
        #expect(try need("key-blob-rekor-v1", "ed25519-key.pem").isMessageNeeded)
    }
}
