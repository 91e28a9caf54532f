import Testing

@Suite("Terminal: signals", .serialized)
struct TerminalSignalTests {
    @Test("Ctrl-C ends the run with 130 and gives the prompt back; there is no second attempt")
    func interrupt() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('$R -d 0 bash -c "echo >>log; echo up; exec sleep $MARK"')
            t.expect('up')
            until(marked)
            t.send(CTRL_C)
            t.prompt()
            print(t.run('echo $?').strip(), attempts(), marked())
            """)

        #expect(run.output == "130 1 []\n")
        #expect(run.error == "")
    }

    @Test("Ctrl-C in a pause ends the run with 130")
    func interruptedPause() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('$R -d 20s bash -c "echo >>log; exit 1"')
            t.expect('next')
            time.sleep(0.3)
            t.send(CTRL_C)
            t.prompt()
            print(t.run('echo $?').strip(), attempts())
            """)

        #expect(run.output == "130 1\n")
        #expect(run.duration < .seconds(5))
    }

    @Test("a pause shows a countdown that erases itself")
    func countdown() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('TERM=xterm $R -a 2 -d 1200ms false')
            text = t.prompt()
            print('in 2 s' in text, 'in 1 s' in text, '\\r\\x1b[K' in text)
            """)

        #expect(run.output == "True True True\n")
    }

    @Test("a terminal that does not know how to erase gets no countdown")
    func dumbTerminal() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            for kind in 'TERM=dumb', 'TERM=', '-u TERM':
                t.type('env ' + kind + ' $R -a 2 -d 1200ms false')
                text = t.prompt()
                print('in 1 s' in text, '\\x1b' in text, 'attempt 2 of 2 failed' in text)
            """)

        #expect(run.output == String(repeating: "False False True\n", count: 3))
    }

    @Test("one Ctrl-C is one SIGINT to the command, in every attempt")
    func once() throws {
        let run = try WrapperProcess.terminal(
            """
            open('count.py', 'w').write('''
            import signal, time
            def note(*_): open('log', 'a').write('x\\\\n')
            signal.signal(signal.SIGINT, note)
            print('counting', flush=True)
            end = time.monotonic() + 0.8
            while time.monotonic() < end: time.sleep(0.01)
            raise SystemExit(3)
            ''')
            t = Terminal()
            t.type('$R -d 0 python3 count.py')
            t.expect('counting')
            t.send(CTRL_C)
            t.prompt()
            print(t.run('echo $?').strip(), attempts())
            """)

        #expect(run.output == "3 1\n")
    }

    @Test("a script that calls the wrapper dies of Ctrl-C with it")
    func script() throws {
        let run = try WrapperProcess.terminal(
            """
            open('script', 'w').write('$R -d 0 sleep $MARK\\necho went on\\n')
            t = Terminal()
            t.type('bash script; echo code $?')
            until(marked)
            t.send(CTRL_C)
            t.prompt()
            print(t.run('echo $?').strip(), 'went on' in t.seen, marked())
            """)

        #expect(run.output == "130 False []\n")
    }

    @Test("Ctrl-\\ ends the run with 131")
    func quit() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.run('ulimit -c 0')
            # bash itself would ignore the signal until it has become sleep.
            t.type('$R -d 0 sh -c "touch up; exec sleep $MARK"')
            wait_for('up')
            t.send(CTRL_BACKSLASH)
            t.prompt()
            print(t.run('echo $?').strip(), marked())
            """)

        #expect(run.output == "131 []\n")
    }

    @Test("Ctrl-\\ while the wrapper itself is starting ends it with 131 at once")
    func quitAtStart() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.run('ulimit -c 0')
            for delay in range(8):
                t.type('$R -d 0 sleep $MARK')
                until(marked)
                time.sleep(delay / 1000)
                t.send(CTRL_BACKSLASH)
                t.prompt()
                print(t.run('echo $?').strip(), marked())
            """)

        #expect(run.output == String(repeating: "131 []\n", count: 8))
    }

    @Test("TERM sent with kill reaches the command on a terminal too")
    func terminated() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('$R -d 0 bash -c \\'echo $PPID >wrapper; exec sleep $MARK\\'')
            until(marked)
            os.kill(int(open('wrapper').read()), signal.SIGTERM)
            t.prompt()
            print(t.run('echo $?').strip(), marked())
            """)

        #expect(run.output == "143 []\n")
    }
}
