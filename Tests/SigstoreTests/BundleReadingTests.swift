import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Reading bundles")
struct BundleReadingTests {
    private let entry = "verificationMaterial.tlogEntries.0"
    private let chain = "verificationMaterial.x509CertificateChain.certificates"

    private func read(_ document: JSONValue) throws -> Bundle { try Bundle(json: document.text()) }

    @Test(
        "the media types that were ever written are read, and no others",
        arguments: [
            ("application/vnd.dev.sigstore.bundle.v0.3+json", Bundle.Version.v03),
            ("application/vnd.dev.sigstore.bundle+json;version=0.3", .v03),
            ("application/vnd.dev.sigstore.bundle.v0.1+json", nil),
            ("application/vnd.dev.sigstore.bundle.v0.2+json", nil),
            ("application/vnd.dev.sigstore.bundle.v0.4+json", nil),
            ("application/vnd.dev.sigstore.bundle+json", nil),
            ("application/vnd.dev.sigstore.bundle+json; version=0.3", nil),
            ("application/vnd.dev.sigstore.bundle.v0.3+json ", nil),
            ("", nil),
        ])
    func mediaType(text: String, version: Bundle.Version?) throws {
        let document = try Documents.bundle().setting("mediaType", .string(text))

        guard let version else {
            #expect(throws: BundleError.mediaType(text)) { try read(document) }
            return
        }
        #expect(try read(document).version == version)
    }

    @Test(
        "bytes are base64 of either alphabet, padded or not",
        arguments: [("+/+/AQ==", true), ("-_-_AQ", true), ("+/+/AQ", true), ("+/+/AQ=", false)])
    func base64(text: String, isRead: Bool) throws {
        let document = try Documents.bundle().setting("\(entry).logId.keyId", .string(text))

        if isRead {
            #expect(try read(document).entries[0].logID == [0xFB, 0xFF, 0xBF, 0x01])
        } else {
            #expect(throws: BundleError.self) { try read(document) }
        }
    }

    @Test(
        "bytes with an illegal character name their place", arguments: ["AQ!=", "A Q=", "AQ==AQ=="])
    func brokenBase64(text: String) throws {
        let document = try Documents.bundle().setting("messageSignature.signature", .string(text))

        #expect(
            throws: BundleError.malformed(
                .unexpected(path: "messageSignature.signature", expected: "base64"))
        ) { try read(document) }
    }

    @Test(
        "a 64-bit integer is a string or a number, 0 when absent",
        arguments: [
            (JSONValue.string("7"), Int64(7)), (.integer(7), 7), (nil, 0), (.null, 0),
            (.string("9223372036854775807"), Int64.max),
        ])
    func integer(value: JSONValue?, number: Int64) throws {
        let document = try Documents.bundle().setting("\(entry).logIndex", value)

        #expect(try read(document).entries[0].index == number)
    }

    @Test(
        "an index that is negative, too large or no integer is refused",
        arguments: [
            JSONValue.string("-1"), .integer(-1), .string("9223372036854775808"), .number(1e30),
            .number(0.5), .string(""), .string("1e3"), .string(" 1"), .bool(true), [],
        ])
    func wrongInteger(value: JSONValue) throws {
        for member in ["logIndex", "integratedTime", "inclusionProof.treeSize"] {
            let document = try Documents.bundle().setting("\(entry).\(member)", value)

            #expect(throws: BundleError.self, "\(member)") { try read(document) }
        }
    }

    @Test("the digest's algorithm is a name or a number; without one there is no hint")
    func digest() throws {
        let path = "messageSignature.messageDigest.algorithm"
        let named = try Documents.bundle()
        let hint = try read(named).content

        #expect(try read(named.setting(path, .integer(1))).content == hint)
        for absent in [nil, JSONValue.integer(0), "HASH_ALGORITHM_UNSPECIFIED"] {
            #expect(
                try read(named.setting(path, absent)).content
                    == .message(signature: hint.signature, digest: nil))
        }
        for wrong in [JSONValue.integer(9), "MD5", "SHA2_512"] {
            #expect(throws: BundleError.self) { try read(named.setting(path, wrong)) }
        }
    }

    @Test("unknown members change nothing")
    func unknownMembers() throws {
        let document = try Documents.bundle()
        let more = document.setting("verificationMaterial.new", ["a": [1]]).setting("x", "y")

        #expect(try read(more) == read(document))
    }

    @Test("there is exactly one of certificate, chain and key")
    func signer() throws {
        let document = try Documents.bundle()
        let key: JSONValue = ["hint": "a"]
        let refusal = BundleError.notOne(of: ["certificate", "x509CertificateChain", "publicKey"])

        #expect(throws: refusal) {
            try read(document.setting("verificationMaterial.certificate", nil))
        }
        #expect(throws: refusal) {
            try read(document.setting("verificationMaterial.publicKey", key))
        }
        let ofKey = document.setting("verificationMaterial.certificate", nil)
            .setting("verificationMaterial.publicKey", key)
        #expect(try read(ofKey).signer == .publicKey(hint: "a"))
    }

    @Test("there is exactly one of message signature and envelope")
    func content() throws {
        let blob = try Documents.bundle()
        let envelope = try Documents.bundle("v0.3-dsse-rekor-v1")["dsseEnvelope"]
        let refusal = BundleError.notOne(of: ["messageSignature", "dsseEnvelope"])

        #expect(throws: refusal) { try read(blob.setting("messageSignature", nil)) }
        #expect(throws: refusal) { try read(blob.setting("dsseEnvelope", envelope)) }
    }

    @Test("an envelope has exactly one signature")
    func signatureCount() throws {
        let document = try Documents.bundle("v0.3-dsse-rekor-v1")
        let one = try #require(document["dsseEnvelope.signatures.0"])

        for signatures in [[], [one, one]] {
            #expect(throws: BundleError.signatureCount(signatures.count)) {
                try read(document.setting("dsseEnvelope.signatures", .array(signatures)))
            }
        }
    }

    @Test("a chain is for versions before 0.3 and has a leaf; a root in it is ignored")
    func chainRules() throws {
        let document = try Documents.bundle("v0.2-blob-rekor-v1")
        let leaf = try #require(document["\(chain).0"])
        let root = try #require(
            try Documents.trustedRoot()["certificateAuthorities.0.certChain.certificates.1"])

        #expect(throws: BundleError.emptyChain) { try read(document.setting(chain, [])) }
        let bundle = try read(document.setting(chain, [leaf, root]))
        #expect(try bundle == read(document.setting(chain, [leaf])))
        #expect(bundle.json() == document.setting(chain, [leaf]).text())
        #expect(throws: BundleError.chainInVersion03) {
            try read(document.setting("mediaType", .string(Bundle.Version.v03.mediaTypes[0])))
        }
    }

    @Test("v0.1 requires a promise, later versions a proof with a checkpoint")
    func entryRules() throws {
        let old = try Documents.bundle("v0.1-blob-rekor-v1")
        #expect(throws: BundleError.noInclusionPromise(.v01)) {
            try read(old.setting("\(entry).inclusionPromise", nil))
        }
        #expect(try read(old.setting("\(entry).inclusionProof", nil)).version == .v01)

        let new = try Documents.bundle()
        #expect(throws: BundleError.noInclusionProof(.v03)) {
            try read(new.setting("\(entry).inclusionProof", nil))
        }
        #expect(throws: BundleError.noCheckpoint(.v03)) {
            try read(new.setting("\(entry).inclusionProof.checkpoint", nil))
        }
        #expect(try read(new.setting("\(entry).inclusionPromise", nil)).version == .v03)
    }

    @Test(
        "an entry has a log, a kind, a version and a body",
        arguments: ["logId", "kindVersion", "kindVersion.kind", "canonicalizedBody"])
    func entryMembers(member: String) throws {
        let document = try Documents.bundle().setting("\(entry).\(member)", nil)

        #expect(throws: BundleError.self) { try read(document) }
    }

    @Test("32 entries and 32 timestamps are read, and not one more")
    func limits() throws {
        let document = try Documents.bundle()
        let entries = "verificationMaterial.tlogEntries"
        let first = try #require(document["\(entries).0"])
        let timestamps = (0...32).map { number -> JSONValue in
            ["signedTimestamp": .string([UInt8](repeating: UInt8(number), count: 3).base64)]
        }
        let data = "verificationMaterial.timestampVerificationData"
        func bundle(entries count: Int, timestamps number: Int) -> JSONValue {
            document.setting(entries, .array(Array(repeating: first, count: count)))
                .setting(data, ["rfc3161Timestamps": .array(Array(timestamps.prefix(number)))])
        }

        #expect(try read(bundle(entries: 32, timestamps: 32)).timestamps.count == 32)
        #expect(throws: BundleError.self) { try read(bundle(entries: 33, timestamps: 1)) }
        #expect(throws: BundleError.self) { try read(bundle(entries: 1, timestamps: 33)) }
    }

    @Test("the same timestamp twice is refused")
    func duplicateTimestamp() throws {
        let timestamp: JSONValue = ["signedTimestamp": "AQID"]
        let document = try Documents.bundle().setting(
            "verificationMaterial.timestampVerificationData",
            ["rfc3161Timestamps": [timestamp, timestamp]])

        #expect(throws: BundleError.duplicateTimestamp) { try read(document) }
    }

    @Test("a file beyond the limit is refused unread")
    func size() {
        let size = BundleLimit.size + 1

        #expect(throws: BundleError.tooLong(size)) {
            try Bundle(json: [UInt8](repeating: UInt8(ascii: " "), count: size))
        }
    }

    @Test("a text that is cut off anywhere is refused")
    func truncation() throws {
        let text = try Documents.bundle().text()

        for count in stride(from: 0, to: text.count, by: 97) {
            #expect(throws: BundleError.self) { try Bundle(json: Array(text.prefix(count))) }
        }
    }
}
