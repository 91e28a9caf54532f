import Testing

@Suite("Standard input")
struct InputTests {
    @Test("a while read loop around the wrapper loses no line")
    func loop() throws {
        let run = try WrapperProcess.bash(
            "seq 5 | while read n; do $R -a 2 -d 0 sh -c 'exit 1' 2>/dev/null; echo $n; done")

        #expect(run.output == "1\n2\n3\n4\n5\n")
    }

    @Test("the command reads what is there, and what it leaves stays for others")
    func remainder() throws {
        let run = try WrapperProcess.bash("seq 3 | { $R sh -c 'read a; echo got $a'; cat; }")

        #expect(run.output == "got 1\n2\n3\n")
    }

    @Test("a file as stdin is wound back to where it was before each further attempt")
    func rewound() throws {
        let run = try WrapperProcess.bash(
            """
            seq 4 >file; { read first; $R -q -d 0 sh -c 'cat; exit 1'; } <file
            """)

        #expect(run.output == "2\n3\n4\n2\n3\n4\n2\n3\n4\n")
    }

    @Test("a stdin that is an output is not wound back")
    func output() throws {
        let run = try WrapperProcess.bash(
            "$R -q -d 0 sh -c 'echo line$RETRY_RUN_ATTEMPT >&0; exit 1' 0>file; cat file")

        #expect(run.output == "line1\nline2\nline3\n")
    }

    @Test("-I gives every attempt the same stdin from a pipe")
    func replayed() throws {
        let run = try WrapperProcess.bash("seq 3 | $R -I -q -d 0 sh -c 'cat; exit 1'")

        #expect(run.output == "1\n2\n3\n1\n2\n3\n1\n2\n3\n")
    }

    @Test("-I: what one attempt has not read is there for the next")
    func partlyRead() throws {
        let run = try WrapperProcess.bash(
            "seq 3 | $R -I -q -d 0 sh -c '[ $RETRY_RUN_ATTEMPT = 3 ] && exec cat; read a; exit 1'")

        #expect(run.output == "1\n2\n3\n")
    }

    @Test("-I replays 5 MB unaltered")
    func large() throws {
        let run = try WrapperProcess.bash(
            """
            head -c 5000000 /dev/urandom >file; sum=$(sha256sum <file)
            cat file | $R -I -q -d 0 sh -c 'sha256sum; exit 1' >sums
            grep -cx "$sum" sums
            """)

        #expect(run.output == "3\n")
    }

    @Test("-I: an endless producer does not keep a command waiting that does not read")
    func endless() throws {
        let run = try WrapperProcess.bash(
            "yes | $R -I -d 0 sh -c 'exit 5'; echo ${PIPESTATUS[1]}", limit: .seconds(10))

        #expect(run.output == "5\n")
        #expect(run.duration < .seconds(2))
    }

    @Test("-I: a silent producer does not keep a command waiting that does not read")
    func silent() throws {
        let run = try WrapperProcess.bash("$R -I -d 0 sh -c 'exit 5' < <(exec sleep $MARK)")

        #expect(run.exitCode == 5)
        #expect(run.duration < .seconds(2))
    }

    @Test("-I: lines arrive as they are written")
    func interactive() throws {
        let run = try WrapperProcess.python(
            """
            p = subprocess.Popen([R, '-I', 'cat'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for line in b'one\\n', b'two\\n':
                p.stdin.write(line); p.stdin.flush()
                print(p.stdout.readline())
            p.stdin.close()
            print(result(p))
            """)

        #expect(run.output == "b'one\\n'\nb'two\\n'\n0\n")
    }

    @Test("a hook reads nothing of the command's stdin")
    func hookReadsNothing() throws {
        let run = try WrapperProcess.bash(
            "seq 2 | $R -q -d 0 -a 2 --before-retry cat sh -c 'read a; echo $a; exit 1' 2>&1")

        #expect(run.output == "1\n2\n")
    }
}
