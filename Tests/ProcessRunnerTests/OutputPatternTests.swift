import Testing

@testable import ProcessRunner

@Suite("Output patterns")
struct OutputPatternTests {
    private func matches(_ pattern: String, _ text: [UInt8]) throws -> Bool {
        let compiled = try OutputPattern(pattern)
        return text.withUnsafeBytes { compiled.matches($0) }
    }

    @Test(
        "a pattern is looked for anywhere in a line",
        arguments: [
            ("deadline", "context deadline exceeded", true),
            (#"HTTP 5\d\d"#, "got HTTP 503\n", true),
            (#"HTTP 5\d\d"#, "got HTTP 404\n", false),
            (#"[\d.]+ s"#, "took 1.5 s", true),
            ("^Error", "warning\nError: x\n", true),
            ("^Error", "an Error", false),
            ("exceeded$", "deadline exceeded\nmore", true),
            ("a.b", "a\nb", false),
            ("(?i)time[d]? ?out", "Timeout", true),
            ("(?:ab)+c", "xababc", true),
            ("a+?b", "aaab", true),
            ("a|b", "xxb", true),
            (#"a\?b"#, "a?b", true),
            ("[]x]", "]", true),
            ("[^]x]y", "xy", false),
            ("[[:digit:]]x", "5x", true),
            (#"\D5"#, "a5", true),
            (#"\D5"#, "55", false),
            (#"\bEOF\b"#, "unexpected EOF", true),
            ("", "", true),
        ])
    func search(pattern: String, text: String, expected: Bool) throws {
        #expect(try matches(pattern, Array(text.utf8)) == expected)
    }

    @Test("bytes that are no text neither match by accident nor end the search")
    func bytes() throws {
        #expect(try matches("end", [0, 0xFF, 0xFE, 0] + Array("end".utf8)))
        #expect(try matches("a.b", [0x61, 0xFF, 0x62]))
        #expect(try matches("é", Array("café".utf8)))
    }

    @Test(
        "what the C library would misread is refused",
        arguments: ["(?=x)", "(?!x)", "(?<n>x)", #"(a)\1"#, "(a", "[a", "a{2", #"a\"#, #"[\D]"#])
    func refused(pattern: String) {
        #expect(throws: OutputPattern.InvalidPattern.self) { try OutputPattern(pattern) }
    }

    @Test("a long line is searched in one pass, not once for each of its bytes")
    func longLine() throws {
        let line = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
        #expect(try !matches("a.*b", line))
    }
}
