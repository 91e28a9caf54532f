import Testing

@testable import JSON

@Suite("What is read as JSON, and what is not")
struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONNode {
        try JSONNode(parsing: Array(text.utf8))
    }

    private func error(_ text: String) -> JSONError? {
        do {
            _ = try read(text)
            return nil
        } catch { return error as? JSONError }
    }

    @Test(
        "an error says in which line and column it is, and what is wrong there",
        arguments: [
            ("", 1, 1, "the text ends too early"), ("{", 1, 2, "the text ends too early"),
            (#"{"a":"#, 1, 6, "the text ends too early"),
            (#"["abc"#, 1, 6, "the text ends too early"),
            ("[1,]", 1, 4, "expected a value"), ("[1, \n]", 2, 1, "expected a value"),
            ("{\n  \"a\": 1,\n  \"bcd\":      nul\n}", 3, 18, "expected 'null'"),
            ("{\n  \"a\": 1,\n  \"b\": [ \"é😀\",?]}", 3, 15, "expected a value"),
            (#"{"a":1,}"#, 1, 8, "expected a name in quotes"),
            ("{a:1}", 1, 2, "expected a name in quotes"), (#"{"a" 1}"#, 1, 6, "expected ':'"),
            ("[1 2]", 1, 4, "expected ',' or ']'"), (#"{"a":1]"#, 1, 7, "expected ',' or '}'"),
            ("{} x", 1, 4, "something follows the value"),
            ("\u{FEFF}{}", 1, 1, "a byte order mark instead of a value"),
            (#"{"a":01}"#, 1, 7, "a number does not begin with 0"),
            ("[1.]", 1, 4, "expected a digit"), ("[.5]", 1, 2, "expected a value"),
            ("[+1]", 1, 2, "expected a value"), ("[-]", 1, 3, "expected a digit"),
            ("[1e]", 1, 4, "expected a digit"), ("[NaN]", 1, 2, "expected a value"),
            (#""\x""#, 1, 3, "there is no such escape"),
            (#""\u12G4""#, 1, 6, "expected four hexadecimal digits"),
            (#""a\ud800""#, 1, 3, "half of a surrogate pair"),
            (#""\ud800\u0041""#, 1, 2, "half of a surrogate pair"),
            (#""\udc00\ud800""#, 1, 2, "half of a surrogate pair"),
            ("\"a\nb\"", 1, 3, "a control character in a string"),
            ("<!DOCTYPE html>", 1, 1, "expected a value"),
            ("[1]\u{A0}", 1, 4, "something follows the value"),
        ])
    func malformed(text: String, line: Int, column: Int, reason: String) {
        #expect(
            error(text) == .malformed(reason, at: JSONPosition(line: line, column: column)))
    }

    @Test(
        "bytes that are not UTF-8 are an error",
        arguments: [
            [0xFF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0x80],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        #expect(
            throws: JSONError.malformed("this is not UTF-8", at: JSONPosition(line: 1, column: 2))
        ) {
            try JSONNode(parsing: [0x22] + bytes + [0x22])
        }
    }

    @Test("every Unicode scalar can stand in a string, as it is and escaped")
    func scalars() throws {
        let texts = [
            "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}",
            "\u{10000}", "\u{10FFFF}",
        ]
        for text in texts {
            let escaped = text.utf16.map {
                #"\u"# + String(0x10000 + Int($0), radix: 16).dropFirst()
            }

            #expect(try Array(read("\"\(text)\"").string.utf8) == Array(text.utf8))
            #expect(try Array(read("\"\(escaped.joined())\"").string.utf8) == Array(text.utf8))
        }
        #expect(try read(#""\"\\\/\b\f\n\r\t\u0000""#).string == "\"\\/\u{8}\u{C}\n\r\t\0")
    }

    @Test("a text in another encoding is an error, not guessed at")
    func otherEncoding() {
        let text: [UInt8] = Array("{}".utf8).flatMap { [$0, 0] }

        #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
    }

    @Test(
        "a member twice is refused, however it is spelled",
        arguments: [
            (#"{"a":1,"a":1}"#, 8), (#"{"a":1,"b":2,"\u0061":1}"#, 14), (#"[{"":1,"":2}]"#, 8),
            (#"{"x":[{"a":{},"b":{},"a":{}}]}"#, 22), (#"{"\u00e9":1,"é":2}"#, 13),
        ])
    func doubled(text: String, column: Int) {
        guard case .doubled(_, let position)? = error(text) else {
            Issue.record("\(text) is read")
            return
        }
        #expect(position == JSONPosition(line: 1, column: column))
    }

    @Test(
        "names are the same when their scalars are: not when they look so, or differ in case",
        arguments: [#"{"K":1,"\u212a":2}"#, #"{"é":1,"e\u0301":2}"#, #"{"a":1,"A":2}"#])
    func scalarNames(text: String) throws {
        let members = try read(text).members

        #expect(members.count == 2)
        #expect(try read(#"{"public\u212aey":1}"#).optional("publicKey") == nil)
        #expect(try read(#"{"public\u004bey":1}"#).required("publicKey").integer == 1)
    }

    @Test("64 levels are read, the 65th bracket is refused where it stands")
    func depth() {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            func nested(_ levels: Int) -> String {
                String(repeating: open, count: levels) + "0"
                    + String(repeating: close, count: levels)
            }

            #expect(error(nested(64)) == nil)
            #expect(
                error(nested(65))
                    == .beyondLimit(
                        "more than 64 levels deep",
                        at: JSONPosition(line: 1, column: 64 * open.utf8.count + 1)))
        }
    }

    @Test("numbers have 1024 characters at most, and stay below infinity")
    func numbers() throws {
        let start = JSONPosition(line: 1, column: 2)
        let long = String(repeating: "1", count: 1024)

        #expect(error("[0.\(long.dropLast(2))]") == nil)
        #expect(
            error("[0.\(long)]") == .beyondLimit("a number of more than 1024 characters", at: start)
        )
        #expect(error("[\(long)]") == .beyondLimit("a number that is too large", at: start))
        #expect(error("[1e309]") == .beyondLimit("a number that is too large", at: start))
        #expect(try read("[-1e308]").elements[0].double == -1e308)
        #expect(try read("[1e-400]").elements[0].double == 0)
        #expect(try read("-0").integer == 0)
        #expect(throws: JSONError.self) { try read("9223372036854775808").integer }
        #expect(try read("9223372036854775808").double == 9_223_372_036_854_775_808)
        #expect(throws: JSONError.self) { try read("1.0").integer }
    }

    @Test("what is not kept is checked all the same, and its bytes can be had")
    func extent() throws {
        let text = Array(#"{"a":{"b":[1,2]},"c":{"d":{"e":{}}},"f":1}"#.utf8)
        let but = try JSONNode(parsing: text, keeping: .allBut("a"))
        let levels = try JSONNode(parsing: text, keeping: .levels(2))

        #expect(try but.required("a").isObject && but.required("a").members.isEmpty)
        #expect(try but.required("a").source.elementsEqual(#"{"b":[1,2]}"#.utf8))
        #expect(try but.required("c").required("d").required("e").isObject)
        #expect(try but.required("f").integer == 1)
        #expect(try levels.required("a").required("b").elements.isEmpty)
        #expect(try levels.required("c").required("d").members.isEmpty)
        #expect(try levels.required("f").integer == 1)
        for broken in [#"{"a":{"b":1,"b":2}}"#, #"{"a":[01]}"#, #"{"a":[}"#] {
            #expect(throws: JSONError.self) {
                try JSONNode(parsing: Array(broken.utf8), keeping: .allBut("a"))
            }
        }
    }

    @Test(
        "what is there to exhaust a reader is refused as soon as it is seen",
        arguments: [
            ("", "[", 64 << 10, 65), ("", "7", 16 << 20, 1), ("[", "[],", 2 << 20, 6 << 20),
        ])
    func exhausting(start: String, repeated: String, count: Int, column: Int) {
        let text = start + String(repeating: repeated, count: count)
        guard case .beyondLimit(_, let position)? = error(text) else {
            Issue.record("it is read")
            return
        }
        #expect(position.line == 1 && position.column <= column)
    }

    @Test("100,000 members are read in time that grows as the text does")
    func manyMembers() throws {
        func duration(_ count: Int) throws -> Duration {
            let text = Array("{\((0..<count).map { "\"\($0)\":0" }.joined(separator: ","))}".utf8)
            let clock = ContinuousClock()
            let start = clock.now
            #expect(try JSONNode(parsing: text).members.count == count)
            return clock.now - start
        }

        let few = try duration(5_000)
        // Twenty times as many: quadratic would be four hundred.
        #expect(try duration(100_000) < few * 150)
    }
}
