import JSON
import Testing

@Suite struct JSONTests {
    @Test(
        "every kind of value is read as what it is",
        arguments: [
            ("null", JSONValue.null), ("true", .bool(true)), ("0", .integer(0)),
            ("1", .integer(1)), ("-9223372036854775808", .integer(.min)), ("0.5", .number(0.5)),
            (#""1""#, .string("1")), ("[]", .array([])), ("{}", .object([:])),
            (
                #"{"a":[null,{"b":"\u00e9"}]}"#,
                .object(["a": .array([.null, .object(["b": .string("é")])])])
            ),
        ])
    func kinds(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test(
        "a text that is not JSON is an error, whatever is wrong with it",
        arguments: [
            "", "{", "[1", "[1,]", "[1, \n]", #"{"a":1,}"#, #"{"a":"\"",}"#, "\u{FEFF}{}", "{} x",
            "01", #""\ud800""#, "nul", "\"a\nb\"",
            String(repeating: "[", count: 100_000),
        ])
    func malformed(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test("bytes that are not UTF-8 are an error")
    func notUTF8() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test("a comma before a bracket is fine within a string")
    func commas() throws {
        let text = #"{"a,]":[",}","\",]"]}"#

        #expect(
            try JSONValue(parsing: Array(text.utf8))
                == ["a,]": .array([.string(",}"), .string("\",]")])])
    }

    @Test("a text in another encoding is an error, not guessed at")
    func otherEncoding() {
        let text: [UInt8] = Array("{}".utf8).flatMap { [$0, 0] }

        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test("written text has its members in order, and slashes as they are")
    func writing() throws {
        let value = JSONValue.object(["b": .string("/"), "a": .array([.integer(1), .null])])

        #expect(String(decoding: value.text(), as: UTF8.self) == #"{"a":[1,null],"b":"/"}"#)
    }

    @Test("an error names the place of the value, not only its kind")
    func places() throws {
        let node = try JSONNode(parsing: Array(#"{"a":[{"b":1},{"b":"x"}],"n":null}"#.utf8))
        let second = try node.required("a").elements[1]

        #expect(try second.required("b").string == "x")
        #expect(throws: JSONError.unexpected(path: "a[1].b", expected: "an integer")) {
            try second.required("b").integer
        }
        #expect(throws: JSONError.missing(member: "c", of: "a[1]")) { try second.required("c") }
        #expect(try node.optional("n") == nil)
        #expect("\(JSONError.missing(member: "n", of: ""))" == "'n' is missing")
    }
}
