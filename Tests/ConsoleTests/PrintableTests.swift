import Console
import Testing

@Suite("What is quoted")
struct PrintableTests {
    @Test(
        "control characters cannot reach a terminal, letters of every script can",
        arguments: [
            ("a\u{1B}[2J", #"a\x1b[2J"#), ("tool\n", #"tool\x0a"#), ("é", "é"),
            ("\u{9B}", #"\x9b"#), ("", ""), ("\u{10FFE9}", #"\xe9"#), ("\u{7F}", #"\x7f"#),
            ("名前 😀", "名前 😀"),
        ])
    func controlCharacters(text: String, shown: String) {
        #expect(printable(text.utf8) == shown)
    }

    @Test(
        "what turns the direction of a text, hides in it or breaks its line is spelled out",
        arguments: [
            ("a\u{202E}b", #"a\u{202e}b"#), ("\u{2066}", #"\u{2066}"#), ("\u{200F}", #"\u{200f}"#),
            ("\u{61C}", #"\u{61c}"#), ("\u{200B}", #"\u{200b}"#), ("\u{2028}", #"\u{2028}"#),
            ("\u{E0041}", #"\u{e0041}"#), ("\u{AD}", #"\xad"#),
        ])
    func formatCharacters(text: String, shown: String) {
        #expect(printable(text.utf8) == shown)
    }

    @Test(
        "nothing that is quoted is a command to a CI system",
        arguments: [
            ("a ##[error]b", #"a \x23#[error]b"#), ("##vso[task.x]", #"\x23#vso[task.x]"#),
            ("##teamcity[x]", #"\x23#teamcity[x]"#), ("###[x]", #"#\x23#[x]"#), ("## a", "## a"),
            ("::set-env::", #"\x3a:set-env::"#), (" \t::x", #" \x09\x3a:x"#), ("a ::x", "a ::x"),
            (":x", ":x"),
        ])
    func commands(text: String, shown: String) {
        #expect(printable(text.utf8) == shown)
    }

    @Test("JSON keeps its meaning, and is as harmless")
    func json() {
        let text = Array("{\"a\":\"##[error]\u{202E}\u{9B} # é \u{E0041}\\n\"}\n".utf8)

        #expect(
            String(decoding: printableJSON(text), as: UTF8.self)
                == #"{"a":"\u0023#[error]\u202e\u009b # é \udb40\udc41\n"}"# + "\n")
        #expect(printableJSON(Array("{}\n".utf8)) == Array("{}\n".utf8))
    }
}
