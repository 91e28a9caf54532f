import Testing

@Suite("Terminal: Ctrl-Z", .serialized)
struct TerminalStopTests {
    @Test("Ctrl-Z stops the job, fg resumes it, and its limit has not run in between")
    func suspended() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('$R -a 1 -t 2s bash -c "touch up; sleep 1; exit 6"')
            wait_for('up')
            t.send(CTRL_Z)
            t.expect('Stopped')
            t.prompt()
            time.sleep(2)
            t.type('fg')
            t.prompt()
            print(t.run('echo $?').strip())
            """)

        #expect(run.output == "6\n")
    }

    @Test("Ctrl-Z does not stop a wrapper whose command ignores it")
    func stopIgnored() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('$R -a 1 bash -c "trap \\'\\' TSTP; : >up; read -t 0.7; exit 5"')
            wait_for('up')
            t.send(CTRL_Z)
            t.prompt()
            print(t.run('echo $?').strip(), 'Stopped' in t.seen)
            """)

        #expect(run.output == "5 False\n")
    }

    @Test("Ctrl-Z in a pause stops the job, and fg goes on with the next attempt")
    func suspendedPause() throws {
        let run = try WrapperProcess.terminal(
            """
            t = Terminal()
            t.type('$R -q -a 2 -d 1s bash -c "echo >>log; exit 4"')
            until(attempts)
            time.sleep(0.3)
            t.send(CTRL_Z)
            t.expect('Stopped')
            t.prompt()
            print(attempts())
            t.type('fg')
            t.prompt()
            print(t.run('echo $?').strip(), attempts())
            """)

        #expect(run.output == "1\n4 2\n")
    }

    @Test(
        "a job in the background leaves the terminal to whoever has it, however its attempt ends",
        arguments: [
            ("-a 1", ["kill %1"]), ("-a 1 -t 1s -k 300ms", ["bg"]), ("-a 1", ["bg", "cat"]),
        ])
    func terminalLeftAlone(options: String, steps: [String]) throws {
        let run = try WrapperProcess.terminal(
            """
            open('attempt', 'w').write('echo $$ >pid; exec sleep ' + MARK)
            t = Terminal()
            t.type('$R -q \(options) bash attempt')
            until(lambda: os.path.exists('pid') and os.path.getsize('pid'))
            t.send(CTRL_Z)
            t.expect('Stopped')
            t.prompt()
            for step in \(steps):
                t.type(step)
                if step == 'cat':
                    time.sleep(0.3)
                    os.kill(int(open('pid').read()), signal.SIGKILL)
                else:
                    t.prompt()
            until(lambda: not marked())
            time.sleep(0.5)
            if 'cat' in \(steps):
                t.send('heard\\n\\x04')
                print('Stopped' in t.prompt())
            print(t.run('echo alive').split()[0])
            """)

        #expect(run.output.hasSuffix("alive\n"), "\(run.error)")
        #expect(!run.output.contains("True"))
    }
}
