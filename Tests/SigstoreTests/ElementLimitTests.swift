import JSON
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
            (error as? TrustError)?.reason == "'\(list)' is not at most 256 elements"
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
            (error as? TrustError)?.reason == "'\(list)' is not at most 256 elements"
        }
    }

    @Test("more than 65536 subjects are refused before one is read")
    func subjects() {
        let statement: JSONValue = [
            "_type": "https://in-toto.io/Statement/v1", "predicateType": "https://example.com/p",
            "subject": repeated([:], 65537),
        ]

        #expect(
            throws: JSONError.unexpected(path: "subject", expected: "at most 65536 elements")
        ) {
            try Statement(json: statement.text())
        }
    }
}
