import Testing

@Suite("Hooks")
struct HookTests {
    @Test("--before-retry runs before each further attempt and knows its number")
    func beforeRetry() throws {
        let run = try WrapperProcess.bash(
            """
            $R -q -d 0 --before-retry 'echo hook $RETRY_RUN_ATTEMPT >>log' \
                sh -c 'echo attempt $RETRY_RUN_ATTEMPT >>log; exit 1'; cat log
            """)

        #expect(run.output == "attempt 1\nhook 2\nattempt 2\nhook 3\nattempt 3\n")
    }

    @Test("--on-give-up runs once when the run has failed, not after a success")
    func onGiveUp() throws {
        let run = try WrapperProcess.bash(
            """
            $R -q -a 2 -d 0 --on-give-up 'echo gave up >>log' sh -c 'exit 6'; echo $?
            $R -q -a 2 -d 0 --on-give-up 'echo wrong >>log' true; cat log
            """)

        #expect(run.output == "6\ngave up\n")
    }

    @Test("what a hook prints does not reach stdout")
    func outputAside() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 2 -d 0 --before-retry 'echo before' --on-give-up 'echo after' sh -c 'echo x; exit 1'"
        )

        #expect(run.output == "x\nx\n")
        #expect(run.error == "before\nafter\n")
    }

    @Test("a hook that fails is a warning, and changes nothing else")
    func failing() throws {
        let run = try WrapperProcess.bash(
            "$R -d 0 -a 2 --before-retry 'exit 3' --on-give-up /no/such sh -c 'echo x; exit 8'")

        #expect(run.output == "x\nx\n")
        #expect(run.exitCode == 8)
        #expect(run.error.contains("warning: --before-retry failed: exit status 3"))
        #expect(run.error.contains("warning: --on-give-up failed"))
    }

    @Test("a hook that hangs is cut by the deadline, and no attempt follows")
    func hanging() throws {
        let run = try WrapperProcess.bash(
            """
            $R -T 800ms -k 300ms -d 0 --before-retry 'sleep $MARK' sh -c 'echo x; exit 8'
            """)

        #expect(run.output == "x\n")
        #expect(run.exitCode == 8)
        #expect(run.error.contains("the deadline has passed"))
        #expect(run.error.split(separator: "attempt 1 of 3 failed").count == 2)
        #expect(run.survivors == 0)
        #expect(run.duration < .seconds(2))
    }

    @Test("a stop request during a hook ends the run")
    func stopped() throws {
        let run = try WrapperProcess.python(
            """
            p = subprocess.Popen([R, '-d', '0', '--before-retry', 'sleep ' + MARK, 'sh', '-c',
                'echo >>log; exit 1'])
            until(marked)
            p.terminate()
            print(result(p), attempts(), marked())
            """)

        #expect(run.output == "SIGTERM 1 []\n")
        #expect(run.duration < .seconds(2))
    }
}
