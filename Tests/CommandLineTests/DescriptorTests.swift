import Testing

@Suite("Descriptors")
struct DescriptorTests {
    @Test("a process substitution reaches the command")
    func processSubstitution() throws {
        let run = try WrapperProcess.bash("$R cat <(echo x)")

        #expect(run.output == "x\n")
        #expect(run.error == "")
    }

    @Test("a redirection to a high number reaches the command", arguments: [3, 9, 57, 200])
    func highNumber(number: Int) throws {
        let run = try WrapperProcess.bash(
            "$R sh -c 'echo x >/dev/fd/\(number)' \(number)>file; cat file")

        #expect(run.output == "x\n")
    }

    @Test("every attempt has the same open descriptors as without the wrapper")
    func sameSet() throws {
        let run = try WrapperProcess.bash(
            """
            exec 3</dev/null 7>file 42<>other
            list='ls -l /proc/self/fd | sed "s/.* \\([0-9]* -> [^:]*\\).*/\\1/" | grep -v /proc/'
            sh -c "$list" </dev/null 2>&1 | sort >bare
            $R -q -a 2 -d 0 sh -c "$list; exit 1" </dev/null 2>&1 | sort >wrapped
            sort bare bare >twice; diff twice wrapped && echo same
            """)

        #expect(run.output == "same\n")
    }

    @Test(
        "a closed standard stream stays closed",
        arguments: ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
    func closed(redirection: String) throws {
        let run = try WrapperProcess.bash(
            """
            exec 8>bare 9>wrapped
            look='for n in 0 1 2; do [ -e /proc/$$/fd/$n ] && echo $n open >&$OUT; done; true'
            OUT=8 sh -c "$look" \(redirection); OUT=9 $R sh -c "$look" \(redirection)
            code=$?; exec 8>&- 9>&-; cmp bare wrapped && echo same $code
            """)

        #expect(run.output == "same 0\n")
    }

    @Test("a closed standard stream stays closed in a later attempt, and nothing is written there")
    func closedAndRetried() throws {
        let run = try WrapperProcess.bash(
            """
            $R -d 0 sh -c '[ -e /proc/$$/fd/2 ] && echo open; exit 1' 3>file 2>&-
            echo $?; cat file
            """)

        #expect(run.output == "1\n")
    }

    @Test(
        "a full or closed stderr is never the command's failure",
        arguments: ["2>/dev/full", "2>&-"])
    func fullError(redirection: String) throws {
        let run = try WrapperProcess.bash(
            "$R -v -d 0 sh -c 'exit $((RETRY_RUN_ATTEMPT < 3))' \(redirection); echo $?")

        #expect(run.output == "0\n")
    }

    @Test("a pipe as stderr whose reader is gone is never the command's failure")
    func goneReader() throws {
        let run = try WrapperProcess.bash(
            "{ $R -d 50ms sh -c 'exit $((RETRY_RUN_ATTEMPT < 3))'; echo $? >code; } 2>&1 | true; sleep 0.5; cat code"
        )

        #expect(run.output == "0\n")
    }

    @Test("the last attempt alone decides when others see the end of its output")
    func endOfFile() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-a 1', 'exec >&-; touch up; exec sleep 0.6', stdout=subprocess.PIPE)
            wait_for('up')
            begin = time.monotonic()
            p.stdout.read()
            print(time.monotonic() - begin < 0.4, result(p))
            """)

        #expect(run.output == "True 0\n")
    }
}
