import Testing

@Suite("Time", .serialized)
struct TimeTests {
    @Test("by default: three attempts, pauses of 5 s and 10 s, and none after the last")
    func defaults() throws {
        let run = try WrapperProcess.bash(
            "$R sh -c 'echo >>log; exit 1'; code=$?; wc -l <log; exit $code")

        #expect(run.output == "3\n")
        #expect(run.exitCode == 1)
        #expect(run.duration > .seconds(15))
        #expect(run.duration < .seconds(16))
    }

    @Test("a pause that would end after the deadline is not started; the child's code stays")
    func uselessPause() throws {
        let run = try WrapperProcess.bash("$R -T 3s -d 10s sh -c 'exit 7'")

        #expect(run.exitCode == 7)
        #expect(run.duration < .seconds(1))
        #expect(run.error.filter { $0 == "\n" }.count == 2)
    }

    @Test("the deadline cuts an attempt before its own timeout")
    func deadlineCuts() throws {
        let run = try WrapperProcess.bash(
            """
            $R -T 3s -t 2s -d 100ms bash -c 'echo >>log; sleep $MARK'
            code=$?; wc -l <log; exit $code
            """)

        #expect(run.output == "2\n")
        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
        #expect(run.duration > .milliseconds(2900))
        #expect(run.duration < .milliseconds(3700))
    }

    @Test("a grace that begins inside the deadline may end after it, and no attempt follows")
    func graceAfterDeadline() throws {
        let run = try WrapperProcess.bash(
            """
            $R -T 500ms -k 500ms bash -c 'trap "" TERM; echo >>log; sleep $MARK; sleep $MARK'
            code=$?; wc -l <log; exit $code
            """)

        #expect(run.output == "1\n")
        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
        #expect(run.duration < .milliseconds(1700))
    }

    @Test("without a pause 1000 attempts are 1000 attempts")
    func manyAttempts() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1000 -d 0 sh -c 'echo >>log; exit 3'; code=$?; wc -l <log; exit $code")

        #expect(run.output == "1000\n")
        #expect(run.exitCode == 3)
        #expect(run.duration < .seconds(60))
    }

    @Test("the pauses of a list are taken in order and the last one repeats")
    func list() throws {
        let run = try WrapperProcess.bash("$R -a 5 -d 10ms,20ms,30ms false")
        let pauses = run.error.split(separator: "\n").compactMap { $0.split(separator: "; ").last }

        #expect(
            pauses.prefix(4) == [
                "next in 10 ms", "next in 20 ms", "next in 30 ms", "next in 30 ms",
            ])
    }

    @Test("an exponential backoff doubles up to --max-delay")
    func exponential() throws {
        let run = try WrapperProcess.bash("$R -a 5 -d 10ms -b exponential -m 35ms false")
        let pauses = run.error.split(separator: "\n").compactMap { $0.split(separator: "; ").last }

        #expect(
            pauses.prefix(4) == [
                "next in 10 ms", "next in 20 ms", "next in 35 ms", "next in 35 ms",
            ])
    }

    @Test("the same --seed gives the same jitter")
    func seed() throws {
        let command = "$R -a 4 -d 50ms -j full --seed 7 false 2>&1 | grep -o 'next.*'"
        let run = try WrapperProcess.bash(
            "a=$(\(command)); b=$(\(command)); [ \"$a\" = \"$b\" ]; echo $?")

        #expect(run.output == "0\n")
    }

    @Test("an attempt ends by --signal, and by KILL after the grace")
    func endingSignal() throws {
        let run = try WrapperProcess.bash(
            #"""
            $R -a 1 -t 1s -s USR1 -k 2s bash -c 'trap "echo usr1; exit 3" USR1; sleep $MARK & wait'
            """#)

        #expect(run.output == "usr1\n")
        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
        #expect(run.duration < .seconds(2))
    }

    @Test("a deadline that is over before the first attempt is 124, and is said")
    func deadlineAtOnce() throws {
        let run = try WrapperProcess.bash(
            """
            for limit in 1ns 1e-400; do "$R" -T $limit -R report.json -- touch started; echo $?; done
            ls; grep -o '"result":"deadline"' report.json
            """)

        #expect(run.output == "124\n124\nreport.json\n\"result\":\"deadline\"\n")
        let said = "retry-run: error: the deadline was over before the first attempt\n"
        #expect(run.error == said + said)
    }

    @Test("0 is no limit")
    func zero() throws {
        let run = try WrapperProcess.bash("$R -t 0 -T 0 sleep 0.2")

        #expect(run.exitCode == 0)
    }
}
