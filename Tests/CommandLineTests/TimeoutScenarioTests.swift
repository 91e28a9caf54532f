import Testing

/// What GNU coreutils tests of its `timeout` (tests/timeout/), told in our options: `timeout D CMD` is
/// `retry-run -a 1 -t D CMD`. Where the contract differs, the title says so.
@Suite("The scenarios of GNU timeout", .serialized)
struct TimeoutScenarioTests {
    // timeout.sh

    @Test("the command's own code, when it ends in time", arguments: [0, 1, 2, 77, 125, 126, 127])
    func ownCode(code: Int32) throws {
        let run = try WrapperProcess.bash("$R -q -a 1 -t 10 sh -c 'exit \(code)'")

        #expect(run.exitCode == code)
    }

    @Test(
        "124 when it does not, by whichever signal",
        arguments: ["", "-s INT", "-s 1", "-s SIGKILL"])
    func timedOut(option: String) throws {
        let run = try WrapperProcess.bash("$R -q -a 1 -t .1 \(option) sleep $MARK")

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
        #expect(run.duration < .seconds(4))
    }

    @Test("KILL after the grace for one that ignores the signal: 124, where timeout says 137")
    func killAfter() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 -t .1 -k .1 bash -c 'trap \"\" TERM; sleep $MARK; sleep $MARK'")

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
        #expect(run.duration < .seconds(4))
    }

    @Test("a child that was there before is neither waited for nor ended")
    func earlierChild() throws {
        let run = try WrapperProcess.bash(
            """
            sh -c 'sleep '$MARK' & exec '$R' -q -a 1 -t 10 sh -c "sleep 0.3; exit 4"'
            code=$?; pgrep -fc "sleep $MARK" >left; cat left; exit $code
            """)

        #expect(run.exitCode == 4)
        #expect(run.output == "1\n")
        #expect(run.duration < .seconds(5))
    }

    @Test("SIGCHLD ignored by the parent changes nothing")
    func ignoredChild() throws {
        let run = try WrapperProcess.bash(
            "(trap '' CHLD; exec $R -q -a 1 -t 10 sh -c 'exit 3'); echo $?")

        #expect(run.output == "3\n")
    }

    @Test("a command that stops itself is woken to hear the signal")
    func stopped() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 -t .2 -k 5 sh -c 'kill -STOP $$; sleep '$MARK")

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
        #expect(run.duration < .seconds(4))
    }

    @Test("signal 0 is not sent: the command runs to its end, and has timed out")
    func signalZero() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 -t .1 -k 0 -s 0 sh -c 'trap \"echo heard\" TERM; sleep 0.5; echo end'")

        #expect(run.output == "end\n")
        #expect(run.exitCode == 124)
    }

    @Test("after signal 0 the grace ends in KILL", arguments: ["0", "EXIT"])
    func signalZeroThenKill(signal: String) throws {
        let run = try WrapperProcess.bash("$R -q -a 1 -t .1 -k .2 -s \(signal) sleep $MARK")

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
        #expect(run.duration > .milliseconds(300))
        #expect(run.duration < .seconds(4))
    }

    // timeout-parameters.sh, timeout-large-parameters.sh

    @Test(
        "125 for what cannot be read",
        arguments: [
            "-t invalid true", "-t 42D true", "-t 1.5.5 true", "-t -1 true", "-t '' true",
            "-t 10 -k invalid true", "-t 10 -s invalid true", "-t 10 -s 65 true", "-t 10",
            "--no-such true",
        ])
    func invalid(words: String) throws {
        let run = try WrapperProcess.bash("$R -a 1 \(words)")

        #expect(run.exitCode == 125)
        #expect(run.output == "")
    }

    @Test("126 for what is no program, 127 for what is not there")
    func notExecutable() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 -t 10 .; echo $?; $R -q -a 1 -t 10 no_such_command; echo $?")

        #expect(run.output == "126\n127\n")
    }

    @Test(
        "numbers as GNU reads them, however large or small",
        arguments: [
            "2.34e+5d", "18446744073709551616d", "9223372036854775807", "1e400", "infinity", ".5e1",
            "5.", "1w", "0", "0s",
        ])
    func large(duration: String) throws {
        let run = try WrapperProcess.bash("$R -a 1 -t \(duration) -k \(duration) true")

        #expect(run.exitCode == 0)
        #expect(run.error == "")
    }

    @Test(
        "what is too small for the clock is a limit all the same",
        arguments: [".000000001", "1e-400", "0.0000000001s", "1ns"])
    func small(duration: String) throws {
        let run = try WrapperProcess.bash("$R -q -a 1 -t \(duration) sleep $MARK")

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
    }

    // timeout-group.sh, timeout-blocked.pl

    @Test("a limit ends the whole group, and a signal from outside reaches all of it")
    func group() throws {
        let limit = try WrapperProcess.bash(
            "$R -q -a 1 -t .3 sh -c 'sleep $MARK & sleep $MARK & wait'")
        #expect(limit.exitCode == 124)
        #expect(limit.survivors == 0)

        let signal = try WrapperProcess.python(
            """
            child = subprocess.Popen([R, "-q", "-a", "1", "-t", "20", "sh", "-c",
                "trap 'echo heard; exit 9' INT; echo ready; sleep 0.1 & while :; do wait; sleep 0.05; done"],
                stdout=subprocess.PIPE, text=True)
            child.stdout.readline()
            child.send_signal(signal.SIGINT)
            print(child.communicate(timeout=60)[0].strip(), child.returncode)
            """)
        #expect(signal.output == "heard 9\n")
    }

    @Test("a blocked SIGALRM does not hold up the limit, and is blocked for the command as well")
    func blockedAlarm() throws {
        let run = try WrapperProcess.python(
            """
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
            done = subprocess.run([R, "-q", "-a", "1", "-t", ".2", "sleep", MARK])
            print(done.returncode)
            shown = subprocess.run([R, "-q", "-a", "1", "-t", "9", "grep", "SigBlk", "/proc/self/status"],
                                   stdout=subprocess.PIPE, text=True)
            print(shown.stdout.split()[1])
            """)

        #expect(run.output == "124\n0000000000002000\n")
        #expect(run.survivors == 0)
    }

    @Test("in the background, where the terminal is not ours, a limit works as in front")
    func background() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 -t .2 sh -c 'sleep '$MARK & wait $!; echo $?")

        #expect(run.output == "124\n")
        #expect(run.survivors == 0)
    }
}
