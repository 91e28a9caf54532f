import Testing

@Suite("Held output")
struct HeldOutputTests {
    private let script =
        "'echo out$RETRY_RUN_ATTEMPT; echo err$RETRY_RUN_ATTEMPT >&2; exit $((RETRY_RUN_ATTEMPT < 2))'"

    @Test("without a flag both streams of every attempt reach ours")
    func passed() throws {
        let run = try WrapperProcess.bash("$R -q -d 0 sh -c \(script)")

        #expect(run.output == "out1\nout2\n")
        #expect(run.error == "err1\nerr2\n")
    }

    @Test("-O: only the final stdout reaches stdout, earlier stdout goes to stderr")
    func output() throws {
        let run = try WrapperProcess.bash("$R -q -O -d 0 sh -c \(script)")

        #expect(run.output == "out2\n")
        #expect(run.error == "err1\nout1\nerr2\n")
    }

    @Test("-E: only the final stderr reaches stderr")
    func error() throws {
        let run = try WrapperProcess.bash("$R -q -E -d 0 sh -c \(script)")

        #expect(run.output == "out1\nout2\n")
        #expect(run.error == "err2\n")
    }

    @Test("-O -E: of the final attempt both, and earlier stdout on stderr")
    func both() throws {
        let run = try WrapperProcess.bash("$R -q -O -E -d 0 sh -c \(script)")

        #expect(run.output == "out2\n")
        #expect(run.error == "out1\nerr2\n")
    }

    @Test("-O -E: the output of a final failure is shown")
    func finalFailure() throws {
        let run = try WrapperProcess.bash(
            "$R -q -O -E -a 2 -d 0 sh -c 'echo out$RETRY_RUN_ATTEMPT; echo err >&2; exit 4'")

        #expect(run.output == "out2\n")
        #expect(run.error == "out1\nerr\n")
        #expect(run.exitCode == 4)
    }

    @Test("-O: what a timed-out final attempt has said is shown")
    func timedOut() throws {
        let run = try WrapperProcess.bash(
            "$R -q -O -a 1 -t 300ms sh -c 'echo partial; sleep $MARK'")

        #expect(run.output == "partial\n")
        #expect(run.exitCode == 124)
    }

    @Test("-O: a stop request shows what the attempt has said")
    func stopped() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-O -d 0', 'echo partial; exec sleep $MARK', stdout=subprocess.PIPE)
            until(marked)
            p.terminate()
            print(result(p), p.stdout.read())
            """)

        #expect(run.output == "SIGTERM b'partial\\n'\n")
    }

    @Test("-O holds 20 MB unaltered")
    func large() throws {
        let run = try WrapperProcess.bash(
            "head -c 20000000 /dev/urandom >file; $R -O cat file | cmp - file && echo same")

        #expect(run.output == "same\n")
    }

    @Test("-O: a temporary file for what is held is nowhere to be seen")
    func unlinked() throws {
        let run = try WrapperProcess.bash(
            "mkdir t; TMPDIR=$PWD/t $R -O sh -c 'head -c 3000000 /dev/zero; ls t >&2' >/dev/null; ls t"
        )

        #expect(run.output == "")
        #expect(run.error == "")
    }

    @Test(
        "-O -E: a run that ends in --before-retry shows the attempt before it as the final one",
        arguments: [("-T 800ms", "3"), ("-T 60s", "SIGTERM"), ("-T 60s", "SIGHUP")])
    func endInHook(limit: String, expected: String) throws {
        let run = try WrapperProcess.python(
            """
            p = subprocess.Popen([R, *'-O -E -a 2 -d 0 \(limit) --before-retry'.split(),
                'exec sleep ' + MARK, 'sh', '-c', 'echo result; echo the-reason >&2; exit 3'],
                stdout=subprocess.PIPE)
            if '\(expected)' != '3':
                until(marked)
                p.send_signal(getattr(signal, '\(expected)'))
            print(p.stdout.read(), result(p))
            """)

        #expect(run.output == "b'result\\n' \(expected)\n")
        #expect(run.error.contains("the-reason\n"))
        #expect(!run.error.contains("result\n"))
    }

    @Test(
        "-O -E: where no further attempt can be started the one before it is the final one",
        .enabled(if: Capability.otherUser))
    func notStarted() throws {
        let run = try WrapperProcess.python(
            """
            leave_root()
            p = start('-O -E -a 2 -d 1s', 'touch open/up; echo result; echo the-reason >&2; exit 3',
                stdout=subprocess.PIPE)
            forbid_processes(p)
            print(p.stdout.read(), result(p))
            """)

        #expect(run.output == "b'result\\n' 3\n")
        #expect(run.error.contains("attempt 2 was not started"))
        #expect(run.error.contains("the-reason\n"))
        #expect(!run.error.contains("result\n"))
    }
}
