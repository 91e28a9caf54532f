import Testing

@Suite("Waiting as told", .serialized)
struct ToldDelayTests {
    /// The pauses that are announced.
    private func pauses(_ options: String, says text: String) throws -> [Substring] {
        let run = try WrapperProcess.bash(
            """
            cat >said <<'END'
            \(text)
            END
            $R \(options) sh -c 'cat said >&2; exit 1' 2>&1 >/dev/null | grep -v '^retry-run: giving'
            """)
        return run.output.split(separator: "\n").filter { $0.contains("; next in ") }
            .compactMap { $0.split(separator: "; ").last }
    }

    @Test(
        "the output that matches says how long, in place of the pause of the policy",
        arguments: [
            ("retry after (.*)", "please retry after 0.3 s", "next in 300 ms, as told"),
            ("retry after", "please retry after 0.3 s", "next in 300 ms, as told"),
            ("retry-after: (\\S+),", "retry-after: 12.5ms, allowed: 9", "next in 13 ms, as told"),
            ("retry-after: ([0-9.]+)", "retry-after: 0", "next in 0 s, as told"),
            ("again at (.*)", "try again at 2020-01-02T03:04:05Z", "next in 0 s, as told"),
            ("after (.*)", "retry after later", "next in 20 ms"),
            ("again at (.*)", "try again at 2026-13-45T00:00:00Z", "next in 20 ms"),
            ("nothing (.*)", "retry after 30 s", "next in 20 ms"),
        ])
    func option(pattern: String, text: String, announced: String) throws {
        let pauses = try pauses("-a 2 -d 20ms --delay-from-output '\(pattern)'", says: text)

        #expect(pauses == [Substring(announced)])
    }

    @Test("presets find it without being told where")
    func preset() throws {
        let limit = "toomanyrequests: retry-after: 985.86µs, allowed: 44000/minute"
        #expect(
            try pauses("-a 2 --preset registry", says: limit) == ["next in 1 ms, as told"])
        #expect(
            try pauses("-a 2 -d 1ms --preset github", says: "HTTP 429\nRetry-After: 0.2")
                == ["next in 200 ms, as told"])
    }

    @Test(
        "of several the last one counts, and the longer one of two streams",
        arguments: [(1, 2), (2, 1)])
    func last(longer: Int, shorter: Int) throws {
        let run = try WrapperProcess.bash(
            """
            $R -a 2 --delay-from-output 'wait (.*)' sh -c \
                'echo wait 90s >&\(shorter); echo wait 10ms >&\(shorter); echo wait 40ms >&\(longer); exit 1'
            """)

        #expect(run.error.contains("next in 40 ms, as told"))
    }

    @Test("--max-delay is its bound, without the option a minute")
    func bound() throws {
        let pauses = try pauses(
            "-a 2 -d 1ms -m 50ms --delay-from-output 'after (.*)'", says: "retry after 10 minutes")
        #expect(pauses == ["next in 50 ms, told 10m"])

        let run = try WrapperProcess.bash(
            """
            timeout -s INT 0.5 $R -a 2 --delay-from-output 'after (.*)' \
                sh -c 'echo retry after 10 minutes; exit 1'
            """)
        #expect(
            run.error.contains("next in 60 s, told 10m") || run.error.contains("next in 1m, told"))
    }

    @Test("a pause that would not end before the deadline ends the run")
    func deadline() throws {
        let run = try WrapperProcess.bash(
            """
            $R -T 5s --delay-from-output 'after (.*)' sh -c 'echo retry after 20 s >&2; exit 7'
            """)

        #expect(run.exitCode == 7)
        #expect(run.duration < .seconds(4))
        #expect(run.error.contains("would not end before the deadline"))
    }

    @Test("a dry run counts with the longest pause that may be asked for")
    func dryRun() throws {
        let run = try WrapperProcess.bash(
            "$R -n -a 3 -t 10s -k 5s -d 1s -m 20s --delay-from-output x true")

        #expect(run.output.contains("pause that the output asks for: at most 20 s"))
        #expect(run.output.contains("worst case: 85 s"))
        #expect(
            try WrapperProcess.bash("$R -n -a 3 -t 10s -m 0 --preset git true").output
                .contains("worst case: no limit"))
    }

    @Test("the report has what was asked for beside what was waited")
    func report() throws {
        let run = try WrapperProcess.bash(
            """
            $R -q -a 2 -m 10ms -R out.json --delay-from-output 'after (.*)' sh -c 'echo after 3 s; exit 1' >/dev/null
            python3 -c 'import json
            one, two = json.load(open("out.json"))["attempts"]
            print(one["delay_after"], float(one["delay_told"]), float(two["delay_told"]))'
            """)

        #expect(run.output == "0.01 3.0 3.0\n")
    }

    @Test("a pattern that cannot be used is a usage error")
    func usage() throws {
        let run = try WrapperProcess.bash("$R --delay-from-output '\\A(' true")

        #expect(run.exitCode == 125)
        #expect(run.error.contains(#"--delay-from-output '\A(': missing ): \A("#))
    }
}
