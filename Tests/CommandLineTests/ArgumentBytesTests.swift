import Testing

@Suite("Arguments and environment")
struct ArgumentBytesTests {
    @Test(
        "bytes that are not UTF-8 reach the command as they are", arguments: ["", "-a 2", "-q --"])
    func arguments(options: String) throws {
        let run = try WrapperProcess.bash(
            #"$R \#(options) printf '%s|' $'\xff\xfe' $'a\xc3' '' $'e\u0301' 'ä' | od -An -tx1"#)
        let bare = try WrapperProcess.bash(
            #"printf '%s|' $'\xff\xfe' $'a\xc3' '' $'e\u0301' 'ä' | od -An -tx1"#)

        #expect(run.output == bare.output)
    }

    @Test("an environment that is not UTF-8, doubled or malformed reaches the command as it is")
    func environment() throws {
        let run = try WrapperProcess.python(
            #"""
            import ctypes
            entries = [b'PATH=' + os.environb[b'PATH'], b'A=\xff\xc3', b'B', b'C=1', b'C=2', b'=x', b'D=']
            def environment(words):
                reader, writer = os.pipe()
                if os.fork() == 0:
                    os.dup2(writer, 1)
                    words = [w.encode() for w in words]
                    argv = (ctypes.c_char_p * (len(words) + 1))(*words, None)
                    envp = (ctypes.c_char_p * (len(entries) + 1))(*entries, None)
                    ctypes.CDLL(None).execve(words[0], argv, envp)
                os.close(writer)
                found = os.fdopen(reader, 'rb').read().split(b'\0')
                return [e for e in found if not e.startswith(b'RETRY_RUN_')]
            cat = ['/bin/cat', '/proc/self/environ']
            print(environment([R] + cat) == environment(cat))
            """#)

        #expect(run.output == "True\n")
    }

    @Test("more than a megabyte of arguments reaches the command")
    func many() throws {
        let run = try WrapperProcess.bash(
            """
            x=$(head -c 100000 /dev/zero | tr '\\0' x); five="$x $x $x $x $x"
            $R sh -c 'echo $# ${#9}' _ $five $five $five
            """)

        #expect(run.output == "15 100000\n")
    }

    @Test("the command knows its attempt, the number of attempts, and the time that remains")
    func variables() throws {
        let run = try WrapperProcess.bash(
            """
            show='echo $RETRY_RUN_ATTEMPT $RETRY_RUN_MAX_ATTEMPTS ${RETRY_RUN_REMAINING-none}; exit 1'
            $R -q -a 2 -d 0 sh -c "$show"; $R -q -a 1 -T 90s sh -c "$show"
            """)

        #expect(
            ["1 2 none\n2 2 none\n1 1 89\n", "1 2 none\n2 2 none\n1 1 90\n"].contains(run.output))
    }

    @Test("without a limit there is no RETRY_RUN_MAX_ATTEMPTS, also inside another retry-run")
    func forever() throws {
        let run = try WrapperProcess.bash(
            "$R -T 60s $R --forever sh -c 'echo ${RETRY_RUN_MAX_ATTEMPTS-none} ${RETRY_RUN_REMAINING-none}'"
        )

        #expect(run.output == "none none\n")
    }

    @Test("argv[0] is the word that was typed")
    func name() throws {
        let run = try WrapperProcess.bash("$R cat /proc/self/cmdline | tr '\\0' ' '")

        #expect(run.output == "cat /proc/self/cmdline ")
    }

    @Test(
        "125: an option's value that is not UTF-8 is refused, by the option's name alone",
        arguments: [
            (#"--retry-if-output $'caf\xe9'"#, "--retry-if-output"),
            (#"--success-if-stdout=$'caf\xe9'"#, "--success-if-stdout"),
            (#"-a 2 --report $'caf\xe9' -d 0"#, "--report"), (#"-R$'caf\xe9'"#, "-R"),
            (#"--before-retry $'echo caf\xe9'"#, "--before-retry"),
            (#"-q --on-give-up $'echo caf\xe9' --"#, "--on-give-up"),
            (#"--success-if $'test caf\xe9' --"#, "--success-if"),
        ])
    func optionValue(options: String, name: String) throws {
        let run = try WrapperProcess.bash("$R \(options) touch was-run; code=$?; ls; exit $code")

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error == "retry-run: error: the value of \(name) is not UTF-8\n")
    }

    @Test("125: the same for RETRY_RUN_OPTS")
    func optionsVariable() throws {
        let run = try WrapperProcess.bash(
            #"RETRY_RUN_OPTS=$'--retry-if-output caf\xe9' $R touch was-run; code=$?; ls; exit $code"#
        )

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error == "retry-run: error: RETRY_RUN_OPTS: its value is not UTF-8\n")
    }
}
