import RetryEngine
import Testing

@testable import retry_run

@Suite("The dry run")
struct DryRunTests {
    private func lines(_ options: String) throws -> [Substring] {
        try DryRun(RunSettings(options)).text.split(separator: "\n")
    }

    private func lines(_ options: String, beginning start: String) throws -> [Substring] {
        try lines(options).filter { $0.hasPrefix(start) }
    }

    @Test(
        "the worst case is attempts × (timeout + grace) + pauses, and no more than deadline + grace",
        arguments: [
            ("-t 30s -d 1s,5s", .seconds(3 * 35 + 6)),
            ("-t 30s -d 1s,5s -T 2m", .seconds(111)), ("-t 30s -d 1s,5s -T 1m", .seconds(65)),
            ("-T 1m -k 2s", .seconds(62)), ("--forever -t 1s -d 0 -T 10s -k 1s", .seconds(11)),
            ("-a 1 -t 10s -d 1h -k 1s", .seconds(11)), ("-a 5 -t 10s", .seconds(5 * 15 + 35)),
            ("-t 1s -k 1s -d 2s -j full", .seconds(3 * 2 + 2 * 2)),
            ("-t 1s -k 1s -d 2s -j 500ms", .seconds(3 * 2 + 2 * 2.5)),
            ("-t 1s -k 1s -d 2s -b exponential -m 3s", .seconds(3 * 2 + 2 + 3)),
            ("-t 1s -k 1s -d 2s -b linear -m 0", .seconds(3 * 2 + 2 + 4)),
            ("", nil), ("-a 1", nil), ("--forever -t 1s", nil), ("-t 0 -T 0", nil),
            // What is never killed may ignore every limit.
            ("-a 1 -t 1s -k 0", nil), ("-T 1m -k 0", nil),
        ] as [(String, Duration?)])
    func worstCase(options: String, expected: Duration?) throws {
        #expect(try DryRun(RunSettings(options)).worstCase == expected)
    }

    @Test(
        "where the output may ask for pauses, each one counts as the longer of both",
        arguments: [
            ("--preset git -d 1s", .seconds(3 * 2 + 2 * 60)),
            ("--preset git -d 90s", .seconds(3 * 2 + 2 * 90)),
            ("--delay-from-output x -d 1s -m 5s", .seconds(3 * 2 + 2 * 5)),
            ("--preset git -d 30s,1s -m 20s", .seconds(3 * 2 + 2 * 20)),
            ("--preset git -d 1s -m 0", nil), ("--preset git -d 1s -m 0 -T 1m", .seconds(61)),
            ("--preset git -a 1 -m 0", .seconds(2)),
        ] as [(String, Duration?)])
    func worstCaseWhenTold(options: String, expected: Duration?) throws {
        #expect(try DryRun(RunSettings("-t 1s -k 1s \(options)")).worstCase == expected)
    }

    @Test("pauses are said to go on like the last one where they do")
    func further() throws {
        for (options, isSame) in [
            ("-d 1s", true), ("-d 1s -b linear", false), ("-d 1s -b linear -m 5s", true),
            ("-d 10ms -b exponential", false), ("-d 1,2,3", true),
        ] {
            let last = try lines("-a 13 \(options)", beginning: "pauses go on like the last")
            let others = try lines("-a 13 \(options)", beginning: "later pauses are others")
            #expect((last.count, others.count) == (isSame ? (1, 0) : (0, 1)), "\(options)")
        }
    }

    @Test("each fact has its line, in one order, and a limit that is not there has none")
    func facts() throws {
        #expect(
            try lines("-a 2 -t 1m30s -T 5m -d 2s --preset git -m 10s") == [
                "attempts: 2", "timeout: 90 s", "deadline: 300 s", "pause after attempt 1: 2 s",
                "pause that the output asks for: at most 10 s, instead of these",
                "worst case: 200 s",
            ])
        #expect(
            try lines("--forever -d 0,1s").filter { !$0.hasPrefix("pause") } == [
                "attempts: no limit", "timeout: none", "deadline: none", "worst case: no limit",
            ])
    }

    @Test(
        "ten pauses are shown, and where there are more it is said",
        arguments: [
            ("-a 2", 1, false), ("-a 11", 10, false), ("-a 12", 10, true), ("--forever", 10, true),
        ])
    func manyPauses(attempts: String, shown: Int, goOn: Bool) throws {
        let lines = try lines("\(attempts) -d 3s")

        #expect(lines.filter { $0.hasPrefix("pause after attempt ") }.count == shown)
        #expect(lines.contains("pause after attempt \(shown): 3 s"))
        #expect(lines.contains("pauses go on like the last") == goOn)
    }

    @Test("one attempt has no pause, nor one that its output could ask for")
    func oneAttempt() throws {
        #expect(try lines("-a 1 --preset git", beginning: "pause") == [])
    }

    @Test(
        "a pause is shown at its longest, with jitter as one that it does not exceed",
        arguments: [
            ("-j none", "4 s"), ("-j full", "at most 4 s"), ("-j equal", "at most 4 s"),
            ("-j 1500ms", "at most 5.5 s"), ("-j decorrelated -m 10s", "at most 10 s"),
            ("-j full -m 3s", "at most 3 s"), ("-m 3s", "3 s"), ("-d 0", "0 s"),
            ("-d inf -j full", "no limit"),
        ])
    func pause(options: String, expected: String) throws {
        #expect(
            try lines("-a 2 -d 4s \(options)", beginning: "pause")
                == ["pause after attempt 1: \(expected)"])
    }

    @Test(
        "seconds are shown to the millisecond, and what is there never as none",
        arguments: [
            ("1ns", "0.001 s"), ("1500us", "0.002 s"), ("1.0004s", "1 s"), ("2.5s", "2.5 s"),
            ("1w", "604800 s"),
        ])
    func rounding(text: String, shown: String) throws {
        #expect(try lines("-t \(text)", beginning: "timeout") == ["timeout: \(shown)"])
    }

    @Test(
        "the pause that the output may ask for is shown with its bound",
        arguments: [("", "at most 60 s"), ("-m 2s", "at most 2 s"), ("-m 0", "any length")])
    func toldPause(options: String, bound: String) throws {
        #expect(
            try lines("--preset git \(options)", beginning: "pause that")
                == ["pause that the output asks for: \(bound), instead of these"])
    }

    @Test(
        "attempts that do not fit into the deadline are noted, and what cannot be reckoned is not",
        arguments: [
            ("-a 2 -t 10s -k 5s -d 1s -T 30s", ["need 31 s, more than the deadline of 30 s"]),
            ("-a 2 -t 10s -k 5s -d 1s -T 31s", []), ("-a 2 -t 10s -k 5s -d 1s", []),
            (
                "-a 2 -t 1s -k 1s -d 1s --preset git -T 1m",
                ["need 64 s, more than the deadline of 60 s"]
            ),
            ("-a 2 -d 1h -T 1m", []), ("--forever -t 1s -T 1s", []),
        ])
    func conflict(options: String, expected: [String]) throws {
        let notes = try lines(options, beginning: "note: ").compactMap { note in
            note.firstRange(of: "need ").map { String(note[$0.lowerBound...]) }
        }

        #expect(notes == expected)
    }
}
