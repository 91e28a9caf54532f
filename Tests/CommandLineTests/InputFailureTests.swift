import Testing

@Suite("-I and a stdin that cannot be read")
struct InputFailureTests {
    /// `broken` runs the wrapper with a connection as stdin that is reset after one line.
    private let prelude = """
        import struct

        def broken(words):
            listener = socket.create_server(('127.0.0.1', 0))
            ours = socket.create_connection(listener.getsockname())
            theirs = listener.accept()[0]
            p = subprocess.Popen([R, '-I', '-d', '0'] + words, stdin=theirs, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True)
            theirs.close()
            ours.sendall(b'one\\n')
            wait_for('up')
            time.sleep(0.3)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            ours.close()
            output, error = p.communicate(timeout=30)
            return p.returncode, output, error


        """

    @Test(
        "what the command was given is a part, so its success is a failure that is not tried again",
        arguments: ["", "--success-if-output one", "--success-if true", "--retry-on 1 --explain"])
    func reset(options: String) throws {
        let run = try WrapperProcess.python(
            prelude + """
                code, output, error = broken('\(options) -R report bash -c'.split() +
                    ['echo >>log; : >up; exec cat'])
                last = json.load(open('report'))['attempts'][-1]
                print(code, repr(output), attempts(), last['verdict'], last['exit_code'])
                print(last['reason'])
                sys.stderr.write(error)
                """)

        #expect(
            run.output
                == "1 'one\\n' 1 stop 1\nstdin could not be read: connection reset by peer\n")
        #expect(
            run.error.contains(
                "attempt 1 of 3 failed: stdin could not be read: connection reset by peer\n"))
        #expect(run.error.contains("giving up after 1 attempt: stdin could not be read\n"))
        #expect(!options.contains("explain") || run.error.contains("attempt: stdin could not be"))
    }

    @Test("a failure of the command keeps its code, and the error is said")
    func ownCode() throws {
        let run = try WrapperProcess.python(
            prelude + """
                code, output, error = broken(
                    ['-q', '-R', 'report', 'bash', '-c', 'echo >>log; : >up; cat; exit 4'])
                last = json.load(open('report'))['attempts'][-1]
                print(code, attempts(), last['verdict'], last['reason'])
                print(error, end='')
                """)

        #expect(
            run.output == """
                4 1 stop exit status 4
                retry-run: error: stdin could not be read: connection reset by peer

                """)
    }

    @Test(
        "a stdin that is closed or open for writing only gives the command its own error",
        arguments: ["<&-", "0>file"])
    func notReadable(redirection: String) throws {
        let run = try WrapperProcess.bash("$R -q -I -d 0 -a 2 cat \(redirection); echo $?")

        #expect(run.output == "1\n")
        #expect(run.error.contains("Bad file descriptor"))
    }

    @Test("a pipe that is open for writing only as well")
    func writingEnd() throws {
        let run = try WrapperProcess.bash(
            "{ $R -q -I -d 0 -a 2 cat 0>&1 >/dev/null; echo $? >&2; } | cat")

        #expect(run.error.hasSuffix("1\n"))
        #expect(run.error.contains("Bad file descriptor"))
    }

    @Test("in the background of a terminal it stops when it reads, and goes on after fg")
    func background() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('$R -I -a 2 bash -c "read line; echo got \\\\$line; exit 0" &')
            t.prompt()
            time.sleep(0.5)
            # What bash reads at its prompt is there for others, too.
            end = time.monotonic() + 10
            while 'Stopped' not in t.run('jobs') and time.monotonic() < end:
                time.sleep(0.1)
            print('Stopped' in t.seen)
            t.type('fg')
            time.sleep(0.3)
            t.type('hello')
            t.expect('got hello')
            t.prompt()
            print(t.run('echo $?').strip())
            """)

        #expect(run.output == "True\n0\n", "\(run.error)")
    }

    @Test("in the background of an orphaned group nothing stops it: the read has failed")
    func orphaned() throws {
        let run = try WrapperProcess.terminal(
            """
            open('script', 'w').write('''
                set -m
                ($R -q -I -a 2 bash -c "read line; exit 0"; echo $? >code) &
                kill -9 $$
            ''')
            t = Terminal(('/bin/bash', '-c', 'bash script; sleep 20'))
            time.sleep(1.5)
            t.send('x\\n')
            t.expect('stdin could not be read: input/output error', 10)
            until(lambda: os.path.exists('code') and os.path.getsize('code'))
            print(open('code').read().strip())
            """)

        #expect(run.output == "1\n", "\(run.error)")
    }
}
