import Testing

@Suite("Signals", .serialized)
struct SignalTests {
    @Test(
        "a stop request ends the attempt, is raised again, and no further attempt follows",
        arguments: ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"])
    func duringAnAttempt(name: String) throws {
        let run = try WrapperProcess.python(
            """
            p = start('-d 0', 'echo >>log; exec sleep $MARK')
            until(marked)
            p.send_signal(signal.\(name))
            print(result(p), attempts(), marked())
            """)

        #expect(run.output == "\(name) 1 []\n")
        #expect(run.duration < .seconds(2))
    }

    @Test(
        "a stop request ends a pause within 100 ms and is raised again",
        arguments: ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"])
    func duringAPause(name: String) throws {
        let run = try WrapperProcess.python(
            """
            p = start('-d 20s', 'echo >>log; exit 1', stderr=subprocess.PIPE)
            p.stderr.readline()
            time.sleep(0.2)
            begin = time.monotonic()
            p.send_signal(signal.\(name))
            code = result(p)
            print(code, attempts(), time.monotonic() - begin < 0.1)
            """)

        #expect(run.output == "\(name) 1 True\n")
    }

    @Test("a child that handles the signal decides the code; there is no second attempt")
    func handled() throws {
        let run = try WrapperProcess.python(
            """
            for name in signal.SIGINT, signal.SIGTERM:
                p = start('-d 0', 'trap "exit 7" INT TERM; echo >>log; sleep $MARK & wait')
                until(marked)
                p.send_signal(name)
                print(result(p), attempts())
                os.remove('log')
                for id in marked(): os.kill(id, 9)
                until(lambda: not marked())
            """)

        #expect(run.output == "7 1\n7 1\n")
    }

    @Test("a child that ends with 0 after a stop request is a success")
    func cleanEnd() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-d 0', 'trap "exit 0" TERM; touch up; while :; do sleep 0.01; done')
            wait_for('up')
            p.terminate()
            print(result(p))
            """)

        #expect(run.output == "0\n")
    }

    @Test("after TERM a child that ignores it is killed when the grace is over")
    func graceAfterTerminate() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-d 0 -k 300ms', 'trap "" TERM; echo >>log; sleep $MARK; sleep $MARK')
            until(marked)
            p.terminate()
            print(result(p), attempts(), marked())
            """)

        #expect(run.output == "SIGKILL 1 []\n")
        #expect(run.duration < .seconds(2))
    }

    @Test("INT starts no grace")
    func noGraceAfterInterrupt() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-d 0 -k 100ms', 'trap "sleep 0.6; exit 3" INT; touch up; while :; do sleep 0.01; done')
            wait_for('up')
            p.send_signal(signal.SIGINT)
            print(result(p))
            """)

        #expect(run.output == "3\n")
    }

    @Test("a second TERM kills at once")
    func secondTerminate() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-d 0 -k 20s', 'trap "" TERM; touch up; sleep $MARK; sleep $MARK')
            until(marked)
            p.terminate()
            time.sleep(0.3)
            begin = time.monotonic()
            p.terminate()
            print(result(p), time.monotonic() - begin < 0.5, marked())
            """)

        #expect(run.output == "SIGKILL True []\n")
    }

    @Test("two TERMs at once, as timeout(1) sends them, are one request: the command can clean up")
    func terminatedTwice() throws {
        // It sends one to its child, and one to the group that it leads.
        let run = try WrapperProcess.python(
            """
            script = 'trap "sleep 0.2; exit 3" TERM; touch up; while :; do sleep 0.01; done'
            for n in range(8):
                p = start('-q', script, process_group=0)
                wait_for('up')
                os.remove('up')
                p.terminate()
                os.killpg(p.pid, signal.SIGTERM)
                print(result(p))
            """)

        #expect(run.output == String(repeating: "3\n", count: 8), "\(run.error)")
    }

    @Test("a TERM after an INT is a first TERM: the command can clean up")
    func terminateAfterInterrupt() throws {
        let run = try WrapperProcess.python(
            """
            script = 'trap "sleep 0.3; echo >>clean; exit 3" TERM; trap "" INT; touch up; '
            p = start('-d 0 -k 20s', script + 'sleep $MARK & wait')
            until(marked)
            p.send_signal(signal.SIGINT)
            time.sleep(0.2)
            p.terminate()
            print(result(p), os.path.exists('clean'))
            for id in marked(): os.kill(id, 9)
            """)

        #expect(run.output == "3 True\n")
    }

    @Test("CI's ladder, INT then TERM then KILL to the wrapper alone, leaves nothing behind")
    func ladder() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-d 0 -k 20s', 'trap "" INT TERM; touch up; sleep $MARK; sleep $MARK')
            until(marked)
            for name in signal.SIGINT, signal.SIGTERM, signal.SIGKILL:
                p.send_signal(name)
                time.sleep(0.2)
            print(result(p))
            """)

        #expect(run.output == "SIGKILL\n")
    }
}
