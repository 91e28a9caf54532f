import Testing

@Suite("Output that is looked at")
struct MatchedOutputTests {
    @Test(
        "bytes are passed on unaltered", arguments: ["--retry-if-output x", "--stop-if-stdout x"])
    func unaltered(options: String) throws {
        let run = try WrapperProcess.bash(
            """
            { head -c 3000000 /dev/urandom; printf '\\0\\377\\r\\n\\n no end of line'; } >file
            $R \(options) cat file | cmp - file && echo same
            """)

        #expect(run.output == "same\n")
    }

    @Test("bytes are passed on at once")
    func atOnce() throws {
        let run = try WrapperProcess.python(
            """
            p = start('--retry-if-output x', 'printf a; sleep 5', stdout=subprocess.PIPE)
            begin = time.monotonic()
            p.stdout.read(1)
            print(time.monotonic() - begin < 1)
            p.terminate()
            """)

        #expect(run.output == "True\n")
    }

    @Test("stdout and stderr that are one file keep their order")
    func order() throws {
        let run = try WrapperProcess.bash(
            """
            $R --retry-if-output x bash -c 'for n in {1..300}; do echo $n; echo $n >&2; done' >file 2>&1
            for n in {1..300}; do echo $n; echo $n; done | cmp - file && echo same
            """)

        #expect(run.output == "same\n")
    }

    @Test(
        "a background process that holds stdout open delays nothing",
        arguments: ["", "--retry-if-output x", "-O", "-O -E", "-E --success-if-output x"])
    func background(options: String) throws {
        let run = try WrapperProcess.bash(
            "$R \(options) bash -c 'echo out; sleep $MARK & exit 0'; code=$?; sleep 0.1; exit $code"
        )

        #expect(run.output == "out\n")
        #expect(run.exitCode == 0)
        #expect(run.survivors == 1)
        #expect(run.duration < .seconds(1))
    }

    @Test("the tail of a fast end is not cut")
    func tail() throws {
        let run = try WrapperProcess.bash(
            "$R --retry-if-output x seq 200000 | { sleep 0.5; tail -1; }")

        #expect(run.output == "200000\n")
    }

    @Test(
        "64 MB of output need less than 100 MB of memory",
        arguments: ["--retry-if-output x", "-O -E", ""])
    func memory(options: String) throws {
        let run = try WrapperProcess.python(
            """
            import resource
            subprocess.run([R] + '\(options)'.split() + ['head', '-c', '64000000', '/dev/zero'],
                stdout=subprocess.DEVNULL)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 100 * 1024)
            """)

        #expect(run.output == "True\n")
    }

    @Test("one line of 64 MB is matched in bounded time and memory")
    func longLine() throws {
        let run = try WrapperProcess.bash(
            """
            $R -a 2 -d 0 --retry-if-output 'end$' -q \
                sh -c 'head -c 64000000 /dev/zero | tr "\\0" a; echo end; exit 3' | wc -c
            """)

        #expect(run.output == "128000008\n")
        #expect(run.duration < .seconds(20))
    }

    @Test("a slow reader gets everything")
    func slowReader() throws {
        let run = try WrapperProcess.bash(
            "$R --retry-if-output x head -c 2000000 /dev/zero | { sleep 1; wc -c; }")

        #expect(run.output == "2000000\n")
    }

    @Test(
        "a pattern that takes long is left by a signal and by the deadline",
        arguments: ["", "-T 1500ms "])
    func longPattern(options: String) throws {
        let run = try WrapperProcess.python(
            #"""
            p = start(r'\#(options)-d 60 -q --retry-if-output (\w{1,999})(\w{1,999})z',
                'base64 -w0 /dev/urandom | tr -d z+/= | head -c 4000000; echo; exit 3',
                stdout=subprocess.PIPE)
            p.stdout.read(4000001)
            time.sleep(0.3)
            begin = time.monotonic()
            if not r'\#(options)':
                p.terminate()
            code = p.wait()
            print(code, time.monotonic() - begin < 2)
            """#)

        #expect(run.output == "3 True\n", "\(run.error)")
    }

    @Test(
        "what a search would have found is not claimed where it was cut off",
        arguments: ["retry-if", "stop-if", "success-if", "delay-from"])
    func cutOff(rule: String) throws {
        let run = try WrapperProcess.python(
            #"""
            script = 'base64 -w0 /dev/urandom | tr -d z+/= | head -c 3000000; echo; exit 3'
            def run(options, signalled):
                p = start(options + r' -a 2 -d 60 --\#(rule)-output (\w{1,999})(\w{1,999})z',
                    script, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                p.stdout.read(3000001)
                if signalled:
                    time.sleep(0.3)
                    p.terminate()
                print(p.wait(), p.stderr.read().decode())
            run('', True)
            run('-T 1500ms --give-up-code 75 --explain', False)
            """#)

        #expect(run.output.hasPrefix("3 "))
        #expect(run.output.contains("giving up after 1 attempt: stopped by SIGTERM"))
        #expect(!run.output.contains("next in"))
        #expect(run.output.contains("\n75 "))
        #expect(run.output.contains("its output was not looked through before the deadline"))
        #expect(run.output.contains("the deadline has passed"), "\(run.output)")
    }

    @Test("an exit code of 0 is a success without a look at the output")
    func success() throws {
        let run = try WrapperProcess.bash(
            """
            $R --success-if-output '(.{1,500}){2}z' sh -c 'head -c 1000000 /dev/zero | tr "\\0" a' | wc -c
            """)

        #expect(run.output == "1000000\n")
        #expect(run.duration < .seconds(2))
    }
}
