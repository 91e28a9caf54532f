import Testing

/// SIGSTOP and SIGCONT on a terminal, where the command is in the wrapper's own group.
@Suite("A wrapper or a command that is stopped on a terminal", .serialized)
struct StoppedWrapperTests {
    /// `state` gives the letter of a process's state, `Z` also for one that is gone.
    private let prelude = """
        def state(pid):
            try:
                return open('/proc/%d/stat' % pid).read().rsplit(')', 1)[1].split()[0]
            except OSError:
                return 'Z'

        def launch(line):
            t = Terminal(('/bin/bash', '-c', line + ' & echo $! >wrapper; wait $!; echo $? >code'))
            wait_for('wrapper')
            until(lambda: os.path.getsize('wrapper'))
            return t, int(open('wrapper').read())

        def stop(pid):
            os.kill(pid, signal.SIGSTOP)
            until(lambda: state(pid) == 'T')
            # The guardian looks every 100 ms.
            time.sleep(0.5)

        def code():
            until(lambda: os.path.exists('code') and os.path.getsize('code'), 10)
            return open('code').read().strip()


        """

    @Test(
        "SIGSTOP and SIGCONT to the wrapper stop and resume the command, and no limit runs meanwhile",
        arguments: ["-a 1", "-a 1 -O", "-a 1 -t 1500ms", "-T 1500ms -a 1"])
    func wrapper(options: String) throws {
        let run = try WrapperProcess.terminal(
            prelude + """
                t, pid = launch('$R \(options) bash -c "echo \\\\$\\\\$ >up; sleep 0.7; exit 6"')
                until(lambda: os.path.exists('up') and os.path.getsize('up'))
                stop(pid)
                time.sleep(1.5)
                print(state(pid), state(int(open('up').read())))
                os.kill(pid, signal.SIGCONT)
                print(code())
                """)

        #expect(run.output == "T T\n6\n", "\(run.error)")
    }

    @Test("the same while a hook runs")
    func hook() throws {
        let run = try WrapperProcess.terminal(
            prelude + """
                t, pid = launch('$R -q -a 2 -d 0 --before-retry ": >up; sleep 0.7" bash -c "exit 6"')
                wait_for('up')
                stop(pid)
                os.kill(pid, signal.SIGCONT)
                print(code())
                """)

        #expect(run.output == "6\n", "\(run.error)")
    }

    @Test(
        "a command that is resumed or killed alone takes the wrapper with it, as it did when it stopped",
        arguments: [("SIGCONT", "6"), ("SIGKILL", "137")])
    func command(signal: String, code: String) throws {
        let run = try WrapperProcess.terminal(
            prelude + """
                t, pid = launch('$R -a 1 bash -c "echo \\\\$\\\\$ >up; sleep 0.7; exit 6"')
                until(lambda: os.path.exists('up') and os.path.getsize('up'))
                command = int(open('up').read())
                stop(command)
                print(state(pid), state(command))
                os.kill(command, signal.\(signal))
                print(code())
                """)

        #expect(run.output == "T T\n\(code)\n", "\(run.error)")
    }
}
