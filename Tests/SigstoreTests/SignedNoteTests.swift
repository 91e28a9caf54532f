import Testing

@testable import Sigstore

@Suite("Signed notes")
struct SignedNoteTests {
    private let line = "\u{2014} log.example AAECAwQFBg==\n"

    @Test("a note is a text, a blank line and signature lines")
    func parts() throws {
        let note = try SignedNote("log.example\n7\n\n" + line)

        #expect(note.text == "log.example\n7\n")
        #expect(
            note.signatures == [.init(name: "log.example", keyID: [0, 1, 2, 3], bytes: [4, 5, 6])])
    }

    @Test("the last blank line parts text and signatures")
    func lastBlankLine() throws {
        #expect(try SignedNote("a\n\nb\n\n" + line).text == "a\n\nb\n")
    }

    @Test("100 signatures are read, and not one more")
    func signatureCount() throws {
        let text = "a\n\n"

        #expect(try SignedNote(text + String(repeating: line, count: 100)).signatures.count == 100)
        #expect(throws: LogError.self) {
            try SignedNote(text + String(repeating: line, count: 101))
        }
    }

    @Test(
        "what is not a note is refused",
        arguments: [
            "", "\n", "\n\n", "a", "a\n", "a\n\n", "a\n\n\n",
            "a\n\n\u{2014} log.example AAECAwQFBg==",
            "a\n\u{2014} log.example AAECAwQFBg==\n",
            "\n\u{2014} log.example AAECAwQFBg==\n",
            "a\r\n\n\u{2014} log.example AAECAwQFBg==\n",
            "a\u{0}\n\n\u{2014} log.example AAECAwQFBg==\n",
            "a\n\n- log.example AAECAwQFBg==\n",
            "a\n\n\u{2014}log.example AAECAwQFBg==\n",
            "a\n\n\u{2014}  AAECAwQFBg==\n",
            "a\n\n\u{2014} log.example  AAECAwQFBg==\n",
            "a\n\n\u{2014} log.example AAECAwQFBg== x\n",
            "a\n\n\u{2014} log.example AAECAwQFBg\n",
            "a\n\n\u{2014} log.example AAECAw==\n",
            "a\n\n\u{2014} log.example \n",
        ])
    func malformed(note: String) {
        #expect(throws: LogError.self) { try SignedNote(note) }
    }
}
