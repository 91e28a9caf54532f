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

    @Test("the summary has a timeline, and there is one warning with counts")
    func timeline() throws {
        let run = try WrapperProcess.bash(
            """
            export GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=$PWD/summary
            $R -q -a 12 -d 0 sh -c 'exit 3'; cat summary
            """)

        #expect(run.error.split(separator: "\n").count == 1)
        #expect(run.error.contains("12 failed attempts: 12 × exit status 3"))
        #expect(run.output.contains("```mermaid\ngantt\n"))
        #expect(run.output.split(separator: "    section Attempt ").count == 13)
    }

    @Test(
        "GitLab's log has a section for the output of each further attempt, and no more than that")
    func gitLab() throws {
        let run = try WrapperProcess.bash(
            """
            export GITLAB_CI=true
            $R true; $R -q -d 0 sh -c 'echo said >&2; exit $((RETRY_RUN_ATTEMPT < 2))'
            """)
        let pattern =
            #/said\n\u{1B}\[0Ksection_start:\d+:(retry_run_\d+_attempt_2)\r\u{1B}\[0Kretry-run: sh, attempt 2 of 3\nsaid\n\u{1B}\[0Ksection_end:\d+:\1\r\u{1B}\[0K\n/#

        #expect(run.error.wholeMatch(of: pattern) != nil, "\(run.error)")
        #expect(run.output == "")
    }

    @Test("Buildkite's agent is run once for a run that was retried, where it is there")
    func buildkite() throws {
        let run = try WrapperProcess.bash(
            #"""
            export BUILDKITE=true
            $R -q -d 0 sh -c 'exit $((RETRY_RUN_ATTEMPT < 2))' hunter2; echo $?
            mkdir bin; printf '#!/bin/sh\nprintf "%%s|" "$@" >>said; echo noise' >bin/buildkite-agent
            chmod +x bin/*; export PATH=$PWD/bin:$PATH
            $R true; $R -q -d 0 sh -c 'exit $((RETRY_RUN_ATTEMPT < 2))' hunter2; cat said
            """#)

        #expect(
            run.output.hasPrefix(
                "0\nannotate|* retry-run: sh succeeded on attempt 2; 1 failed attempt: exit status 1, in "
            ))
        #expect(run.output.hasSuffix("|--style|warning|--context|retry-run|--append|"))
        #expect(!run.output.contains("hunter2"))
        #expect(run.error == "")
    }

    @Test("an agent that hangs or fails is no failure of the run, and delays it by 2 s at most")
    func agentTrouble() throws {
        let run = try WrapperProcess.bash(
            #"""
            export BUILDKITE=true; mkdir bin; export PATH=$PWD/bin:$PATH
            printf '#!/bin/sh\nsleep 60' >bin/buildkite-agent; chmod +x bin/*
            $R -q -a 2 -d 0 sh -c 'exit 7'; echo $?
            printf '#!/bin/sh\necho no token; exit 1' >bin/buildkite-agent
            $R -a 2 -d 0 sh -c 'exit 7'; echo $?
            """#)

        #expect(run.output == "7\n7\n")
        #expect(run.error.contains("warning: buildkite-agent failed: no token"))
        #expect(run.duration < .seconds(10))
    }

    @Test("--annotate names a system, whatever the variables say")
    func named() throws {
        let run = try WrapperProcess.bash("GITHUB_ACTIONS=true $R --annotate gitlab \(flaky) >out")

        #expect(!run.error.contains("::warning"))
        #expect(run.error.contains("section_start:"))
    }

    @Test("a summary that would get too long for GitHub keeps what it has")
    func fullSummary() throws {
        let run = try WrapperProcess.bash(
            """
            export GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=$PWD/summary
            head -c 1048500 /dev/zero >summary; $R \(flaky) >out; stat -c %s summary
            """)

        #expect(run.output == "1048500\n")
        #expect(run.error.split(separator: "\n").count == 1)
    }
}
