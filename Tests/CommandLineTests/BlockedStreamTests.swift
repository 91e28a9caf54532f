import Testing

/// Nobody reads what we or the command write. Times are those of a busy machine.
@Suite("Streams that nobody reads", .serialized)
struct BlockedStreamTests {
    private static let setup = """
        import fcntl
        def full():
            reader, writer = os.pipe()
            fcntl.fcntl(writer, 1031, 4096)
            os.write(writer, b'x' * 4096)
            return reader, writer

        def ends(process, seconds):
            begin = time.monotonic()
            try:
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                return 'hangs'
            return signal.Signals(-code).name if code < 0 else str(code)


        """

    @Test(
        "a full stderr delays neither attempts, nor the deadline, nor the end",
        arguments: ["", "-v "])
    func fullError(options: String) throws {
        let run = try WrapperProcess.python(
            Self.setup + """
                reader, writer = full()
                print(ends(start('\(options)-a 30 -d 0', 'echo >>log; exit 3', stderr=writer), 12), attempts())
                # In a pause or in an attempt: the deadline ends it.
                print(ends(start('\(options)--forever -d 10ms -T 1s', 'exit 4', stderr=writer), 8) in ('4', '124'))
                print(ends(subprocess.Popen([R, '--no-such'], stderr=writer), 6))
                """)

        #expect(run.output == "3 30\nTrue\n125\n")
    }

    @Test(
        "a full stderr does not keep a stop request from us, in a pause or in an attempt",
        arguments: ["TERM", "INT"])
    func stopped(name: String) throws {
        let run = try WrapperProcess.python(
            Self.setup + """
                reader, writer = full()
                for script in 'touch up; exit 1', 'touch up; exec sleep $MARK':
                    p = start('-d 20s', script, stderr=writer)
                    wait_for('up')
                    os.remove('up')
                    time.sleep(0.3)
                    p.send_signal(signal.SIG\(name))
                    print(ends(p, 2))
                """)

        #expect(run.output == "SIG\(name)\nSIG\(name)\n")
    }

    @Test("what a slow reader of stderr has not read is said when it goes on")
    func slowReader() throws {
        let run = try WrapperProcess.python(
            Self.setup + """
                reader, writer = full()
                p = start('-a 2 -d 600ms', 'echo >>log; exit 3', stderr=writer)
                os.close(writer)
                until(lambda: attempts() == 1)
                time.sleep(0.2)
                print(result(p) if False else b'attempt 1 of 2 failed' in open(reader, 'rb').read())
                """)

        #expect(run.output == "True\n")
    }

    @Test(
        "output whose reader has stopped is cut by the deadline: 124, and it is said",
        arguments: ["-O", "--retry-if-output x", "-O --retry-if-output x"])
    func deadline(options: String) throws {
        let run = try WrapperProcess.python(
            Self.setup + """
                reader, writer = os.pipe()
                p = start('-q -a 1 \(options) -T 800ms', 'head -c 70000 /dev/zero', stdout=writer)
                print(ends(p, 5))
                """)

        #expect(run.output == "124\n")
        #expect(run.error.contains("was not read before the run had to end"))
    }

    @Test(
        "output whose reader has stopped does not keep a stop request from us",
        arguments: ["-O", "--retry-if-output x", "-O -E"])
    func stoppedReader(options: String) throws {
        let run = try WrapperProcess.python(
            Self.setup + """
                reader, writer = os.pipe()
                p = start('-q \(options)', 'touch up; head -c 70000 /dev/zero', stdout=writer)
                wait_for('up')
                time.sleep(0.5)
                p.terminate()
                print(ends(p, 3))
                """)

        #expect(run.output == "SIGTERM\n")
    }

    @Test("a background process that writes without end does not keep a stop request from us")
    func endlessOutput() throws {
        let run = try WrapperProcess.python(
            Self.setup + """
                p = start('-q --retry-if-output x', 'touch up; exec -a yes yes $MARK & exit 0',
                    stdout=subprocess.DEVNULL)
                wait_for('up')
                time.sleep(0.5)
                p.terminate()
                print(ends(p, 5))
                """)

        #expect(run.output == "0\n")
    }

    @Test("a terminal that Ctrl-S has stopped delays neither the deadline nor a stop request")
    func stoppedTerminal() throws {
        let run = try WrapperProcess.python(
            Self.setup + """
                import pty
                def stopped_terminal(options):
                    pid, terminal = pty.fork()
                    if pid == 0:
                        os.execvp('sh', ['sh', '-c', 'echo ready; sleep 0.4; exec "$R" ' + options])
                    while b'ready' not in os.read(terminal, 1000):
                        pass
                    os.write(terminal, b'\\x13')
                    return pid, terminal

                def end(pid, seconds):
                    limit = time.monotonic() + seconds
                    while time.monotonic() < limit:
                        done, status = os.waitpid(pid, os.WNOHANG)
                        if done:
                            return os.waitstatus_to_exitcode(status)
                        time.sleep(0.01)
                    os.kill(pid, 9)
                    return 'hangs'

                pid, terminal = stopped_terminal('--forever -d 200ms -T 1s false')
                print(end(pid, 4))
                pid, terminal = stopped_terminal('-d 20s false')
                time.sleep(1)
                os.kill(pid, signal.SIGTERM)
                print(end(pid, 2))
                pid, terminal = stopped_terminal('-q -O -T 1s seq 3')
                print(end(pid, 4))
                """)

        #expect(run.output == "1\n-15\n124\n")
    }

    @Test(
        "a report or a summary that nobody reads is a warning, and neither delays nor changes the result"
    )
    func report() throws {
        let run = try WrapperProcess.python(
            Self.setup + """
                os.mkfifo('fifo')
                print(ends(start('-a 1 -R fifo', 'exit 3'), 3))
                settings = dict(os.environ, GITHUB_ACTIONS='true', GITHUB_STEP_SUMMARY='fifo')
                print(ends(start('-a 2 -d 0', 'exit 3', env=settings), 3))
                reader = os.open('fifo', os.O_RDONLY | os.O_NONBLOCK)
                writer = os.open('fifo', os.O_WRONLY)
                fcntl.fcntl(writer, 1031, 4096)
                os.write(writer, b'x' * 4096)
                print(ends(start('-a 1 -R fifo', 'exit 3'), 3))
                print(ends(start('-a 2 -d 0', 'exit 3', env=settings), 3))
                """)

        #expect(run.output == "3\n3\n3\n3\n")
        #expect(run.error.components("the report was not written") == 2)
        #expect(run.error.components("the step summary was not written") == 2)
    }
}

extension String {
    /// How often a text is in it.
    fileprivate func components(_ text: String) -> Int {
        ranges(of: text).count
    }
}
