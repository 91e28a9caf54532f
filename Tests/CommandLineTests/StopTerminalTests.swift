import Testing

/// Signals, jobs and Ctrl-Z on a terminal.
@Suite("Stopping the signing verbs on a terminal", .serialized)
struct StopTerminalTests {
    /// An interactive bash with the functions of `signing`, a sandbox and an encrypted key.
    private let start = """
        t = Terminal()
        t.run('export TERM=xterm; . ./functions; sandbox')
        t.run('COSIGN_PASSWORD=s3cret $R generate-key-pair -q; echo made')
        def echo(at_prompt=True):
            # At its prompt bash has modes of its own.
            modes = t.run('stty -a').split() if at_prompt else []
            shown = 'echo' in modes if at_prompt else bool(t.modes()[3] & termios.ECHO)
            return 'echo' if shown else 'silent'


        """

    @Test("Ctrl-C ends a loop of the shell, and what comes after ||")
    func loop() throws {
        let run = try signingOnTerminal(
            start + """
                t.run('faults "fulcio/certificate:1-=hang"')
                # Not a function: bash breaks no loop around one.
                t.run('words="$(trust) --identity-token @box/email.token"')
                for line in ('until $R sign $words app; do echo NEXT; done',
                        '$R sign $words app || echo FALL""BACK'):
                    t.type(line)
                    t.expect('certificate: attempt 1')
                    t.send(CTRL_C)
                    rest = t.prompt()
                    print('NEXT' in rest, 'FALLBACK' in rest, t.run('echo $?').strip())
                """)

        #expect(run.output == "False False 130\nFalse False 130\n", "\(run.error)")
    }

    @Test("a signal at the prompt for a password gives the terminal its echo back")
    func prompt() throws {
        let run = try signingOnTerminal(
            start + """
                for words in ('sign_key --overwrite --key cosign.key app',
                        '$R generate-key-pair --output-key-prefix new'):
                    for name in 'SIGINT', 'SIGTERM', 'SIGHUP':
                        t.type('bash -c \\'echo $$ >pid; . ./functions; exec %s\\'' % words.replace(
                            'sign_key', '$R sign $(trust)'))
                        t.expect('password of the private key: ')
                        silent = echo(False)
                        os.kill(int(open('pid').read()), getattr(signal, name))
                        t.prompt()
                        print(silent, *reversed((t.run('echo $?').strip(), echo())))
                """)

        #expect(
            run.output
                == String(
                    repeating: "silent echo 130\nsilent echo 143\nsilent echo 129\n", count: 2),
            "\(run.error)")
    }

    @Test("Ctrl-Z at the prompt gives the terminal back, and fg asks again")
    func suspendedPrompt() throws {
        let run = try signingOnTerminal(
            start + """
                t.type('sign_key --overwrite --key cosign.key app')
                t.expect('password of the private key: ')
                t.send('wrong' + CTRL_Z)
                t.expect('Stopped')
                t.prompt()
                print(echo())
                t.type('fg')
                t.expect('password of the private key: ')
                print(echo(False))
                t.send('s3cret\\n')
                t.expect('signed app')
                t.prompt()
                print(*reversed((t.run('echo $?').strip(), echo())), 's3cret' in t.seen.split('made')[-1])
                """)

        #expect(run.output == "echo\nsilent\necho 0 False\n", "\(run.error)")
    }

    @Test("a job in the background waits for the terminal, and neither takes it nor is deaf")
    func background() throws {
        let run = try signingOnTerminal(
            start + """
                for words in ('sign_key --overwrite --key cosign.key app', 'sign - -b x.json'):
                    t.run('stty tostop')
                    t.run('%s & sleep 0.5; jobs' % words)
                    print('Stopped' in t.run('jobs'), 'Running' in t.run('jobs'), echo())
                    pid = int(t.run('jobs -p').split()[-1])
                    status = open('/proc/%d/status' % pid).read()
                    start = time.monotonic()
                    os.kill(pid, signal.SIGTERM)
                    print(t.run('wait %d; echo $?' % pid).split()[-1], time.monotonic() - start < 1)
                t.type('sign_key --overwrite --key cosign.key app &')
                t.prompt()
                t.type('fg')
                t.expect('password of the private key: ')
                t.send('s3cret\\n')
                t.expect('signed app')
                """)

        #expect(
            run.output == String(repeating: "False True echo\n143 True\n", count: 2),
            "\(run.error)")
    }

    @Test("Ctrl-Z while signing: bg draws nothing on the terminal, and what was signed is there")
    func suspendedRun() throws {
        let run = try signingOnTerminal(
            start + """
                t.run('faults "tsa:1=503:3"')
                t.type('sign app')
                t.expect('next attempt in 2 s')
                t.send(CTRL_Z)
                t.expect('Stopped')
                t.prompt()
                t.run('bg')
                drawn = t.run('sleep 1; echo').count('s left')
                t.type('fg')
                t.expect('signed app')
                t.prompt()
                print(drawn, t.run('echo $?').strip(), os.path.exists('app.sigstore.json'))
                """)

        #expect(run.output == "0 0 True\n", "\(run.error)")
    }

    @Test("a terminal that is stopped by Ctrl-S does not keep the end")
    func stoppedTerminal() throws {
        let run = try signingOnTerminal(
            start + """
                t.run('faults "fulcio/certificate:1-=503:1"')
                t.type('bash -c \\'echo $$ >pid; . ./functions; exec $R sign $(trust) '
                    '--identity-token @box/email.token -R rep app\\'')
                t.expect('next attempt')
                t.send('\\x13')
                time.sleep(1.5)
                pid = int(open('pid').read())
                start = time.monotonic()
                os.kill(pid, signal.SIGTERM)
                until(lambda: not os.path.exists('/proc/%d/exe' % pid) or
                    open('/proc/%d/stat' % pid).read().split()[2] == 'Z')
                print(time.monotonic() - start < 1, json.load(open('rep'))['result'])
                t.send('\\x11')
                t.prompt()
                print(t.run('echo $?').strip())
                """)

        #expect(run.output == "True cancelled\n143\n", "\(run.error)")
    }

    @Test("a log that is no terminal, and a terminal that cannot erase, get no countdown")
    func noTraces() throws {
        let run = try signingOnTerminal(
            start + """
                t.run('faults "tsa:1=503:1"')
                t.run('sign app 2>log')
                t.run('faults "tsa:1=503:1"; export TERM=dumb')
                shown = t.run('sign --overwrite app')
                log = open('log', newline='').read()
                print('signed app' in log, '\\r' in log, '\\x1b' in log)
                print('signed app' in shown, 'left' in shown, '\\x1b' in shown)
                """)

        #expect(run.output == "True False False\nTrue False False\n", "\(run.error)")
    }
}
