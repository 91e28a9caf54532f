import Testing

@Suite("A wrapper that is killed or stopped", .serialized)
struct KilledWrapperTests {
    private static let tree = """
        sleep $MARK & setsid sleep $MARK & (setsid sleep $MARK &); (sleep $MARK & exec true) & \
        setsid sh -c '(setsid sleep $MARK &); exec sleep $MARK' & touch up; wait
        """

    @Test("KILL to the wrapper or to its group ends the whole tree", arguments: ["kill", "killpg"])
    func killed(call: String) throws {
        let run = try WrapperProcess.python(
            """
            p = start('-t 60s', '''\(Self.tree)''', process_group=0)
            until(lambda: len(marked()) >= 6)
            os.\(call)(p.pid, signal.SIGKILL)
            print(result(p))
            until(lambda: not marked(), 5)
            """)

        #expect(run.output == "SIGKILL\n")
        #expect(run.exitCode == 0)
    }

    @Test(
        "the same on a terminal, where the command is in the wrapper's group", arguments: [1, -1])
    func killedOnTerminal(sign: Int) throws {
        let run = try WrapperProcess.terminal(
            """
            open('tree', 'w').write('''echo $PPID >wrapper; \(Self.tree)''')
            t = Terminal()
            t.type('$R -a 1 bash tree')
            until(lambda: len(marked()) >= 6)
            os.kill(\(sign) * int(open('wrapper').read()), signal.SIGKILL)
            t.prompt()
            until(lambda: not marked(), 5)
            """)

        #expect(run.exitCode == 0, "\(run.error)")
    }

    @Test("KILL in a pause leaves what a failed attempt has left in the background")
    func killedInPause() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-q -d 20s', 'setsid sleep $MARK & exit 1')
            until(marked)
            time.sleep(0.5)
            p.kill()
            print(result(p))
            time.sleep(0.5)
            """)

        #expect(run.output == "SIGKILL\n")
        #expect(run.survivors == 1)
    }

    @Test("SIGSTOP to the wrapper stops the command, and the limit of the attempt stands still")
    func stopped() throws {
        let run = try WrapperProcess.python(
            """
            def state(id): return open('/proc/%d/stat' % id).read().rsplit(') ')[1][0]
            p = start('-a 1 -t 2s', 'touch up; exec sleep 1.2')
            wait_for('up')
            child = int(open('/proc/%d/task/%d/children' % (p.pid, p.pid)).read().split()[0])
            until(lambda: open('/proc/%d/comm' % child).read() == 'sleep\\n')
            p.send_signal(signal.SIGSTOP)
            until(lambda: state(child) == 'T', 3)
            time.sleep(2.5)
            p.send_signal(signal.SIGCONT)
            until(lambda: state(child) == 'S', 3)
            print(result(p))
            """)

        #expect(run.output == "0\n")
    }

    @Test("a deadline stands still while the wrapper is stopped in a pause")
    func stoppedInPause() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-q -a 2 -d 1s -T 3s', 'echo >>log; exit $((RETRY_RUN_ATTEMPT < 2))')
            until(attempts)
            time.sleep(0.3)
            p.send_signal(signal.SIGSTOP)
            time.sleep(3.5)
            p.send_signal(signal.SIGCONT)
            print(result(p), attempts())
            """)

        #expect(run.output == "0 2\n")
    }

    @Test("nothing of the wrapper's own is left after its end")
    func ownProcesses() throws {
        let run = try WrapperProcess.bash(
            """
            $R -q -a 2 -d 0 false; $R true; $R --success-if false --on-give-up true -q -a 1 false
            ps -s $$ -o args= | grep -c exec-stage
            """)

        #expect(run.output == "0\n")
    }
}
