import Testing

@Suite("Exit codes")
struct ExitCodeTests {
    @Test(
        "the last attempt's code is returned unchanged", arguments: [1, 2, 75, 123, 125, 200, 255])
    func unchanged(code: Int32) throws {
        let run = try WrapperProcess.bash("$R -a 2 -d 0 sh -c 'exit \(code)'")

        #expect(run.exitCode == code)
    }

    @Test("the code is that of the last attempt, not of an earlier one")
    func last() throws {
        let run = try WrapperProcess.bash("$R -d 0 sh -c 'exit $((RETRY_RUN_ATTEMPT + 40))'")

        #expect(run.exitCode == 43)
    }

    @Test("a success after a retry is 0")
    func recovered() throws {
        let run = try WrapperProcess.bash("$R -d 0 sh -c 'exit $((RETRY_RUN_ATTEMPT < 3))'")

        #expect(run.exitCode == 0)
    }

    @Test("an attempt cut by its timeout is 124")
    func timeout() throws {
        let run = try WrapperProcess.bash("$R -a 1 -t 200ms sleep $MARK")

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
    }

    @Test("an attempt that took a KILL is 124 as well")
    func killed() throws {
        let run = try WrapperProcess.bash(
            "$R -a 1 -t 300ms -k 200ms bash -c 'trap \"\" TERM; sleep $MARK; sleep $MARK'")

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
    }

    @Test("a later attempt decides over a timeout")
    func timeoutThenCode() throws {
        let run = try WrapperProcess.bash(
            #"$R -a 2 -d 0 -t 400ms sh -c '[ $RETRY_RUN_ATTEMPT = 1 ] && sleep $MARK; exit 9'"#)

        #expect(run.exitCode == 9)
    }

    @Test("a death by signal is raised again, without a core file")
    func signalled() throws {
        let run = try WrapperProcess.python(
            """
            import resource
            resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
            id = os.posix_spawn(R, [R, '-d', '0', '-q', 'sh', '-c', 'kill -SEGV $$'], os.environ)
            status = os.waitpid(id, 0)[1]
            print(os.WIFSIGNALED(status), os.WTERMSIG(status), os.WCOREDUMP(status))
            """)

        #expect(run.output == "True 11 False\n")
        #expect(run.error == "")
    }

    @Test(
        "a shell sees 128 + n after a death by signal", arguments: [("ABRT", 134), ("KILL", 137)])
    func shellCode(name: String, code: Int) throws {
        let run = try WrapperProcess.bash("$R -a 2 -d 0 sh -c 'kill -\(name) $$'; echo $?")

        #expect(run.output == "\(code)\n")
    }
}
