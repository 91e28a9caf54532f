import OpenIDConnect
import Sigstore
import Testing

@testable import retry_run_sigstore

@Suite("What a person types")
struct TerminalInputTests {
    private func line(
        of pipe: Pipe, until deadline: ContinuousClock.Instant = soon(), cancellation: Int32? = nil
    ) throws -> LoginInput {
        try TerminalInput(pipe.path).line(until: deadline, cancellation: cancellation)
    }

    @Test("a line is read to its end, and no further")
    func line() throws {
        let pipe = Pipe("c0de\nmore\n")
        #expect(try line(of: pipe) == .text("c0de"))
        #expect(try line(of: pipe) == .text("more"))
    }

    @Test("a line that has no end yet is waited for until the deadline")
    func deadline() throws {
        #expect(try line(of: Pipe(), until: .now) == .timedOut)
        #expect(try line(of: Pipe("c0"), until: .now) == .timedOut)
    }

    @Test("a cancellation counts more than a line")
    func cancelled() throws {
        for (cancellation, expected) in [
            (Pipe("!"), LoginInput.cancelled), (Pipe(), .text("c0de")),
        ] {
            let input = try line(of: Pipe("c0de\n"), cancellation: cancellation.reading)
            #expect(input == expected)
        }
    }

    @Test("a line without an end is not read for ever")
    func endless() throws {
        let input = try line(of: Pipe(String(repeating: "x", count: 5000)))
        #expect(input == .unavailable(reason: "the line is longer than 4096 bytes"))
    }

    @Test("where there is no terminal, the reason is told")
    func noTerminal() {
        #expect(throws: TerminalInput.Unavailable.self) {
            _ = try TerminalInput("/nonexistent/tty")
        }
    }
}
