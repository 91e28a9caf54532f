import JSON
import TestSupport
import Testing

@testable import Sigstore

@Suite("Limits of lists")
struct ElementLimitTests {
    private func repeated(_ value: JSONValue?, _ count: Int) -> JSONValue {
        .array(Array(repeating: value ?? .null, count: count))
    }

    @Test(
        "256 logs or authorities are read, and not one more",
        arguments: ["tlogs", "ctlogs", "certificateAuthorities", "timestampAuthorities"])
    func trustedRoot(list: String) throws {
        let document = try Documents.trustedRoot()
        let element = document["\(list).0"]

        #expect(throws: Never.self) {
            try TrustedRoot(json: document.setting(list, repeated(element, 256)).text())
        }
        #expect {
            try TrustedRoot(json: document.setting(list, repeated(element, 257)).text())
        } throws: { error in
            (error as? TrustError)?.reason == "'\(list)' is not a list of at most 256 elements"
        }
    }

    @Test(
        "256 services are read, and not one more",
        arguments: ["caUrls", "oidcUrls", "rekorTlogUrls", "tsaUrls"])
    func signingConfig(list: String) throws {
        let document = try Documents.signingConfig()
        let element = document["\(list).0"]

        #expect(throws: Never.self) {
            try SigningConfig(json: document.setting(list, repeated(element, 256)).text())
        }
        #expect {
            try SigningConfig(json: document.setting(list, repeated(element, 257)).text())
        } throws: { error in
            (error as? TrustError)?.reason == "'\(list)' is not a list of at most 256 elements"
        }
    }

    @Test("1024 subjects with 32 digests each are read, as by other verifiers, and no more")
    func subjects() {
        func read(_ subjects: Int, digests: Int) throws -> Statement {
            let members = (0..<digests).map { ("digest\($0)", JSONValue.string("00")) }
            let digest = JSONValue.object(Dictionary(uniqueKeysWithValues: members))
            let statement: JSONValue = [
                "_type": "https://in-toto.io/Statement/v1",
                "predicateType": "https://example.com/p",
                "subject": repeated(["digest": digest], subjects),
            ]
            return try Statement(json: statement.text())
        }

        #expect(throws: Never.self) { try read(1024, digests: 32) }
        #expect(
            throws: JSONError.unexpected(
                path: "subject", expected: "a list of at most 1024 elements")
        ) { try read(1025, digests: 1) }
        #expect(
            throws: JSONError.unexpected(
                path: "subject[0].digest", expected: "an object of at most 32 digests")
        ) { try read(1, digests: 33) }
    }
}
