import Testing

@Suite("Signals for the group and for the wrapper", .serialized)
struct GroupSignalTests {
    /// `counts` runs a command in a group of its own, sends it a signal and gives what it has counted.
    private static let prelude = """
        open('count.py', 'w').write('''
        import signal, time
        seen = {}
        def note(number, _): seen[number] = seen.get(number, 0) + 1
        for number in set(range(1, 65)) - {9, 17, 19, 32, 33}: signal.signal(number, note)
        open('up', 'w').close()
        end = time.monotonic() + 0.6
        while time.monotonic() < end: time.sleep(0.01)
        print(sorted(seen.items()), flush=True)
        ''')

        def counts(number, send):
            if os.path.exists('up'): os.remove('up')
            p = subprocess.Popen([R, '-q', '-a', '1', 'python3', 'count.py'], process_group=0,
                stdout=subprocess.PIPE, text=True)
            wait_for('up')
            send(p.pid, number)
            return p.communicate()[0].strip()

        def report(numbers):
            for number in numbers:
                for send in os.kill, os.killpg:
                    seen = counts(number, send)
                    if seen != '[(%d, 1)]' % number: print(number, send.__name__, seen)
            print('done')


        """
    private static let numbers =
        "[1, 2, 3, 6, 12, 13, 14, 15, 18, 20, 21, 22, 23, 29, 30, 34, 50, 64]"

    @Test("a signal of any kind arrives once, whether it was for the wrapper or for its group")
    func once() throws {
        let run = try WrapperProcess.python(
            Self.prelude + "report(\(Self.numbers))", limit: .seconds(300))

        #expect(run.output == "done\n")
    }

    @Test("the same on a terminal")
    func onceOnTerminal() throws {
        let run = try WrapperProcess.python(
            Self.prelude
                + """
                import pty
                pid, fd = pty.fork()
                if pid == 0:
                    report(\(Self.numbers))
                    sys.exit()
                text = b''
                try:
                    while chunk := os.read(fd, 1000): text += chunk
                except OSError: pass
                print(text.decode().replace('\\r', ''), end='')
                """, limit: .seconds(300))

        #expect(run.output == "done\n")
    }

    @Test(
        "Ctrl-C and Ctrl-Z reach a command that has left the group",
        arguments: [
            "timeout 60 sleep $MARK", "setsid sleep $MARK", "timeout --foreground 60 sleep $MARK",
            "$R -q -a 1 timeout 60 sleep $MARK",
        ])
    func elsewhere(command: String) throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('$R -q -a 1 \(command)')
            until(marked)
            time.sleep(0.3)
            t.send(CTRL_Z)
            t.expect('topped')
            t.prompt()
            t.type('fg')
            time.sleep(0.3)
            t.send(CTRL_C)
            t.prompt()
            print(t.run('echo $?').strip(), marked())
            """)

        #expect(run.output == "130 []\n", "\(run.error)")
    }

    @Test("a hang-up reaches the command of a wrapper that leads its session")
    func hangUp() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal([R, '-q', '--', 'sh', '-c',
                'trap "echo hung up >log; exit" HUP; touch up; while :; do sleep 0.02; done'])
            wait_for('up')
            os.close(t.fd)
            os.waitpid(t.pid, 0)
            print(open('log').read(), end='')
            """)

        #expect(run.output == "hung up\n")
    }

    @Test("a timer that was set before the wrapper ends the run as it ends the bare command")
    func alarm() throws {
        let run = try WrapperProcess.python(
            """
            for command in ['sleep', MARK], ['false']:
                p = subprocess.Popen([R, '-q', '-d', '20s'] + command,
                    preexec_fn=lambda: signal.alarm(1))
                print(result(p), marked())
            """)

        #expect(run.output == "SIGALRM []\nSIGALRM []\n")
    }
}
