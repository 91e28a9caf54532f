import Testing

@Suite("Terminal", .serialized)
struct TerminalTests {
    @Test("a terminal stays a terminal for all three streams")
    func isTerminal() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            print(t.run('$R sh -c "test -t 0 && test -t 1 && test -t 2; echo \\\\$?"').strip())
            """)

        #expect(run.output == "0\n")
    }

    @Test(
        "the command reads from the terminal, directly and inside a script",
        arguments: ["", "script"])
    func reads(kind: String) throws {
        let run = try WrapperProcess.terminal(
            """
            open('script', 'w').write('$R sh -c "read x </dev/tty; echo got \\\\$x"\\n')
            t = Terminal()
            t.type('bash script' if '\(kind)' else '. ./script')
            time.sleep(0.3)
            t.send('hello\\n')
            t.expect('got hello')
            t.prompt()
            print(t.run('echo $?').strip())
            """)

        #expect(run.output == "0\n")
    }

    @Test("the modes of the terminal are restored after an attempt that was killed")
    func modesRestored() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal(('sh', '-c', 'touch here; $R -q -a 1 -t 400ms -k 300ms bash -c '
                '"stty raw -echo; touch raw; exec sleep $MARK"; touch over; sleep 1'))
            wait_for('here')
            before = t.modes()
            wait_for('raw')
            during = t.modes()
            wait_for('over')
            print(during == before, t.modes() == before)
            """)

        #expect(run.output == "False True\n")
    }

    @Test("modes that the command has set itself before a plain end are kept")
    func modesKept() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal(('sh', '-c', '$R stty -echo; touch over; sleep 1'))
            wait_for('over')
            print(bool(t.modes()[3] & termios.ECHO))
            """)

        #expect(run.output == "False\n")
    }

    @Test("in the background of a terminal it runs without being stopped")
    func background() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.run('$R -a 2 -d 300ms sh -c "exit 3" 2>err & wait $!; echo code $?')
            print('code 3' in t.seen, 'Stopped' in t.seen)
            """)

        #expect(run.output == "True False\n")
    }

    @Test("a job in the background draws no countdown")
    func noCountdownInBackground() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            for job in '$R -a 2 -d 1s false', '$R -a 2 -d 1s false & wait $!':
                print('\\x1b[K' in t.run('TERM=xterm ' + job))
            """)

        #expect(run.output == "True\nFalse\n")
    }

    @Test("a timed-out command on a terminal leaves no descendant behind")
    func tree() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.run('$R -a 1 -t 500ms -k 300ms bash -c "setsid sleep $MARK & sleep $MARK & exec sleep $MARK"')
            print(t.run('echo $?').strip(), marked())
            """)

        #expect(run.output == "124 []\n")
    }

    @Test("a terminal that hangs up takes the command with it")
    func hangUp() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('$R -d 0 bash -c "echo >>log; exec sleep $MARK"')
            until(marked)
            os.close(t.fd)
            until(lambda: not marked(), 3)
            print(attempts())
            """)

        #expect(run.output == "1\n")
    }

    @Test("in a pipeline on a terminal the bytes flow as without the wrapper")
    func pipeline() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('seq 3 | $R cat | cat; echo codes ${PIPESTATUS[@]}')
            print(t.expect('codes 0 0 0').replace('\\r', '').split())
            """)

        #expect(run.output == "['1', '2', '3']\n")
    }

    @Test(
        "a shell with job control that is killed gives the terminal back, for the next attempt too")
    func foreground() throws {
        let run = try WrapperProcess.terminal(
            """
            open('script', 'w').write('''
            $R -q -a 2 -d 0 -t 1s -k 300ms -- bash --norc -ic 'stty -echo; exec sleep '$MARK
            set -- $(ps -o pgid=,tpgid= -p $$); [ $1 = $2 ] && echo in front
            stty -a </dev/tty | grep -o -- '-*echo '; echo end
            ''')
            t = Terminal(['sh', '-c', 'bash script'])
            said = t.expect('end', 10)
            print('in front' in said, 'no job control' in said, '-echo ' in said)
            """)

        #expect(run.output == "True False False\n", "\(run.error)")
    }
}
