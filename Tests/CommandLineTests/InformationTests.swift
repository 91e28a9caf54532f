import Testing

@Suite("Help, version and dry run")
struct InformationTests {
    @Test("--version and -V print the version on stdout", arguments: ["--version", "-V"])
    func version(option: String) throws {
        let run = try WrapperProcess.bash("$R \(option)")

        #expect(run.exitCode == 0)
        #expect(run.output.hasPrefix("retry-run "))
        #expect(run.output.filter { $0 == "\n" }.count == 1)
        #expect(run.error == "")
    }

    @Test("--help and -h print every option on stdout", arguments: ["--help", "-h"])
    func help(option: String) throws {
        let run = try WrapperProcess.bash("$R \(option)")

        #expect(run.exitCode == 0)
        #expect(run.error == "")
        for name in [
            "--attempts", "--forever", "--delay", "--backoff", "--max-delay", "--jitter", "--seed",
            "--timeout", "--deadline", "--signal", "--kill-after", "--retry-on", "--stop-on",
            "--retry-if-output", "--stop-if-output", "--success-if-output", "--success-if",
            "--preset", "--before-retry", "--on-give-up", "--replay-stdin", "--hold-stdout",
            "--hold-stderr", "--report", "--dry-run", "--annotate", "--quiet", "--verbose",
            "--fail-on-flaky", "--fleet", "--outage", "RETRY_RUN_OPTS",
            "retry-run init bash|zsh|fish",
        ] {
            #expect(run.output.contains(name), "\(name)")
        }
    }

    @Test("--dry-run prints the schedule and the worst case, and runs nothing")
    func dryRun() throws {
        let run = try WrapperProcess.bash("$R -n -t 30s -k 5s touch was-run; ls")

        #expect(run.error == "")
        #expect(run.output.contains("attempts: 3"))
        #expect(run.output.contains("pause after attempt 1: 5 s"))
        #expect(run.output.contains("pause after attempt 2: 10 s"))
        // 3 × (30 s + 5 s) + 5 s + 10 s
        #expect(run.output.contains("worst case: 120 s"))
        #expect(!run.output.contains("was-run"))
    }

    @Test(
        "a time without end has no limit in the dry run",
        arguments: [
            ("-d inf", ["pause after attempt 1: no limit", "worst case: no limit"]),
            ("-d inf -j full -t 1s", ["pause after attempt 1: no limit", "worst case: no limit"]),
            ("-a 9000000000000000000 -t 1h", ["worst case: no limit"]),
            ("-d inf -t 1s -T 1m", ["need unlimited time, more than the deadline of 60 s"]),
        ])
    func endless(options: String, lines: [String]) throws {
        let run = try WrapperProcess.bash("$R -n \(options)")

        for line in lines { #expect(run.output.contains(line)) }
        #expect(!run.output.contains("9223372036"))
    }

    @Test("--dry-run needs no command and exits with 0")
    func withoutCommand() throws {
        let run = try WrapperProcess.bash("$R --dry-run --forever")

        #expect(run.exitCode == 0)
        #expect(run.output.contains("worst case: no limit"))
    }

    @Test("--dry-run and --verbose say that the attempts do not fit into the deadline")
    func conflict() throws {
        let dry = try WrapperProcess.bash("$R -n -t 30s -T 60s")
        let verbose = try WrapperProcess.bash("$R -v -t 30s -T 60s true")

        #expect(dry.output.contains("120 s"))
        #expect(verbose.error.contains("120 s"))
    }

    @Test(
        "a full stdout is an error of --help, --version and --dry-run",
        arguments: ["-h", "-V", "-n"])
    func fullOutput(option: String) throws {
        let run = try WrapperProcess.bash("$R \(option) >/dev/full")

        #expect(run.exitCode == 125)
        #expect(run.error.contains("no space left"))
    }

    @Test(
        "125 where stdout is closed, and it is said",
        arguments: ["--dry-run -- x", "--version", "--help", "init bash"])
    func closedOutput(options: String) throws {
        let run = try WrapperProcess.bash("$R \(options) >&-")

        #expect(run.exitCode == 125)
        #expect(run.error == "retry-run: error: cannot write to stdout: bad file descriptor\n")
    }
}
