import Testing

@Suite("Forwarded signals", .serialized)
struct ForwardingTests {
    @Test("a user's signal is forwarded and stops nothing", arguments: ["USR1", "USR2", "WINCH"])
    func forwarded(name: String) throws {
        let run = try WrapperProcess.python(
            """
            p = start('-d 0', 'trap "echo got; exit 4" \(name); echo >>log; touch up;'
                'while :; do sleep 0.01; done', stdout=subprocess.PIPE)
            for count in 1, 2, 3:
                wait_for('up')
                os.remove('up')
                p.send_signal(signal.SIG\(name))
            print(result(p), attempts(), p.stdout.read().split())
            """)

        #expect(run.output == "4 3 [b'got', b'got', b'got']\n")
    }

    @Test("a wrapper that is stopped stops the child, and CONT resumes both")
    func stopped() throws {
        let run = try WrapperProcess.python(
            """
            def state(id): return open('/proc/%d/stat' % id).read().rsplit(') ')[1][0]
            p = start('', 'exec sleep $MARK', process_group=0)
            until(marked)
            time.sleep(0.1)
            p.send_signal(signal.SIGTSTP)
            until(lambda: state(p.pid) == 'T' and state(marked()[-1]) == 'T', 3)
            p.send_signal(signal.SIGCONT)
            until(lambda: state(p.pid) == 'S' and state(marked()[-1]) == 'S', 3)
            p.terminate()
            print(result(p))
            """)

        #expect(run.output == "SIGTERM\n")
    }

    @Test("the limit of an attempt does not run while the wrapper is stopped")
    func stoppedClock() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-a 1 -t 1s', 'sleep 0.5', process_group=0)
            time.sleep(0.2)
            p.send_signal(signal.SIGTSTP)
            time.sleep(1.2)
            p.send_signal(signal.SIGCONT)
            print(result(p))
            """)

        #expect(run.output == "0\n")
    }
}
