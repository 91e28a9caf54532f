import Testing

@Suite("What is said")
struct MessageTests {
    @Test("nothing at all when attempt 1 succeeds")
    func silent() throws {
        let run = try WrapperProcess.bash("$R true; $R -a 5 -t 9s -T 300s -O -E true")

        #expect(run.output == "")
        #expect(run.error == "")
    }

    @Test("one line per failed attempt and one on a success after a retry")
    func recovered() throws {
        let run = try WrapperProcess.bash("$R -d 10ms sh -c 'exit $((RETRY_RUN_ATTEMPT < 3))'")

        #expect(run.output == "")
        #expect(
            run.error == """
                retry-run: attempt 1 of 3 failed: exit status 1; next in 10 ms
                retry-run: attempt 2 of 3 failed: exit status 1; next in 10 ms
                retry-run: succeeded on attempt 3 of 3

                """)
    }

    @Test("one line on giving up")
    func gaveUp() throws {
        let run = try WrapperProcess.bash("$R -a 2 -d 0 sh -c 'exit 4'")
        let lines = run.error.split(separator: "\n")

        #expect(lines.count == 3)
        #expect(lines.last?.hasPrefix("retry-run: giving up after 2 attempts") == true)
    }

    @Test("a signal is named")
    func signalNamed() throws {
        let run = try WrapperProcess.bash("$R -a 2 -d 0 sh -c 'kill -ABRT $$'")

        #expect(run.error.contains("attempt 1 of 2 failed: killed by SIGABRT"))
    }

    @Test("the command's arguments are never printed, its name is")
    func secrets() throws {
        let run = try WrapperProcess.bash(
            """
            $R -v -a 2 -d 0 -R report -n sh -c 'exit 1' --token=hunter2
            GITHUB_STEP_SUMMARY=summary $R --annotate github -v -a 2 -d 0 -R report \
                sh -c 'exit 1' --token=hunter2
            $R -v ./hunter1 --token=hunter2; $R -v -a 2 -d 0 -t 100ms sh -c 'sleep 5' hunter2
            cat report summary
            """)

        #expect(!run.error.contains("hunter2"))
        #expect(!run.output.contains("hunter2"))
        #expect(run.error.contains("hunter1"))
    }

    @Test("--quiet says nothing but errors")
    func quiet() throws {
        let run = try WrapperProcess.bash("$R -q -a 2 -d 0 false; $R -q -a 0 true")

        #expect(run.error.hasPrefix("retry-run: error: "))
        #expect(run.error.filter { $0 == "\n" }.count == 1)
    }

    @Test("without a terminal there is no countdown")
    func noCountdown() throws {
        let run = try WrapperProcess.bash("$R -a 2 -d 100ms false")

        #expect(!run.error.contains("\r"))
        #expect(!run.error.contains("\u{1B}"))
    }

    @Test("a retry-run inside a retry-run warns once of N × M attempts")
    func nested() throws {
        let run = try WrapperProcess.bash("$R -a 2 -d 0 $R -a 3 -d 0 false")
        let warnings = run.error.split(separator: "\n").filter { $0.contains("warning") }

        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("2 × 3") == true)
        #expect(run.exitCode == 1)
    }
}
