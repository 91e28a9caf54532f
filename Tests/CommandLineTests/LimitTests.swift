import Testing

@Suite("Limits of the system", .serialized)
struct LimitTests {
    @Test("a command that makes its own session is waited for")
    func ownSession() throws {
        let run = try WrapperProcess.bash("$R -a 1 setsid sh -c 'sleep 0.4; exit 5'")

        #expect(run.exitCode == 5)
        #expect(run.duration > .milliseconds(400))
    }

    @Test(
        "too few processes: 125 and one line, or a success, never a hang",
        .enabled(if: Capability.otherUser), arguments: 1...9)
    func processes(limit: Int) throws {
        let run = try WrapperProcess.bash(
            """
            timeout 20 \(Capability.nobody) prlimit --nproc=\(limit) $R true
            """)

        if run.exitCode == 0 {
            #expect(limit > 1)
            #expect(run.error == "")
        } else {
            #expect(run.exitCode == 125)
            #expect(run.error.hasPrefix("retry-run: error: "))
            #expect(run.error.filter { $0 == "\n" }.count == 1)
        }
    }

    @Test(
        "processes that run out before a later attempt: 125 or the code, never a hang",
        .enabled(if: Capability.otherUser), arguments: [3, 5, 7, 9])
    func processesLater(limit: Int) throws {
        let run = try WrapperProcess.bash(
            """
            timeout 20 \(Capability.nobody) prlimit --nproc=\(limit) $R -d 0 \
                sh -c 'sleep $MARK & sleep $MARK & exit 3' >out 2>err
            """)

        // 2 is what sh itself says when it cannot fork.
        #expect([2, 3, 125].contains(run.exitCode))
    }

    @Test(
        "a low limit on open files: an attempt runs with it, or one line says that it could not",
        arguments: [3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 64])
    func openFiles(limit: Int) throws {
        let run = try WrapperProcess.bash(
            """
            ulimit -n \(limit); exec timeout 20 $R -q -a 2 -d 0 sh -c 'ulimit -n; exit 3'
            """)

        if run.exitCode == 3, run.error.contains("attempt 2 was not started") {
            #expect(run.output == "\(limit)\n")
        } else if run.exitCode == 3 {
            #expect(run.output == "\(limit)\n\(limit)\n")
            #expect(run.error == "")
        } else if run.error.contains("timeout:") || run.error.contains("shared libraries") {
            #expect(limit < 6)
        } else {
            #expect(run.exitCode == 125)
            #expect(run.error.hasPrefix("retry-run: error: "))
            #expect(run.error.filter { $0 == "\n" }.count == 1)
        }
    }

    @Test("a descriptor above the limit on open files: 125 and one line that names it")
    func descriptorAboveLimit() throws {
        let run = try WrapperProcess.bash(
            "exec 60</dev/null; ulimit -n 40; timeout 20 $R touch was-run; echo $?; ls")

        #expect(run.output == "125\n")
        #expect(run.error.contains("60"))
    }

    @Test(
        "a child of another user that cannot be signalled is reported, and the run ends",
        .enabled(if: Capability.setUserID))
    func refused() throws {
        let run = try WrapperProcess.bash(
            """
            \(Capability.setUserIDFile)
            timeout 20 \(Capability.nobody) $R -a 1 -t 300ms -k 300ms ./root sleep $MARK
            """)

        #expect(run.exitCode == 124)
        #expect(run.error.contains("could not be signalled"))
        #expect(run.duration < .seconds(8))
    }

    @Test(
        "as another user everything works as for root", .enabled(if: Capability.otherUser))
    func otherUser() throws {
        let run = try WrapperProcess.bash(
            """
            \(Capability.nobody) $R -q -a 2 -d 0 -t 300ms -k 300ms bash -c '
                echo $RETRY_RUN_ATTEMPT; setsid sleep $MARK & sleep $MARK'
            """)

        #expect(run.output == "1\n2\n")
        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
    }
}
