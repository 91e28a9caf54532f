import Testing

@Suite("Usage errors")
struct UsageErrorTests {
    @Test(
        "125: one line names the option and the value, and nothing is run",
        arguments: [
            ("--attempts=0", "--attempts", "0"),
            ("-a x", "--attempts", "x"),
            ("--delay 5q", "--delay", "5q"),
            ("-d 1s,,2s", "--delay", "1s,,2s"),
            ("--timeout=-1", "--timeout", "-1"),
            ("-T 1e", "--deadline", "1e"),
            ("--kill-after soon", "--kill-after", "soon"),
            ("--signal TREM", "--signal", "TREM"),
            ("--backoff cubic", "--backoff", "cubic"),
            ("--backoff exponential:0.5", "--backoff", "0.5"),
            ("--jitter some", "--jitter", "some"),
            ("--seed -1", "--seed", "-1"),
            ("--retry-on 256", "--retry-on", "256"),
            ("--stop-on 9-5", "--stop-on", "9-5"),
            ("--retry-if-output '(a'", "--retry-if-output", "(a"),
            ("--preset cosign", "--preset", "cosign"),
            ("--annotate jenkins", "--annotate", "jenkins"),
            ("--fail-on-flaky 0", "--fail-on-flaky", "0"),
            ("--no-such-option", "--no-such-option", ""),
            ("-x", "-x", ""),
        ])
    func usage(options: String, option: String, value: String) throws {
        let run = try WrapperProcess.bash("$R \(options) touch was-run; code=$?; ls; exit $code")

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error.hasPrefix("retry-run: error: "))
        #expect(run.error.filter { $0 == "\n" }.count == 1)
        #expect(run.error.contains(option))
        #expect(run.error.contains(value))
    }

    @Test("125: options without a command", arguments: ["", "-a 2", "--", "-q --"])
    func noCommand(options: String) throws {
        let run = try WrapperProcess.bash("$R \(options)")

        #expect(run.exitCode == 125)
        #expect(run.error.contains("COMMAND"))
        #expect(run.error.filter { $0 == "\n" }.count == 1)
    }

    @Test("125: an option whose value is missing", arguments: ["--attempts", "-t"])
    func missingValue(option: String) throws {
        let run = try WrapperProcess.bash("$R \(option)")

        #expect(run.exitCode == 125)
        #expect(run.error.contains(option))
    }

    @Test("125: --attempts and --forever are mutually exclusive")
    func contradiction() throws {
        let run = try WrapperProcess.bash("$R --attempts 2 --forever touch was-run; ls")

        #expect(run.output == "")
        #expect(run.error.contains("--attempts"))
        #expect(run.error.contains("--forever"))
    }

    @Test("control characters in a value are not printed as they are")
    func controlCharacters() throws {
        let run = try WrapperProcess.bash(#"$R --attempts=$'1\e[2J\n2' true"#)

        #expect(run.exitCode == 125)
        #expect(!run.error.contains("\u{1B}"))
        #expect(run.error.filter { $0 == "\n" }.count == 1)
    }
}
