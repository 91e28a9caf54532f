import Testing

@Suite("The function `retry`")
struct RetryFunctionTests {
    private static func bash(_ script: String) throws -> WrapperProcess {
        try WrapperProcess.bash(
            #"""
            mkdir bin; ln -s "$R" bin/retry-run; PATH=$PWD/bin:$PATH
            eval "$(retry-run init bash)"
            flaky() { echo "call $RETRY_RUN_ATTEMPT: $*"; [ "$RETRY_RUN_ATTEMPT" -ge 3 ]; }
            fails() { return 7; }
            set -euo pipefail

            """# + script)
    }

    @Test("a function that fails twice succeeds on the third attempt")
    func function() throws {
        let run = try Self.bash("retry -d 0 flaky 'a b'; echo \"$?\"")

        #expect(run.output == "call 1: a b\ncall 2: a b\ncall 3: a b\n0\n")
        #expect(run.error.contains("succeeded on attempt 3 of 3"))
    }

    @Test(
        "the exit code is that of the function, builtin, pipeline or command",
        arguments: [
            ("-- fails", 7), ("fails", 7), ("test -e nowhere", 1), ("eval 'exit 5 | true'", 5),
            ("sh -c 'exit 9'", 9), ("no-such-command", 127), ("-a 0 fails", 125), ("-a", 125),
            ("", 125), ("--version", 0),
        ])
    func exitCode(words: String, code: Int32) throws {
        let run = try Self.bash("retry -q -d 0 \(words)")
        #expect(run.exitCode == code)
    }

    @Test("without pipefail the last command of a pipeline decides, with it every one")
    func pipeline() throws {
        let run = try Self.bash(
            """
            piped() { false | cat; }
            retry -q -d 0 piped || echo failed
            set +o pipefail
            retry -q -d 0 piped && echo succeeded
            """)

        #expect(run.output == "failed\nsucceeded\n")
    }

    @Test("what a function changes in its shell does not come back")
    func separate() throws {
        let run = try Self.bash(
            """
            value=kept folder=$PWD
            changes() { value=lost; cd /; }
            retry changes
            echo "$value $([ "$PWD" = "$folder" ] && echo here)"
            """)

        #expect(run.output == "kept here\n")
    }

    @Test("exported variables cross and others do not; nothing of ours is left in the environment")
    func variables() throws {
        let run = try Self.bash(
            """
            export given=1
            hidden=2
            shows() { echo "${given-none} ${hidden-none}"; env | grep -c -e '^BASH_FUNC' -e _RETRY; }
            retry -q -a 1 shows || true
            """)

        #expect(run.output == "1 none\n0\n")
    }

    @Test("a signal that kills the function's shell is the result")
    func signal() throws {
        let run = try Self.bash("killed() { kill -KILL $$; }; retry -q -a 1 killed")
        #expect(run.exitCode == 137)
    }

    @Test("a verb of Sigstore is the name of a function")
    func verb() throws {
        let run = try Self.bash("sign() { echo mine; }; retry sign")
        #expect(run.output == "mine\n")
    }

    @Test("functions of any size cross, to every attempt, and no file is left")
    func large() throws {
        let run = try Self.bash(
            """
            export TMPDIR=$PWD/temporary; mkdir temporary
            eval "large() { $(for n in {1..9000}; do echo "  : line $n of a long function"; done)
            flaky; }"
            retry -q -d 0 large; ls temporary
            """)

        #expect(run.output == "call 1: \ncall 2: \ncall 3: \n")
        #expect(run.error == "")
    }

    @Test("functions with extended patterns cross")
    func patterns() throws {
        let run = try Self.bash(
            """
            shopt -s extglob
            eval 'matches() { case abc in +([a-z])) echo yes ;; esac; }'
            retry matches
            """)

        #expect(run.output == "yes\n")
    }
}
