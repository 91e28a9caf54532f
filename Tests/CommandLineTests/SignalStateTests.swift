import Testing

@Suite("Signal state")
struct SignalStateTests {
    @Test(
        "the command starts with the mask and the ignored signals that it would have had",
        arguments: [
            "",
            "signal.signal(signal.SIGHUP, signal.SIG_IGN)",
            "signal.signal(signal.SIGCHLD, signal.SIG_IGN)",
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
            "signal.signal(signal.SIGPIPE, signal.SIG_IGN)",
            "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGTERM])",
            "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))",
        ])
    func same(preparation: String) throws {
        let run = try WrapperProcess.python(
            """
            def prepare():
                for n in range(1, 32):
                    if n not in (signal.SIGKILL, signal.SIGSTOP): signal.signal(n, signal.SIG_DFL)
                \(preparation.isEmpty ? "pass" : preparation)
            def state(prefix):
                read = ['grep', '-E', 'Sig(Blk|Ign|Cgt|Pnd)|ShdPnd', '/proc/self/status']
                return subprocess.run(prefix + read, preexec_fn=prepare, stdout=subprocess.PIPE,
                    restore_signals=False).stdout
            bare = state([])
            print(state([R]) == bare, state([R, '-t', '9s', '-E', '-a', '2']) == bare)
            """)

        #expect(run.output == "True True\n")
    }

    @Test("an ignored hang-up stays ignored, by the wrapper and by the command")
    func hangUpIgnored() throws {
        let run = try WrapperProcess.python(
            """
            p = start('', 'touch up; sleep 0.4; echo >>log', preexec_fn=lambda:
                signal.signal(signal.SIGHUP, signal.SIG_IGN))
            wait_for('up')
            p.send_signal(signal.SIGHUP)
            print(result(p), attempts())
            """)

        #expect(run.output == "0 1\n")
    }

    @Test("an interrupt that & has made ignored stays ignored")
    func interruptIgnored() throws {
        let run = try WrapperProcess.bash(
            "$R -a 1 sh -c 'touch up; sleep 0.4; echo >>log' & while [ ! -e up ]; do :; done; kill -INT $!; wait $!; echo $?; cat log"
        )

        #expect(run.output == "0\n\n")
    }

    @Test("a command that a gone reader has killed is not retried")
    func brokenPipe() throws {
        let run = try WrapperProcess.bash(
            "$R -d 0 sh -c 'echo >>log; exec yes' | head -1; echo ${PIPESTATUS[0]}; wc -l <log")

        #expect(run.output == "y\n141\n1\n")
    }

    @Test("a gone reader reaches the command through a pipe of ours as well")
    func brokenPipeWhenMatching() throws {
        let run = try WrapperProcess.bash(
            """
            $R -d 0 --retry-if-output x sh -c 'echo >>log; exec yes' | head -1
            echo ${PIPESTATUS[0]}; wc -l <log
            """)

        #expect(run.output == "y\n141\n1\n")
    }

    @Test("umask, working folder, limits and nice value are untouched")
    func untouched() throws {
        let run = try WrapperProcess.bash(
            """
            umask 027; ulimit -n 500; ulimit -S -s 4096
            show='umask; pwd; ulimit -a; ulimit -aH; nice; cat /proc/self/cgroup /proc/self/oom_score_adj'
            sh -c "$show" >bare; $R sh -c "$show" >wrapped; cmp bare wrapped && echo same
            """)

        #expect(run.output == "same\n")
    }
}
