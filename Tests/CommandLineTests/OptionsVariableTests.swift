import Testing

@Suite("RETRY_RUN_OPTS")
struct OptionsVariableTests {
    @Test("its options apply where the command line is silent")
    func applies() throws {
        let run = try WrapperProcess.bash(
            "RETRY_RUN_OPTS='--attempts 4 -d 0' $R sh -c 'echo $RETRY_RUN_ATTEMPT; exit 1'")

        #expect(run.output == "1\n2\n3\n4\n")
    }

    @Test("the command line wins")
    func commandLineWins() throws {
        let run = try WrapperProcess.bash(
            "RETRY_RUN_OPTS='-a 9 -d 0' $R --attempts=2 sh -c 'echo $RETRY_RUN_ATTEMPT; exit 1'")

        #expect(run.output == "1\n2\n")
    }

    @Test("--attempts on the command line wins over --forever in it")
    func commandLineWinsOverForever() throws {
        let run = try WrapperProcess.bash(
            "RETRY_RUN_OPTS='--forever -d 0' $R -a 2 sh -c 'echo $RETRY_RUN_ATTEMPT; exit 1'")

        #expect(run.output == "1\n2\n")
    }

    @Test("--forever on the command line wins over --attempts in it")
    func foreverWins() throws {
        let run = try WrapperProcess.bash(
            """
            RETRY_RUN_OPTS='-a 2 -d 0' $R --forever sh -c 'exit $((RETRY_RUN_ATTEMPT < 6))'
            """)

        #expect(run.exitCode == 0)
    }

    @Test("it is split as a shell splits words, without any expansion")
    func split() throws {
        let run = try WrapperProcess.bash(
            #"""
            export RETRY_RUN_OPTS='--before-retry "echo \"a b\" '"'"'$HOME *'"'"' >>log" -d "0" -a\2'
            $R false; cat log
            """#)

        #expect(run.output == "a b $HOME *\n")
        #expect(run.error.contains("attempt 2 of 2"))
    }

    @Test(
        "125: a mistake in it names the variable, and nothing is run",
        arguments: [
            "--attempts 0", "--no-such", "--help", "-h", "-a", "--delay '1", "true", "-a 2 -- true",
        ])
    func mistakes(value: String) throws {
        let run = try WrapperProcess.bash(
            """
            export RETRY_RUN_OPTS="\(value)"; $R touch was-run; code=$?; ls; exit $code
            """)

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error.contains("RETRY_RUN_OPTS"))
        #expect(run.error.filter { $0 == "\n" }.count == 1)
    }

    @Test(
        "125: what can turn a failure into a success is refused, with the reason",
        arguments: [
            "--success-if true", "--success-if=true", "--success-if-output x",
            "--success-if-stdout x",
            "--success-if-stderr=x", "--success-if-output-stdout x", "--success-if-output-stderr x",
            "-q --success-if '' -a 2",
        ])
    func success(value: String) throws {
        let run = try WrapperProcess.bash(
            """
            export RETRY_RUN_OPTS="\(value)"; $R touch was-run; code=$?; ls; exit $code
            """)

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error.contains("RETRY_RUN_OPTS: --success-if"))
        #expect(run.error.contains("turn a failure into a success"))
    }

    @Test(
        "125: what would run nothing and exit with 0 is refused, with the reason",
        arguments: ["-n", "--dry-run", "-qn", "--version", "-a 2 -n -d 0"])
    func nothingRun(value: String) throws {
        let run = try WrapperProcess.bash("RETRY_RUN_OPTS='\(value)' $R false")

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error.contains("RETRY_RUN_OPTS: --dry-run and --version"))
        #expect(run.error.contains("would look like a success"))
    }

    @Test("a mistake on the command line is not blamed on it")
    func notBlamed() throws {
        let run = try WrapperProcess.bash("RETRY_RUN_OPTS='-a 2' $R --delay x true")

        #expect(run.exitCode == 125)
        #expect(!run.error.contains("RETRY_RUN_OPTS"))
        #expect(run.error.contains("--delay"))
    }

    @Test("empty or blank, it changes nothing", arguments: ["", "  "])
    func empty(value: String) throws {
        let run = try WrapperProcess.bash("RETRY_RUN_OPTS='\(value)' $R sh -c 'exit 0'")

        #expect(run.exitCode == 0)
        #expect(run.error == "")
    }
}
