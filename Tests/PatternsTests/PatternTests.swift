import Patterns
import Testing

@Suite("Patterns")
struct PatternTests {
    private func lines(_ pattern: String, _ text: String) throws -> Bool {
        try Pattern(pattern, for: .lines).matches(text)
    }

    @Test(
        "a pattern of lines finds a match in any line, and never across two",
        arguments: [
            ("^b$", "a\nb\nc", true), ("a\\sb", "a\nb", false), ("a[^x]b", "a\nb", false),
            ("\\Ab\\z", "a\nb\nc", true), ("\\Qa.b\\E", "axb", false), ("\\Qa.b", "a.b", true),
            ("\\\\A", "\\A", true), ("b\\r$", "a\nb\r\nc", true),
            ("\\x1b\\[31m", "\u{1b}[31mred", true),
            ("(?i)ERROR", "an error", true), ("a{2,3}?", "aa", true), ("\\bfoo\\b", "a foo.", true),
            ("[[:space:]]x", "a x", true), ("[\\d\\-]+z", "1-2z", true),
        ])
    func matchesLines(pattern: String, text: String, expected: Bool) throws {
        #expect(try lines(pattern, text) == expected)
    }

    @Test("a pattern of lines takes any bytes, NUL and invalid UTF-8 included")
    func matchesBytes() throws {
        let bytes: [UInt8] = [0xff, 0x00, 0xc3, 0x28, 0x41]
        #expect(try bytes.withUnsafeBytes { try Pattern("^.....$", for: .lines).matches($0) })
        #expect(try bytes.withUnsafeBytes { try Pattern("\\x00..A", for: .lines).matches($0) })
    }

    @Test(
        "a pattern of a text has Go's meaning: ASCII classes, ends of the text, Unicode scalars",
        arguments: [
            ("^\\w+$", "é", false), ("^.$", "é", true), ("^a$", "a\nb", false), ("\\d", "٣", false),
            ("^$", "", true), (".*", "", true), ("(?s)^a.b$", "a\nb", true),
        ])
    func matchesText(pattern: String, text: String, expected: Bool) throws {
        #expect(try Pattern(pattern, for: .text).matches(text) == expected)
    }

    @Test(
        "what cannot be matched in linear time is refused with a reason",
        arguments: ["(?=a)", "(a)\\1", "(?<!a)b", "(a", "a{1001}", "[z-a]", "a\\"])
    func refuses(pattern: String) {
        for subject in [Pattern.Subject.lines, .text] {
            #expect(throws: Pattern.InvalidPattern.self) { try Pattern(pattern, for: subject) }
        }
    }

    @Test("one of several patterns is found in one pass, each with its own flags and quotes")
    func matchesAny() throws {
        let patterns = try ["(?i)abc", "\\Q(x", "^z"].map { try Pattern($0, for: .lines) }
        let any = try Pattern(anyOf: patterns, for: .lines)
        for text in ["ABC", "a(x", "y\nz"] { #expect(any.matches(text)) }
        for text in ["Z", "az", "(X"] { #expect(!any.matches(text)) }
    }

    @Test("a pattern that is exponential elsewhere takes steps in proportion to its subject")
    func isLinear() throws {
        let pattern = try Pattern("^(a|aa)+$", for: .text)
        #expect(!pattern.matches(String(repeating: "a", count: 1 << 20) + "b"))
    }
}
