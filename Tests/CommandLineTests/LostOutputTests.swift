import Testing

@Suite("Output that cannot be written")
struct LostOutputTests {
    @Test(
        "output that went through us and was not written is a failure, whatever says success",
        arguments: [
            "--retry-if-output x", "--stop-if-stdout x", "-O", "-O -E", "--success-if-output hi",
            "-O --success-if-output hi", "--success-if true --retry-if-output x",
        ])
    func full(options: String) throws {
        let run = try WrapperProcess.bash("$R -q -a 1 \(options) echo hi >/dev/full")

        #expect(run.exitCode == 1)
        #expect(run.error.contains("stdout could not be written: no space left on device"))
    }

    @Test("the same of standard error", arguments: ["--retry-if-output x", "-E"])
    func fullError(options: String) throws {
        let run = try WrapperProcess.bash("$R -a 1 \(options) sh -c 'echo hi >&2; :' 2>/dev/full")
        #expect(run.exitCode == 1)
    }

    @Test(
        "held output that is lost after a retry is a failure in every word that is said of the run")
    func heldFlaky() throws {
        let run = try WrapperProcess.python(
            """
            options = '-O -d 0 -a 2 --fail-on-flaky 9 --explain --annotate github -R r.json -R r.xml'
            p = start(options, 'echo hi; exit $((RETRY_RUN_ATTEMPT < 2))',
                stdout=open('/dev/full', 'w'))
            report = None
            print(result(p))
            report = json.load(open('r.json'))
            last = report['attempts'][-1]
            print(report['result'], report['exit_code'], last['verdict'], last['exit_code'])
            print(last['reason'])
            print('stdout could not be written' in open('r.xml').read())
            """)

        let sentence = "the command's stdout could not be written: no space left on device"
        #expect(run.output == "1\nfailed 1 stop 1\n\(sentence)\nTrue\n")
        #expect(run.error.contains("attempt 2 of 2 failed: \(sentence)\n"))
        #expect(run.error.contains("its output could not be passed on"))
        #expect(!run.error.contains("succeeded"))
        #expect(!run.error.contains("--fail-on-flaky"))
    }

    @Test("held output that says success itself and is lost")
    func heldSuccessByOutput() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 -O --success-if-output hi sh -c 'echo hi; exit 3' >/dev/full; echo $? >&2")

        #expect(run.error.hasSuffix("\n1\n"))
    }

    @Test("a failure of the command keeps its code, and the loss is said")
    func ownCode() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 --retry-if-output x sh -c 'echo hi; exit 4' >/dev/full")

        #expect(run.exitCode == 4)
        #expect(run.error.contains("stdout could not be written"))
    }

    @Test("it is tried again like any failure, and the report says what it was")
    func retried() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-d 0 -a 2 -R report --retry-on 1 --stop-if-output x', 'echo hi; echo >>log',
                stdout=open('/dev/full', 'w'))
            report = None
            print(result(p), attempts(), json.load(open('report'))['attempts'][1]['reason'])
            """)

        #expect(
            run.output
                == "1 2 the command's stdout could not be written: no space left on device\n")
    }

    @Test(
        "a disk that is full after a while is noticed, passed on or held",
        .enabled(if: Capability.mountNamespace), arguments: ["--retry-if-output x", "-O"])
    func fullLater(options: String) throws {
        let run = try WrapperProcess.bash(
            """
            mkdir small; exec unshare -m sh -c '
                mount -t tmpfs -o size=64k none small
                $R -q -a 1 \(options) head -c 300000 /dev/zero >small/out; echo $?'
            """)

        #expect(run.output == "1\n")
        #expect(run.error.contains("no space left on device"))
    }

    @Test(
        "a limit on sizes is an error of a write, not our end",
        arguments: ["--retry-if-output x", "-O"])
    func fileSize(options: String) throws {
        let run = try WrapperProcess.bash(
            "ulimit -c 0; ulimit -f 4; $R -q -a 1 \(options) head -c 100000 /dev/zero >out; echo $?"
        )

        #expect(run.output == "1\n")
        #expect(run.error.contains("file too large"))
    }

    @Test("a limit on sizes that our own messages reach changes nothing")
    func fileSizeOfMessages() throws {
        let run = try WrapperProcess.bash(
            """
            head -c 1024 /dev/zero >log; ulimit -c 0; ulimit -f 1
            $R -a 2 -d 0 sh -c 'exit 3' 2>>log; echo $?
            $R --no-such-option true 2>>log; echo $?
            """)

        #expect(run.output == "3\n125\n")
    }

    @Test("a reader that has gone is no error", arguments: ["-O", "-O --retry-if-output x"])
    func goneReader(options: String) throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 \(options) seq 100000 | true; echo ${PIPESTATUS[0]}")

        #expect(run.output == "0\n")
        #expect(run.error == "")
    }

    @Test(
        "output without end is not held for a reader that has gone",
        .enabled(if: Capability.mountNamespace))
    func endlessForGoneReader() throws {
        let run = try WrapperProcess.bash(
            """
            mkdir small; exec unshare -m bash -c '
                mount -t tmpfs -o size=64m none small; export TMPDIR=$PWD/small
                $R -O -d 0 sh -c "echo >>log; sleep 0.5; exec yes" | true
                echo ${PIPESTATUS[0]}; wc -l <log'
            """)

        #expect(run.output == "141\n1\n")
        #expect(!run.error.contains("instead of held"))
    }

    @Test(
        "stdout that is closed is closed for the command too, so that its own write fails",
        arguments: ["--retry-if-output x", "-O", "-O -E"])
    func closed(options: String) throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 \(options) sh -c 'echo hi || exit 9' >&-; echo $? >&2")

        #expect(run.error.hasSuffix("9\n"))
    }
}
