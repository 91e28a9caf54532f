import Testing

@testable import Reports

@Suite("JUnit report")
struct JUnitReportTests {
    private func count(_ element: String, in run: FinishedRun) -> Int {
        run.junit.split(separator: "<\(element) ").count - 1
    }

    @Test("a success after failures is flaky: each failure is a flakyFailure")
    func flaky() {
        #expect(count("flakyFailure", in: flakyRun) == 1)
        #expect(count("failure", in: flakyRun) == 0)
        #expect(flakyRun.junit.contains("failures=\"0\""))
    }

    @Test("a failure is the first attempt's, and those after it are reruns")
    func failed() {
        #expect(count("failure", in: failedRun) == 1)
        #expect(count("rerunFailure", in: failedRun) == 2)
        #expect(failedRun.junit.contains("failures=\"1\" errors=\"0\""))
    }

    @Test("a success that --fail-on-flaky turned red is a failure with its flaky attempts")
    func failOnFlaky() {
        var run = flakyRun
        run.exit = .code(75)

        #expect(count("failure", in: run) == 1)
        #expect(count("flakyFailure", in: run) == 1)
        #expect(run.junit.contains("exit status 75 because of --fail-on-flaky"))
    }

    @Test("what could not be started and what was cancelled is an error")
    func errors() {
        let missing = run(
            [attempt(1, .stop, code: 127, outcome: .notStarted)], .notStarted, exit: .code(127))
        let cancelled = run(
            [attempt(1, .retry)], .cancelled, exit: .signal("SIGTERM", number: 15))

        #expect(count("error", in: missing) == 1)
        #expect(count("error", in: cancelled) == 1)
        #expect(count("rerunFailure", in: cancelled) == 1)
        #expect(cancelled.junit.contains("killed by SIGTERM"))
    }

    @Test("elements stand in the order of the schema")
    func order() throws {
        let mixed = run(
            [
                attempt(1, .retry, outcome: .notStarted), attempt(2, .retry),
                attempt(3, .retry, outcome: .notStarted), attempt(4, .stop),
            ], .failed, exit: .code(1))
        let places = try ["<rerunFailure ", "<error ", "<rerunError "].map {
            try #require(mixed.junit.firstRange(of: $0)?.lowerBound)
        }

        #expect(places == places.sorted())
    }

    @Test("times have three places")
    func times() {
        #expect(flakyRun.junit.contains("time=\"3.000\""))
    }

    @Test("thousands of attempts make no endless report")
    func bounded() {
        let many = (1...5000).map { attempt($0, .retry) }

        #expect(run(many, .failed, exit: .code(1)).junit.utf8.count < 200_000)
    }

    @Test("nothing of a name or a reason acts in the file, and characters XML has not are gone")
    func escaped() {
        let run = run(
            [attempt(1, .stop, reason: "a<b>&\"'\u{0}\u{1B}\u{FFFF}\n]]>")], .failed,
            exit: .code(1), command: "\"><x/>")

        #expect(!run.junit.contains("<x/>"))
        #expect(run.junit.contains("name=\"&quot;&gt;&lt;x/&gt;\""))
        #expect(run.junit.unicodeScalars.allSatisfy { $0 == "\n" || $0 >= " " && $0 != "\u{FFFF}" })
    }
}
