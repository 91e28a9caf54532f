import Console
import Testing

@Suite("What is quoted")
struct PrintableTests {
    @Test(
        "control characters cannot reach a terminal, letters of every script can",
        arguments: [
            ("a\u{1B}[2J", #"a\x1b[2J"#), ("tool\n", #"tool\x0a"#), ("é", "é"),
            ("\u{9B}", #"\x9b"#), ("", ""),
        ])
    func controlCharacters(text: String, shown: String) {
        #expect(printable(text.utf8) == shown)
    }
}
