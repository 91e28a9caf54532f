import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Attestations")
struct StatementTests {
    private static let sha256 = Digest(of: [1])
    private static let document: JSONValue = [
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [["name": "a", "digest": ["sha256": .string(sha256.hex)]]],
        "predicateType": "https://example.com/p", "predicate": ["x": 1],
    ]

    private func read(_ path: String, _ value: JSONValue?) throws -> Statement {
        try Statement(json: Self.document.setting(path, value).text())
    }

    @Test("a statement has subjects with digests, and a type of predicate")
    func parts() throws {
        let statement = try read("new", nil)

        #expect(statement.subjects == [.init(name: "a", digests: [Self.sha256])])
        #expect(statement.predicateType == "https://example.com/p")
    }

    @Test(
        "both versions of statements are read, no others",
        arguments: [
            ("https://in-toto.io/Statement/v1", true), ("https://in-toto.io/Statement/v0.1", true),
            ("https://in-toto.io/Statement/v2", false), ("", false),
        ])
    func type(text: String, isRead: Bool) {
        let statement = try? read("_type", .string(text))

        #expect((statement != nil) == isRead)
    }

    @Test("digests of all three lengths are read, others are left alone")
    func digests() throws {
        let (middle, long) = (Digest(of: [1], using: .sha384), Digest(of: [1], using: .sha512))
        let statement = try read(
            "subject.0.digest",
            [
                "sha512": .string(long.hex), "gitCommit": "zz", "sha1": "00",
                "sha384": .string(middle.hex),
            ])

        #expect(statement.subjects[0].digests == [middle, long])
    }

    @Test("a known digest of another form is refused")
    func brokenDigest() {
        for value: JSONValue in ["", "00", "zz", 1, .string(Self.sha256.hex + "00")] {
            #expect(throws: JSONError.self) { try read("subject.0.digest.sha256", value) }
        }
    }

    @Test("a predicate is an object, whatever is in it; it may be absent")
    func predicate() {
        for value: JSONValue? in [nil, .null, [:], ["a": [1, "b"]]] {
            #expect(throws: Never.self) { try read("predicate", value) }
        }
        for value: JSONValue in ["text", [], 1, .bool(false)] {
            #expect(throws: JSONError.unexpected(path: "predicate", expected: "an object")) {
                try read("predicate", value)
            }
        }
    }

    @Test("the type of a predicate is not the empty text")
    func emptyType() {
        #expect(throws: JSONError.self) { try read("predicateType", "") }
    }

    @Test(
        "a statement with a member twice is refused: readers disagree about which one counts",
        arguments: [
            #""_type":"https://in-toto.io/Statement/v1""#, #""subject":[]"#,
            #""predicateType":"https://example.com/p""#, #""predicate":{}"#,
            #""\u0073ubject":[]"#, #""other":{"a":1,"b":[{"a":1,"a":1}]}"#,
        ])
    func doubled(member: String) {
        let text = String(decoding: Self.document.text().dropLast(), as: UTF8.self)

        #expect {
            try Statement(json: Array("\(text),\(member)}".utf8))
        } throws: { error in
            if case .doubled? = error as? JSONError { true } else { false }
        }
    }

    @Test("a digest twice is refused, and so is what is twice within the predicate")
    func doubledWithin() {
        let text = String(decoding: Self.document.text(), as: UTF8.self)
        for (member, twice) in [
            (#""sha256":"#, #""sha256":"","sha256":"#), (#""name":"#, #""name":"b","name":"#),
            (#""x":"#, #""x":2,"x":"#),
        ] {
            #expect(throws: JSONError.self) {
                try Statement(json: Array(text.replacing(member, with: twice).utf8))
            }
        }
    }

    @Test("without a type, a subject or a type of predicate there is no statement")
    func missing() {
        for path in ["_type", "subject", "subject.0.digest", "predicateType"] {
            #expect(throws: JSONError.self, "\(path)") { try read(path, nil) }
        }
        #expect(throws: JSONError.self) { try read("subject", []) }
    }

    @Test("what is signed of an envelope is its type and its body, each with its length")
    func preAuthenticationEncoding() {
        #expect(
            Envelope.preAuthenticationEncoding(
                type: "http://example.com/HelloWorld", body: Array("hello world".utf8))
                == Array("DSSEv1 29 http://example.com/HelloWorld 11 hello world".utf8))
        #expect(
            Envelope.preAuthenticationEncoding(type: "", body: []) == Array("DSSEv1 0  0 ".utf8))
        #expect(
            Envelope.preAuthenticationEncoding(type: "\u{e9}", body: [0, 255])
                == Array("DSSEv1 2 \u{e9} 2 ".utf8) + [0, 255])
    }
}
