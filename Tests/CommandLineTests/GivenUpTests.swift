import Testing

@Suite("What is given up instead of the command")
struct GivenUpTests {
    @Test("without room for stdin the attempt has all of it, and is the last one")
    func input() throws {
        let run = try WrapperProcess.bash(
            """
            head -c 3000000 /dev/zero | TMPDIR=/no/such $R -a 3 -d 0 -I sh -c 'wc -c; exit 3'
            echo ${PIPESTATUS[1]}
            """)

        #expect(run.output == "3000000\n3\n")
        #expect(run.error.contains("warning: stdin is not replayed"))
        #expect(run.error.contains("set TMPDIR to a folder with more room"))
    }

    @Test(
        "the same where the disk is full only after a while",
        .enabled(if: Capability.mountNamespace))
    func inputLater() throws {
        let run = try WrapperProcess.bash(
            """
            mkdir small; exec unshare -m bash -c '
                mount -t tmpfs -o size=2m none small
                { seq 900000; sleep 0.3; seq 9; } | TMPDIR=small $R -q -a 2 -I md5sum
                { seq 900000; seq 9; } | md5sum'
            """)
        let lines = run.output.split(separator: "\n")

        #expect(lines.count == 2 && lines[0] == lines[1])
        #expect(run.error == "")
    }

    @Test("without room for held output it is passed on, complete and in order")
    func output() throws {
        let run = try WrapperProcess.bash(
            """
            TMPDIR=/no/such $R -a 2 -d 0 -O sh -c 'seq 300000; exit $((RETRY_RUN_ATTEMPT < 2))' | md5sum
            { seq 300000; seq 300000; } | md5sum
            """)
        let lines = run.output.split(separator: "\n")

        #expect(lines.count == 2 && lines[0] == lines[1])
        #expect(run.error.contains("warning: stdout is passed on instead of held"))
    }

    @Test(
        "a later attempt that cannot be started ends the run as the attempts say",
        .enabled(if: Capability.otherUser))
    func laterAttempt() throws {
        let run = try WrapperProcess.python(
            """
            leave_root()
            p = subprocess.Popen([R, '-a', '3', '-d', '1s', '-R', 'open/report',
                '--before-retry', 'true', '--on-give-up', 'true', 'sh', '-c', 'touch open/up; exit 7'])
            forbid_processes(p)
            report = None
            print(result(p))
            report = json.load(open('open/report'))
            print(report['exit_code'], report['result'], len(report['attempts']))
            """)

        #expect(run.output == "7\n7 failed 1\n")
        #expect(run.error.contains("attempt 2 was not started: "))
    }

    @Test(
        "a first attempt that cannot be started is 125, with a report",
        .enabled(if: Capability.otherUser))
    func firstAttempt() throws {
        let run = try WrapperProcess.bash(
            """
            mkdir -m 777 open; chmod 755 .
            \(Capability.nobody) prlimit --nproc=1 $R -R open/report touch open/up; echo $?
            cat open/report; ls open
            """)

        #expect(run.output.hasPrefix("125\n"))
        #expect(run.output.contains("\"result\":\"not-started\"") && !run.output.contains("up\n"))
    }

    @Test(
        "without /dev/null hooks run, and closed streams stay closed",
        .enabled(if: Capability.mountNamespace))
    func withoutNull() throws {
        let run = try WrapperProcess.bash(
            """
            unshare -m bash -c '
                mkdir -p run; mount --bind /dev/full run 2>/dev/null
                mount -t tmpfs none /dev
                $R -q -a 2 -d 0 --before-retry "cat; echo hook" --on-give-up "echo end" sh -c "exit 4" 2>err
                echo $?; cat err
                $R -q -a 1 --retry-if-output x sh -c "echo hi || exit 9" >&- 2>&-; echo $?
                $R -q -a 1 true <&- >&- 2>&-; echo $?'
            """)

        #expect(run.output == "4\nhook\nend\n9\n0\n")
    }

    @Test(
        "variables of the Swift runtime are the command's, not ours",
        arguments: ["SWIFT_BACKTRACE=enable=yes,swift-backtrace=/no/such", "SWIFT_DEBUG_HELP=YES"])
    func runtimeVariables(variable: String) throws {
        let run = try WrapperProcess.bash(
            """
            export \(variable) AFTER=1
            $R sh -c 'env | grep -c -e "^\(variable)$" -e AFTER=1'
            """)

        #expect(run.output == "2\n")
        #expect(run.error == "")
    }

    @Test(
        "a number of attempts from outside that is no number is none",
        arguments: [
            ("x", "attempts multiply"), ("-2", "attempts multiply"), ("", "attempts multiply"),
            ("99999999999999999999", "attempts multiply"), ("4", "4 × 3 = 12"),
        ])
    func nested(value: String, words: String) throws {
        let run = try WrapperProcess.bash(
            "RETRY_RUN_ATTEMPT=1 RETRY_RUN_MAX_ATTEMPTS='\(value)' $R true")

        #expect(run.exitCode == 0)
        #expect(run.error.contains(words))
    }
}
