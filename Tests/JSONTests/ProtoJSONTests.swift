import Testing

@testable import JSON

@Suite("JSON in the form of protocol buffers")
struct ProtoJSONTests {
    private func read(_ text: String) throws -> JSONNode {
        try JSONNode(parsingProto: Array(text.utf8))
    }

    @Test("a name has two spellings, on every level")
    func names() throws {
        let node = try read(
            #"{"signing_config":{"rekor_tlog_urls":[{"major_api_version":"2"}]},"x509_certificate_chain":{}}"#
        )
        let service = try node.required("signingConfig").list("rekorTlogUrls", limit: 1)[0]

        #expect(try service.count("majorApiVersion") == 2)
        #expect(try node.required("x509CertificateChain").isObject)
        #expect(try read(#"{"signingConfig":{}}"#).required("signingConfig").isObject)
        #expect(
            try read(#"{"SigningConfig":{},"signing-config":{}}"#).optional("signingConfig") == nil)
        let plain = try JSONNode(parsing: Array(#"{"signing_config":{}}"#.utf8))
        #expect(try plain.optional("signingConfig") == nil)
    }

    @Test("a member in both spellings is a duplicate")
    func bothSpellings() throws {
        let node = try read(#"{"signing_config":{},"signingConfig":{}}"#)

        #expect(
            throws: JSONError.doubled(
                member: "signingConfig", at: JSONPosition(line: 1, column: 22))
        ) { try node.optional("signingConfig") }
    }

    @Test(
        "base64 is read in both alphabets, with padding or without, in lines or not",
        arguments: [
            ("", []), ("AA==", [0]), ("AA", [0]), ("AAE=", [0, 1]), ("AAE", [0, 1]),
            ("+/+/", [0xFB, 0xFF, 0xBF]), ("-_-_", [0xFB, 0xFF, 0xBF]), ("-_8=", [0xFB, 0xFF]),
            (#"AA\nEC\r\n"#, [0, 1, 2]), (#"A\nA=\n=\n"#, [0]),
            (#"+\/+\u002f"#, [0xFB, 0xFF, 0xBF]),
        ] as [(String, [UInt8])])
    func base64(text: String, bytes: [UInt8]) throws {
        #expect(try read(#"{"a":"\#(text)"}"#).bytes("a") == bytes)
    }

    @Test(
        "what is no base64 is refused",
        arguments: [
            "A", "A=", "AA=", "AA===", "AAE==", "AAEC=", "=", "AA==AA==", "A A=", "AB==", "AAF=",
            "+_8=", "é", "AA=A", #"A\t="#,
        ])
    func noBase64(text: String) throws {
        let node = try read(#"{"a":"\#(text)"}"#)

        #expect(throws: JSONError.unexpected(path: "a", expected: "base64")) { try node.bytes("a") }
    }

    @Test("64-bit numbers are text or number, in their one spelling")
    func counts() throws {
        for text in ["5", #""5""#] { #expect(try read(#"{"a":\#(text)}"#).count("a") == 5) }
        for text in ["9223372036854775807", #""9223372036854775807""#] {
            #expect(try read(#"{"a":\#(text)}"#).count("a") == .max)
        }
        for text in [
            #""+5""#, #""05""#, #"" 5""#, #""""#, "-1", #""-1""#, "5.0", "5e0", "true", "[]",
            "9223372036854775808", #""9223372036854775808""#, #""٣""#, #""0x5""#, #""5.0""#,
        ] {
            #expect(throws: JSONError.self, "\(text)") { try read(#"{"a":\#(text)}"#).count("a") }
        }
    }

    @Test("null is absent, and what is absent has its default")
    func defaults() throws {
        for text in ["{}", #"{"a":null}"#] {
            let node = try read(text)

            #expect(try node.count("a") == 0)
            #expect(try node.bytes("a") == [])
            #expect(try node.text("a") == "")
            #expect(try node.list("a", limit: 0).isEmpty)
            #expect(try node.choice("a", ["A": (1, true)]) == nil)
            #expect(throws: JSONError.missing(member: "a", of: "")) { try node.requiredBytes("a") }
        }
    }

    @Test("an enum is a name or a number")
    func enums() throws {
        for (text, value) in [("1", "x"), (#""A""#, "x"), ("0", nil), (#""B_UNSPECIFIED""#, nil)] {
            #expect(try read(#"{"a":\#(text)}"#).choice("a", ["A": (1, "x")]) == value)
        }
        for text in ["2", #""a""#, #""1""#, "1.5", "[]"] {
            #expect(throws: JSONError.self, "\(text)") {
                try read(#"{"a":\#(text)}"#).choice("a", ["A": (1, "x")])
            }
        }
    }
}
