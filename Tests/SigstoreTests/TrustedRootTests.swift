import FoundationEssentials
import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Trusted roots")
struct TrustedRootTests {
    private func read(_ document: JSONValue) throws -> TrustedRoot {
        try TrustedRoot(json: document.text())
    }

    @Test("the trusted roots that are built in are read whole", arguments: BuiltInTrust.allCases)
    func builtIn(trust: BuiltInTrust) throws {
        let document = try JSONValue(parsing: trust.trustedRoot)
        let root = try read(document)

        #expect(root.logs.count == document["tlogs"]?.count)
        #expect(root.certificateLogs.count == document["ctlogs"]?.count)
        #expect(root.certificateAuthorities.count == document["certificateAuthorities"]?.count)
        #expect(root.timestampAuthorities.count == document["timestampAuthorities"]?.count)
    }

    @Test("the id of a log is what the file says, a hash of the key or not")
    func logID() throws {
        let root = try read(JSONValue(parsing: BuiltInTrust.publicGood.trustedRoot))
        let keyHashes = root.logs.map { Digest(of: $0.key.subjectPublicKeyInfo).bytes }

        #expect(root.logs.map { $0.key.kind } == [.ecdsa(.p256), .ed25519])
        #expect(root.logs[0].id == keyHashes[0])
        #expect(root.logs[1].id != keyHashes[1])
    }

    @Test("a bare PKCS#1 key is read, its id over those bytes")
    func pkcs1() throws {
        let root = try read(JSONValue(parsing: BuiltInTrust.staging.trustedRoot))
        let log = try #require(root.certificateLogs.first)

        #expect(log.key.kind == .rsa(bits: 4096))
        #expect(log.scheme == .rsaPKCS1(.sha256))
    }

    @Test("versions 0.1 and 0.2 are read, no others")
    func mediaType() throws {
        let document = try Documents.trustedRoot()
        let base = "application/vnd.dev.sigstore.trustedroot"

        for type in ["+json;version=0.1", ".v0.1+json", "+json;version=0.2", ".v0.2+json"] {
            #expect(throws: Never.self) {
                try read(document.setting("mediaType", .string(base + type)))
            }
        }
        for type in ["+json;version=0.3", ".v0.3+json", "+json"] {
            #expect(throws: TrustError.self) {
                try read(document.setting("mediaType", .string(base + type)))
            }
        }
        #expect(throws: TrustError.self) { try read(document.setting("mediaType", nil)) }
    }

    @Test("the period of a key has a start", arguments: ["tlogs.0", "ctlogs.0"])
    func keyPeriod(log: String) throws {
        let document = try Documents.trustedRoot()

        for member in ["validFor", "validFor.start"] {
            #expect(throws: TrustError.self) {
                try read(document.setting("\(log).publicKey.\(member)", nil))
            }
        }
        #expect(throws: Never.self) {
            try read(document.setting("\(log).publicKey.validFor.end", nil))
        }
    }

    @Test("an authority without a period is bounded by its certificates alone")
    func authorityPeriod() throws {
        let document = try Documents.trustedRoot().setting("certificateAuthorities.0.validFor", nil)
        let authority = try #require(try read(document).certificateAuthorities.first)

        #expect(authority.period == ValidityPeriod(start: .distantPast))
    }

    @Test("what has a key of an unknown kind is left out, and the rest is read")
    func unknownKey() throws {
        let document = try Documents.trustedRoot()
        let count = try read(document).logs.count

        for details: JSONValue in ["ML_DSA_65", 21, "PKIX_ED25519_PH", 8] {
            let changed = document.setting("tlogs.0.publicKey.keyDetails", details)
            #expect(try read(changed).logs.count == count - 1)
        }
        #expect(
            try read(document.setting("tlogs.0.hashAlgorithm", "SHA3_256")).logs.count == count - 1)
    }

    @Test("a broken key or certificate makes the whole file unusable")
    func brokenKey() throws {
        let document = try Documents.trustedRoot()

        for path in [
            "tlogs.0.publicKey.rawBytes",
            "certificateAuthorities.0.certChain.certificates.0.rawBytes",
        ] {
            #expect(throws: TrustError.self) { try read(document.setting(path, "AQID")) }
            #expect(throws: TrustError.self) { try read(document.setting(path, nil)) }
        }
        #expect(throws: TrustError.self) {
            try read(document.setting("timestampAuthorities.0.certChain.certificates", []))
        }
    }

    @Test("a key that does not go with its details is refused")
    func keyOfOtherKind() throws {
        let document = try Documents.trustedRoot()
            .setting("tlogs.0.publicKey.keyDetails", "PKIX_RSA_PKCS1V15_2048_SHA256")

        #expect(throws: TrustError.self) { try read(document) }
    }

    @Test(
        "a time is RFC 3339",
        arguments: [
            ("2026-01-02T03:04:05Z", 1_767_323_045.0), ("2026-01-02T03:04:05.5Z", 1_767_323_045.5),
            ("2026-01-02T03:04:05.999999999Z", 1_767_323_045.999),
            ("2026-01-02T05:04:05+02:00", 1_767_323_045.0), ("2026-01-02", nil),
            ("2026-01-02T03:04:05", nil), ("2026-13-02T03:04:05Z", nil), ("", nil), ("now", nil),
            ("2026-01-02T03:04:05Z ", nil), ("2026-01-02T03:04:05Zulu", nil),
        ])
    func time(text: String, seconds: Double?) throws {
        let document = try Documents.trustedRoot()
            .setting("tlogs.0.publicKey.validFor.start", .string(text))

        guard let seconds else {
            #expect(throws: TrustError.self) { try read(document) }
            return
        }
        let start = try #require(try read(document).logs.first).period.start
        #expect(abs(start.timeIntervalSince1970 - seconds) < 0.002)
    }
}

extension JSONValue {
    fileprivate var count: Int? {
        guard case .array(let elements) = self else { return nil }
        return elements.count
    }
}
