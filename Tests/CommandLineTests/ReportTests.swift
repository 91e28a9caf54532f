import Foundation
import Testing

@Suite("Report")
struct ReportTests {
    private struct Report: Decodable {
        struct Attempt: Decodable {
            let number: Int
            let started: String
            let duration: Double
            let outcome: String
            let exitCode: Int?
            let signal: String?
            let verdict: String
            let reason: String
            let delayAfter: Double?
        }

        let version: Int
        let command: String
        let exitCode: Int?
        let signal: String?
        let result: String
        let started: String
        let duration: Double
        let deadline: Double?
        let worstCase: Double?
        let attempts: [Attempt]
    }

    private func report(_ command: String) throws -> Report {
        let run = try WrapperProcess.bash("$R -q -R report \(command) >/dev/null 2>&1; cat report")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Report.self, from: Data(run.output.utf8))
    }

    @Test("a success after a retry")
    func recovered() throws {
        let report = try report(
            "-d 50ms -T 9s -t 2s -k 1s sh -c 'exit $((RETRY_RUN_ATTEMPT < 2))' key")

        #expect(report.version == 1)
        #expect(report.command == "sh")
        #expect(report.exitCode == 0)
        #expect(report.signal == nil)
        #expect(report.result == "succeeded")
        #expect(report.deadline == 9)
        // 3 × (2 s + 1 s) + 2 × 50 ms is above the deadline; the last grace begins inside it.
        #expect(try #require(report.worstCase) >= 9)
        #expect(report.duration > 0.05)
        #expect(report.duration < 2)
        try #require(report.attempts.count == 2)
        #expect(report.attempts.map(\.number) == [1, 2])
        #expect(report.attempts.map(\.outcome) == ["exited", "exited"])
        #expect(report.attempts.map(\.exitCode) == [1, 0])
        #expect(report.attempts.map(\.signal) == [nil, nil])
        #expect(report.attempts.map(\.verdict) == ["retry", "success"])
        #expect(report.attempts[0].reason == "exit status 1")
        #expect(report.attempts.map(\.delayAfter) == [0.05, nil])
    }

    @Test("times are RFC 3339 in UTC")
    func times() throws {
        let report = try report("true")
        let pattern = #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/#

        #expect(report.started.wholeMatch(of: pattern) != nil)
        #expect(report.attempts.first?.started.wholeMatch(of: pattern) != nil)
    }

    @Test("a timeout, and a deadline")
    func timeLimits() throws {
        let timeout = try report("-a 1 -t 200ms sleep 60")
        let deadline = try report("-a 2 -d 0 -T 200ms sleep 60")

        #expect(timeout.result == "timeout")
        #expect(timeout.exitCode == 124)
        #expect(timeout.attempts.map(\.outcome) == ["timeout"])
        #expect(timeout.attempts.map(\.signal) == ["SIGTERM"])
        #expect(timeout.deadline == nil)
        #expect(deadline.result == "deadline")
        #expect(deadline.exitCode == 124)
        #expect(deadline.attempts.map(\.outcome) == ["deadline"])
    }

    @Test("a deadline that passes in --before-retry")
    func deadlineInHook() throws {
        let report = try report(
            "-a 2 -d 0 -T 500ms --give-up-code 75 --before-retry 'sleep 5' sh -c 'exit 3'")

        #expect(report.result == "deadline")
        #expect(report.exitCode == 75)
        #expect(report.attempts.map(\.outcome) == ["exited"])
    }

    @Test("a death by signal")
    func signalled() throws {
        let report = try report("-a 1 sh -c 'kill -SEGV $$'")

        #expect(report.result == "failed")
        #expect(report.exitCode == nil)
        #expect(report.signal == "SIGSEGV")
        #expect(report.attempts.map(\.outcome) == ["signalled"])
        #expect(report.attempts.map(\.signal) == ["SIGSEGV"])
        #expect(report.attempts.map(\.exitCode) == [nil])
    }

    @Test("a failure that a stop rule ends")
    func stopRule() throws {
        let report = try report("--stop-on 4 sh -c 'exit 4'")

        #expect(report.result == "failed")
        #expect(report.exitCode == 4)
        #expect(report.attempts.map(\.verdict) == ["stop"])
    }

    @Test("a command that was not started")
    func notStarted() throws {
        let report = try report("/no/such/program")

        #expect(report.command == "program")
        #expect(report.result == "not-started")
        #expect(report.exitCode == 127)
        #expect(report.attempts.map(\.outcome) == ["not-started"])
        #expect(report.attempts.map(\.verdict) == ["stop"])
    }

    @Test("--fail-on-flaky: a success with the code that was asked for")
    func flaky() throws {
        let report = try report("-d 0 --fail-on-flaky 9 sh -c 'exit $((RETRY_RUN_ATTEMPT < 2))'")

        #expect(report.result == "succeeded")
        #expect(report.exitCode == 9)
    }
}
