import Testing

@Suite("Descendants", .serialized)
struct DescendantTests {
    @Test("a command that goes into the background on TERM is found there")
    func forksOnTerminate() throws {
        let run = try WrapperProcess.python(
            """
            open('daemon.py', 'w').write('''
            import os, signal, sys
            def leave(*_):
                if os.fork(): os._exit(0)
                os.setsid()
                if os.fork(): os._exit(0)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                os.execvp('sleep', ['sleep', sys.argv[1]])
            signal.signal(signal.SIGTERM, leave)
            while True: signal.pause()
            ''')
            for _ in range(5):
                p = start('-q -a 1 -t 400ms -k 200ms', 'exec python3 daemon.py $MARK')
                print(result(p), marked())
            """)

        #expect(run.output == String(repeating: "124 []\n", count: 5))
    }

    @Test("a process that changes its id all the time is caught", arguments: ["0", "1"])
    func changingProcess(newSessions: String) throws {
        let run = try WrapperProcess.python(
            """
            open('change.py', 'w').write('''
            import os, signal, sys
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while True:
                if os.fork(): os._exit(0)
                if sys.argv[2] == '1': os.setsid()
            ''')
            p = start('-q -a 1 -t 500ms -k 200ms', 'python3 change.py $MARK \(newSessions) & sleep $MARK')
            print(result(p), marked())
            """)

        #expect(run.output == "124 []\n")
    }

    @Test("what a spared process starts later is spared, also when its parents are gone")
    func heirs() throws {
        let run = try WrapperProcess.bash(
            """
            export MARK
            $R -q -a 2 -d 0 -t 1500ms -k 300ms bash -c '
                [ $RETRY_RUN_ATTEMPT = 2 ] && exec sleep 1234
                setsid bash -c "sleep 0.7; ( (setsid sleep $MARK &) & ); exec sleep $MARK" &
                sleep 0.1; exit 1'
            """)

        #expect(run.exitCode == 124)
        #expect(run.survivors == 2)
    }

    @Test(
        "/proc that hides processes hides nothing from the end of an attempt",
        .enabled(if: Capability.mountNamespace))
    func hidden() throws {
        let run = try WrapperProcess.bash(
            """
            cp "$(command -v sleep)" rest; chmod 711 rest . ..; export MARK
            unshare -m sh -c 'mount -t proc -o hidepid=2 proc /proc
                exec \(Capability.nobody) $R -q -a 1 -t 500ms -k 300ms -- sh -c \\
                    "setsid ./rest $MARK & (setsid ./rest $MARK &); ./rest $MARK"'
            """)

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
    }

    @Test(
        "/proc of another pid namespace is read in its own numbers",
        .enabled(if: Capability.processNamespace), arguments: ["exec", ""])
    func otherNamespace(exec: String) throws {
        let run = try WrapperProcess.bash(
            """
            export MARK
            timeout 20 unshare -pf sh -c '\(exec) $R -q -a 1 -t 500ms -k 300ms -- sh -c "
                setsid sleep $MARK & (setsid sleep $MARK &); sleep $MARK"; code=$?; sleep 0.1; exit $code'
            """)

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
    }

    @Test("--no-subreaper: orphans fall to process 1, and a timed-out attempt leaves none")
    func noSubreaper() throws {
        let run = try WrapperProcess.bash(
            """
            export MARK
            $R --no-subreaper -q -a 1 -t 1s -k 300ms -- bash -c '
                (setsid sh -c "while [ \\$(ps -o ppid= -p \\$\\$) != 1 ]; do :; done; echo 1; exec sleep $MARK" &)
                sleep $MARK'
            """)

        #expect(run.output == "1\n")
        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
    }

    @Test("a hook that is asked to stop is torn down like an attempt")
    func hook() throws {
        let run = try WrapperProcess.python(
            """
            for name in signal.SIGTERM, signal.SIGINT:
                p = subprocess.Popen([R, '-q', '-d', '0', '-k', '300ms', '--before-retry',
                    'trap "" TERM INT; setsid sleep ' + MARK + ' & sleep ' + MARK, 'false'])
                until(lambda: len(marked()) == 2)
                p.send_signal(name)
                print(result(p), marked())
            """)

        #expect(run.output == "SIGTERM []\nSIGINT []\n")
    }
}
