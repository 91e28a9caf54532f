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

        #expect(tail.contains(try OutputPattern("^deadline$")))
    }

    @Test("what lies more than 1 MiB back is not looked at")
    func limit() throws {
        append("needle\n")
        append(filler: 1 << 20)

        #expect(!tail.contains(try OutputPattern("needle")))
    }

    @Test("a line that lost its beginning does not count", arguments: [1, 3])
    func cutLine(rounds: Int) throws {
        for _ in 0..<rounds { append(filler: 1 << 20) }
        append("x\nlast\n")

        #expect(!tail.contains(try OutputPattern("^x")))
        #expect(tail.contains(try OutputPattern("^last$")))
    }

    @Test("a single line longer than the limit is searched at its end")
    func onlyLine() throws {
        append(filler: 3 << 20)
        append("end\n")

        #expect(tail.contains(try OutputPattern("end$")))
    }
}
