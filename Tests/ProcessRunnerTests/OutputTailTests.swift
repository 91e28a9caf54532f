import Patterns
import Testing

@testable import ProcessRunner

@Suite("The tail of a stream")
struct OutputTailTests {
    private let tail = OutputTail()

    private func append(_ text: String) {
        Array(text.utf8).withUnsafeBytes { tail.append($0) }
    }

    private func append(filler count: Int) {
        [UInt8](repeating: UInt8(ascii: "x"), count: count).withUnsafeBytes { tail.append($0) }
    }

    @Test("a line that arrives in pieces matches")
    func pieces() throws {
        append("dead")
        append("line\n")

        #expect(tail.contains(try Pattern("^deadline$", for: .lines)))
    }

    @Test("what lies more than 1 MiB back is not looked at")
    func limit() throws {
        append("needle\n")
        append(filler: 1 << 20)

        #expect(!tail.contains(try Pattern("needle", for: .lines)))
    }

    @Test("a line that lost its beginning does not count", arguments: [1, 3])
    func cutLine(rounds: Int) throws {
        for _ in 0..<rounds { append(filler: 1 << 20) }
        append("x\nlast\n")

        #expect(!tail.contains(try Pattern("^x", for: .lines)))
        #expect(tail.contains(try Pattern("^last$", for: .lines)))
    }

    @Test("a single line longer than the limit is searched at its end")
    func onlyLine() throws {
        append(filler: 3 << 20)
        append("end\n")

        #expect(tail.contains(try Pattern("end$", for: .lines)))
    }

    @Test(
        "a long line is looked at in pieces that overlap, and has one beginning and one end",
        arguments: [0, 30_000, 60_000, 65_530, 100_000])
    func pieces(offset: Int) throws {
        append(filler: offset)
        append(String(repeating: "needle ", count: 1000) + "eye")
        append(filler: 200_000 - offset)

        #expect(tail.contains(try Pattern("needle eye", for: .lines)))
        #expect(!tail.contains(try Pattern("^needle", for: .lines)) || offset == 0)
        #expect(!tail.contains(try Pattern("needle$|eye$", for: .lines)))
    }

    @Test("the end of the last line begins no other one")
    func noLineAfterTheLast() throws {
        append("a\n")
        #expect(!tail.contains(try Pattern("^$", for: .lines)))
        append("\nb\n")
        #expect(tail.contains(try Pattern("^$", for: .lines)))
    }

    @Test("a stream without a byte has no line, and one line feed is an empty one")
    func noLine() throws {
        let pattern = try Pattern("^$|.*", for: .lines)
        #expect(!tail.contains(pattern))
        append("\n")
        #expect(tail.contains(pattern))
    }

    @Test("a line does not begin where more than 1 MiB of it was cut off")
    func tornLine() throws {
        append("x")
        append("y")
        append(filler: 1 << 20)
        #expect(!tail.contains(try Pattern(#"^x|\bx|^x{2}|q{200}"#, for: .lines)))
        #expect(tail.contains(try Pattern("x{99}$", for: .lines)))
    }

    @Test("nothing matches once there is no reason to go on")
    func interrupted() throws {
        append(filler: 1 << 20)
        append("needle")
        var asked = 0
        let found = tail.contains(try Pattern("needle", for: .lines)) {
            asked += 1
            return asked < 3
        }

        #expect(!found && asked == 3)
    }

    @Test("a long pattern is looked for as any, with a byte on either side of each piece")
    func longPattern() throws {
        append("ax\nneedle \(String(repeating: "b", count: 70_000))\n7 eyes\n8 eyes")

        // Each has the alternatives of a few hundred instructions that match nowhere.
        func long(_ source: String) throws -> Pattern {
            let pattern = try Pattern("q{400}|(?:\(source))", for: .lines, capturing: true)
            try #require(!pattern.isShort)
            return pattern
        }
        #expect(tail.contains(try long("^needle b")))
        #expect(!tail.contains(try long("^needle$|\\bb+$|^b")))
        #expect(tail.firstLine(matching: try long("^[0-9]")) == Array("7 eyes".utf8))
        var texts: [[UInt8]] = []
        tail.forEachMatch(of: try long("([0-9]) eyes$")) { texts.append($0) }
        #expect(texts == [Array("7".utf8), Array("8".utf8)])
    }

    @Test("a long pattern that has not matched yet is left once there is no reason to go on")
    func leftPattern() throws {
        var state: UInt32 = 1
        // Letters in no order: no two states of the automaton are the same.
        let letters = (0..<1 << 16).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(ascii: "a") + UInt8(state >> 24) % 25
        }
        letters.withUnsafeBytes { tail.append($0) }
        var asked = 0
        let found = tail.contains(try Pattern(#"(\w{1,999})(\w{1,999})z"#, for: .lines)) {
            asked += 1
            return asked < 4
        }

        #expect(!found && asked == 4)
    }

    @Test(
        "what only a terminal acts on is left out where that is asked for",
        arguments: [
            "status=\u{1B}[1m503\u{1B}[0m", "status=\u{1B}[38;5;196m5\u{1B}[K03",
            "status=\u{1B}]8;;https://a/b\u{1B}\\503", "status=\u{1B}]0;title\u{7}503",
            "status=\u{1B}(B503", "\u{1B}[31mstatus=503\u{1B}", "status=\u{1B}\u{1B}[m503",
        ])
    func escapes(text: String) throws {
        append("a\n\(text)\nb\n")
        let pattern = try Pattern("^status=503$", for: .lines)

        #expect(tail.contains(pattern, ignoringEscapes: true))
        #expect(!tail.contains(pattern))
    }
}
