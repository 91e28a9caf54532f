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

    @Test("written text has its members in order, and slashes as they are")
    func writing() throws {
        let value = JSONValue.object(["b": .string("/"), "a": .array([.integer(1), .null])])

        #expect(String(decoding: value.text(), as: UTF8.self) == #"{"a":[1,null],"b":"/"}"#)
    }

    @Test("numbers are written as short as they are read back, control characters escaped")
    func spelling() {
        let value: JSONValue = [
            .number(2), .number(0.1), .number(1e300), .integer(.min), .string("\"\\\n\u{1}\u{1F}é"),
        ]

        #expect(
            String(decoding: value.text(), as: UTF8.self)
                == #"[2,0.1,1e+300,-9223372036854775808,"\"\\\n\u0001\u001fé"]"#)
    }

    @Test("an indented text has a line for each value")
    func indented() {
        let value: JSONValue = ["a": [.bool(true), [:]], "b": []]

        #expect(
            String(decoding: value.text(isIndented: true), as: UTF8.self) == """
                {
                  "a": [
                    true,
                    {}
                  ],
                  "b": []
                }
                """)
    }

    @Test("a name that is no word is not repeated in errors")
    func foreignNames() throws {
        let text = Array(##"{"a\u001b[1m":[1],"b":{"\u202e":{}}}"##.utf8)
        let node = try JSONNode(parsing: text)

        #expect(try node.members[0].value.elements[0].path == "…[0]")
        #expect(try node.members[1].value.members[0].value.path == "b.…")
        let twice = JSONError.doubled(member: "a\n", at: JSONPosition(line: 2, column: 1))
        #expect("\(twice)" == "line 2, column 1: duplicate member")
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
