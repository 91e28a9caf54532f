import Testing

@Suite("Classification", .serialized)
struct ClassificationTests {
    @Test("--preset may be repeated: a message that any of them knows is retried")
    func repeated() throws {
        let run = try WrapperProcess.bash(
            """
            for text in 'fatal: early EOF' 'curl: (52) Empty reply from server' 'code EUSAGE' ; do
                export text; rm -f log
                $R -q -a 2 -d 0 --preset git --preset=http sh -c 'echo >>log; echo "$text" >&2; exit 1'
                wc -l <log
            done 2>/dev/null
            """)

        #expect(run.output == "2\n2\n1\n")
    }

    @Test("presets of RETRY_RUN_OPTS are added to those of the command line")
    func variable() throws {
        let run = try WrapperProcess.bash(
            """
            RETRY_RUN_OPTS='--preset git' $R -q -a 2 -d 0 --preset npm \
                sh -c 'echo >>log; echo "fatal: early EOF" >&2; exit 1' 2>/dev/null
            wc -l <log
            """)

        #expect(run.output == "2\n")
    }

    @Test("`presets` names them, and one with its rules, their messages and their sources")
    func list() throws {
        let all = try WrapperProcess.bash("$R presets")
        for name in [
            "sigstore", "registry", "github", "git", "http", "apt", "pip", "npm", "go", "cargo",
        ] {
            #expect(all.output.contains("\n\(name) ") || all.output.hasPrefix("\(name) "))
            let one = try WrapperProcess.bash("$R presets \(name)")
            #expect(one.exitCode == 0)
            #expect(one.output.contains("pattern: "))
            #expect(one.output.contains("message: "))
            #expect(one.output.contains("source:  https://"))
        }
        let unknown = try WrapperProcess.bash("$R presets nope")
        #expect(unknown.exitCode == 125)
        #expect(unknown.output == "")
        #expect(try WrapperProcess.bash("$R presets git extra").exitCode == 125)
    }

    @Test("`presets --help` prints how it is called", arguments: ["-h", "--help"])
    func presetsHelp(option: String) throws {
        let run = try WrapperProcess.bash("$R presets \(option)")

        #expect(run.exitCode == 0)
        #expect(run.output.contains("USAGE: retry-run presets [NAME]\n"))
        #expect(run.error == "")
    }

    @Test(
        "--explain names the rule that decided about each attempt",
        arguments: [
            ("", "exit 1", "any failure is retried"),
            ("--stop-on 3", "exit 3", ": --stop-on"), ("", "exit 127", "--stop-on (its default)"),
            ("--retry-on 3", "exit 3", "--retry-on"),
            ("--retry-on 3", "exit 4", "none of the retry rules applies"),
            ("--stop-if-output 'no way'", "echo no way; exit 1", "--stop-if-output 'no way'"),
            ("--retry-if-stderr again", "echo again >&2; exit 1", "--retry-if-stderr 'again'"),
            ("-t 50ms -k 1", "sleep 9", "a timeout is retryable"),
            (
                "--preset git", "echo fatal: early EOF >&2; exit 1",
                "--preset git, rule transfer-broken-off"
            ),
            (
                "--preset git", "echo 'Host key verification failed.'; exit 1",
                "rule no-permission (permanent)"
            ),
            ("", "kill -INT $$", "that signal ends a run"),
        ])
    func explain(options: String, script: String, expected: String) throws {
        let run = try WrapperProcess.bash(
            """
            cat >script <<'END'
            \(script)
            END
            $R -a 2 -d 0 --explain \(options) sh script >/dev/null
            """)
        let told = run.error.split(separator: "\n").filter {
            $0.hasPrefix("retry-run: attempt ") && $0.contains("worth another attempt: ")
        }

        #expect(told.first?.contains(expected) == true, "\(run.error)")
        #expect(run.output == "")
    }

    @Test("--explain tells of a success after a retry, and nothing of a first success")
    func explainSuccess() throws {
        let first = try WrapperProcess.bash("$R --explain true")
        #expect(first.error == "")

        let second = try WrapperProcess.bash(
            "$R -d 0 --explain sh -c 'test $RETRY_RUN_ATTEMPT = 2'")
        #expect(second.error.contains("attempt 2 succeeded: exit code 0"))
    }

    @Test("--explain quotes neither output nor arguments")
    func explainSecrets() throws {
        let run = try WrapperProcess.bash(
            """
            $R -a 2 -d 0 --explain -v --preset http sh -c 'echo "token hunter2: HTTP 503"; exit 1' hunter3 \
                >/dev/null
            """)

        #expect(run.error.contains("--preset http"))
        #expect(!run.error.contains("hunter"))
    }

    @Test(
        "--give-up-code is the code of giving up on what was worth another attempt",
        arguments: [
            ("", "exit 9", 75), ("--retry-on 9", "exit 9", 75), ("--retry-on 8", "exit 9", 9),
            ("--stop-on 9", "exit 9", 9), ("-t 50ms -k 1", "sleep 9", 75),
            ("--preset http", "echo HTTP 503; exit 9", 75),
            ("--preset http", "echo HTTP 404; exit 9", 9),
            ("", "exit 0", 0), ("-T 1s -d 5s", "exit 9", 75), ("", "exit 127", 127),
            ("", "kill -SEGV $$", 75),
        ] as [(String, String, Int32)])
    func giveUpCode(options: String, script: String, code: Int32) throws {
        for value in ["75", "tempfail"] {
            let run = try WrapperProcess.bash(
                """
                cat >script <<'END'
                \(script)
                END
                $R -q -a 2 -d 0 --give-up-code \(value) \(options) sh script >/dev/null
                """)

            #expect(run.exitCode == code)
        }
    }

    @Test("a run that was stopped keeps its own end, whatever --give-up-code says")
    func giveUpCodeStopped() throws {
        let run = try WrapperProcess.bash(
            "timeout -s TERM 0.3 $R -q -a 2 -d 9 --give-up-code 75 false; echo $?")

        #expect(run.output == "124\n")
    }

    @Test("codes that are none", arguments: ["0", "256", "-1", "later", "''"])
    func giveUpCodeUsage(value: String) throws {
        let run = try WrapperProcess.bash("$R --give-up-code \(value) true")

        #expect(run.exitCode == 125)
        #expect(run.error.contains("--give-up-code"))
    }

    @Test(
        "with held streams, replayed input and hooks it decides the same, and stdout stays the command's"
    )
    func combined() throws {
        let run = try WrapperProcess.bash(
            """
            printf 'line\\n' | $R -a 3 -I -O -E --preset http --explain --give-up-code 75 \
                --before-retry 'echo before' --on-give-up 'echo gave up' \
                sh -c 'cat; echo "retry-after: 5ms"; echo HTTP 503 >&2; exit 4'
            """)

        #expect(run.exitCode == 75)
        #expect(run.output == "line\nretry-after: 5ms\n")
        #expect(run.error.contains("next in 5 ms, as told"))
        #expect(run.error.split(separator: "\n").filter { $0 == "before" }.count == 2)
        #expect(run.error.contains("gave up\n"))
        #expect(run.error.contains("rule server-error (transient)"))
    }
}
