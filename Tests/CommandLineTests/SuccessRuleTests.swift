import Testing

@Suite("Success rules")
struct SuccessRuleTests {
    @Test(
        "--success-if-output makes a failure a success, also against a stop rule",
        arguments: [
            "--success-if-output done", "--success-if-stdout done",
            "--success-if-output done --stop-if-output done --stop-on 3",
        ])
    func successIfOutput(options: String) throws {
        let run = try WrapperProcess.bash("$R \(options) sh -c 'echo done; exit 3'")

        #expect(run.exitCode == 0)
        #expect(run.output == "done\n")
    }

    @Test("--success-if-stderr does not look at stdout")
    func otherStream() throws {
        let run = try WrapperProcess.bash(
            "$R -a 1 --success-if-stderr done sh -c 'echo done; exit 3'")

        #expect(run.exitCode == 3)
    }

    @Test("--success-if: the check after a failed attempt makes the run a success")
    func successIf() throws {
        let run = try WrapperProcess.bash(
            """
            $R -d 0 --success-if 'test -e landed' \
                sh -c 'echo $RETRY_RUN_ATTEMPT; [ $RETRY_RUN_ATTEMPT = 2 ] && touch landed; exit 9'
            """)

        #expect(run.exitCode == 0)
        #expect(run.output == "1\n2\n")
    }

    @Test("--success-if is not run after a success, and what it prints goes to stderr")
    func checkOutput() throws {
        let run = try WrapperProcess.bash(
            """
            $R --success-if 'touch asked' true; ls
            $R -q -a 1 --success-if 'echo said; exit 1' sh -c 'exit 9'; echo $?
            """)

        #expect(run.output == "9\n")
        #expect(run.error == "said\n")
    }

    @Test("--success-if is asked after a timeout as well")
    func afterTimeout() throws {
        let run = try WrapperProcess.bash("$R -a 1 -t 200ms --success-if true sleep $MARK")

        #expect(run.exitCode == 0)
    }

    @Test("--success-if that hangs is cut by the deadline")
    func hangingCheck() throws {
        let run = try WrapperProcess.bash(
            "$R -T 700ms -k 300ms --success-if 'sleep $MARK' sh -c 'exit 9'")

        #expect(run.exitCode == 9)
        #expect(run.survivors == 0)
        #expect(run.duration < .seconds(2))
    }

    @Test("--fail-on-flaky turns a success after a retry red, a plain success stays green")
    func failOnFlaky() throws {
        let flaky = try WrapperProcess.bash(
            "$R -d 0 --fail-on-flaky 42 sh -c 'exit $((RETRY_RUN_ATTEMPT < 2))'")
        let plain = try WrapperProcess.bash("$R --fail-on-flaky 42 true")
        let failed = try WrapperProcess.bash("$R -a 2 -d 0 --fail-on-flaky 42 sh -c 'exit 5'")

        #expect(flaky.exitCode == 42)
        #expect(plain.exitCode == 0)
        #expect(failed.exitCode == 5)
    }
}
