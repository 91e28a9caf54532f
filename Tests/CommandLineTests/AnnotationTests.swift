import Testing

@Suite("GitHub annotations")
struct AnnotationTests {
    private let flaky = "-q -d 0 sh -c 'echo hunter2; exit $((RETRY_RUN_ATTEMPT < 2))'"

    @Test("a run that was retried gives a warning on stderr and a row in the summary")
    func retried() throws {
        let run = try WrapperProcess.bash(
            """
            export GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=$PWD/summary; echo before >summary
            $R \(flaky) >out; cat summary
            """)

        #expect(run.error.contains("::warning title=retry-run::sh succeeded on attempt 2"))
        #expect(run.output.hasPrefix("before\n"))
        #expect(run.output.contains("| sh | succeeded on attempt 2 |"))
        #expect(!run.output.contains("hunter2"))
        #expect(!run.error.contains("hunter2"))
    }

    @Test("nothing is annotated when nothing was retried")
    func notRetried() throws {
        let run = try WrapperProcess.bash(
            """
            export GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=$PWD/summary
            $R true; $R -q -a 1 false; ls
            """)

        #expect(run.output == "")
        #expect(run.error == "")
    }

    @Test("nothing is annotated elsewhere, and with --annotate none nowhere")
    func elsewhere() throws {
        let run = try WrapperProcess.bash(
            "$R \(flaky) >out; GITHUB_ACTIONS=true $R --annotate none \(flaky) >out")

        #expect(run.error == "")
    }

    @Test("--annotate github does it without the variable")
    func forced() throws {
        let run = try WrapperProcess.bash("$R --annotate github \(flaky) >out")

        #expect(run.error.hasPrefix("::warning "))
    }

    @Test("what would act in the log is escaped")
    func escapedLog() throws {
        let run = try WrapperProcess.bash(
            #"""
            name=$'a%b\n::error::x'; printf '#!/bin/sh\nexit 3' >"$name"; chmod +x "$name"
            $R --annotate github -q -a 2 -d 0 "./$name"
            """#)

        #expect(run.error.split(separator: "\n").count == 1)
        #expect(run.error.contains("a%25b"))
        #expect(!run.error.contains("\n::error"))
    }

    @Test("what would act in the summary is escaped")
    func escapedSummary() throws {
        let run = try WrapperProcess.bash(
            #"""
            export GITHUB_STEP_SUMMARY=$PWD/summary
            name='a|b<img>`*_[x](y)'; printf '#!/bin/sh\nexit 3' >"$name"; chmod +x "$name"
            $R --annotate github -q -a 2 -d 0 "./$name"; cat summary
            """#)

        #expect(run.output.contains(#"a\|b&lt;img&gt;\`\*\_\[x\](y)"#))
    }

    @Test("a summary that cannot be written is not the command's failure")
    func summaryNotWritable() throws {
        let run = try WrapperProcess.bash(
            "GITHUB_STEP_SUMMARY=/no/such/file $R --annotate github \(flaky) >out")

        #expect(run.exitCode == 0)
    }
}
