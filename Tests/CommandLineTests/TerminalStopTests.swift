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
            t.type('$R -a 1 bash -c "trap \\'\\' TSTP; touch up; sleep 0.7; exit 5"')
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
}
