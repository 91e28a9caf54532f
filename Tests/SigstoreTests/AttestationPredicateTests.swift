import FoundationEssentials
import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Predicates")
struct AttestationPredicateTests {
    private let time = Date(timeIntervalSince1970: 1_767_225_600.7)
    private let digest = Digest(of: Array("an artifact".utf8))

    private func statement(_ content: String, _ type: String) throws -> (String, JSONValue) {
        let text = try AttestationPredicate(Array(content.utf8), type: type, at: time)
            .statement(about: [.init(name: "app", digests: [digest])])
        return (String(decoding: text, as: UTF8.self), try JSONValue(parsing: text))
    }

    @Test("a statement is of version 1, about the subjects, of the type that the word stands for")
    func form() throws {
        for word in PredicateType.aliases where word != "custom" {
            let members = PredicateType.requiredMembers(word).map { "\"\($0)\":{}" }
            let (_, json) = try statement("{\(members.joined(separator: ","))}", word)

            #expect(try json.asString("_type") == "https://in-toto.io/Statement/v1")
            #expect(try json.asString("predicateType") == PredicateType.uri(word))
            #expect(
                json["subject"] == [
                    ["name": "app", "digest": ["sha256": .string(digest.hex)]]
                ])
        }
    }

    @Test("a JSON object goes in byte for byte, without the white space around it")
    func unchanged() throws {
        let content = "{ \"b\" : 1.50, \"a\" : 12345678901234567890,\n \"c\" : \"\\u00e9\" }"
        let (text, _) = try statement("\n \(content)\n", "https://example.com/p")

        #expect(text.hasSuffix("\"predicate\":\(content)}"))
    }

    @Test("custom is the text of the file, and the time")
    func texts() throws {
        let (_, custom) = try statement("line\n\"x\"", "custom")

        #expect(
            custom["predicate"] == ["Data": "line\n\"x\"", "Timestamp": "2026-01-01T00:00:00Z"])
    }

    @Test("spdx in its tag-value form is refused with the way out; as an object it is taken")
    func spdx() throws {
        #expect {
            try statement("SPDXVersion: 2.3\n", "spdx")
        } throws: { error in
            "\(error)".hasSuffix("convert it to JSON, and say --type spdxjson")
        }
        #expect(
            try statement("{}", "spdx").1.asString("predicateType") == "https://spdx.dev/Document")
    }

    @Test("the identifier of a run is renamed in provenance of version 1, and nowhere else")
    func renaming() throws {
        let content =
            #"{"buildDefinition":{"a": 1.50},"runDetails":{"metadata":{"invocationID":"1", "b":{}}}}"#
        let (_, renamed) = try statement(content, "slsaprovenance1")
        let (text, _) = try statement(content, "https://slsa.dev/provenance/v1")

        #expect(try renamed.asString("predicate.runDetails.metadata.invocationId") == "1")
        #expect(renamed["predicate.runDetails.metadata.invocationID"] == nil)
        #expect(renamed["predicate.runDetails.metadata.b"] == [:])
        #expect(text.contains(content))
    }

    @Test("an identifier that has both names already keeps the value of the right one")
    func renamingTwice() throws {
        let (text, _) = try statement(
            #"{"buildDefinition":{"a": 1.50},"runDetails":{"metadata":{"invocationID":"1","invocationId":"2"}}}"#,
            "slsaprovenance1")

        #expect(
            text.hasSuffix(
                #"{"buildDefinition":{"a": 1.50},"runDetails":{"metadata":{"invocationId":"2"}}}}"#)
        )
    }

    @Test(
        "what is no predicate of its type is refused",
        arguments: [
            ("{}", "word"), ("[]", "cyclonedx"), ("{", "cyclonedx"), ("{\"a\":1,}", "cyclonedx"),
            ("{}", "slsaprovenance"), ("{\"builder\":{}}", "slsaprovenance02"),
            ("{\"runDetails\":{}}", "slsaprovenance1"), ("{\"name\":\"x\"}", "link"),
            ("{\"scanner\":{}}", "vuln"), ("{\"a\":1,\"a\":1}", "cyclonedx"),
            ("{\"a\":\"\\ud800\"}", "openvex"),
        ])
    func refused(content: String, type: String) {
        #expect(throws: AttestationError.self) {
            try AttestationPredicate(Array(content.utf8), type: type, at: time)
        }
        #expect(throws: AttestationError.notText) {
            try AttestationPredicate([0xFF], type: "custom", at: time)
        }
    }
}
