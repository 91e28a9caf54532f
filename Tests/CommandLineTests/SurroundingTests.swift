import Testing

@Suite("Poor surroundings")
struct SurroundingTests {
    @Test(
        "a limit on the stack above memory changes nothing", arguments: ["unlimited", "60000000"])
    func stack(limit: String) throws {
        let run = try WrapperProcess.bash(
            "ulimit -s \(limit); exec timeout 20 $R -q -a 2 -d 0 sh -c 'ulimit -s; exit 3'")

        #expect(run.output == "\(limit)\n\(limit)\n")
        #expect(run.exitCode == 3)
    }

    @Test("a filter that refuses clone3 changes nothing")
    func noClone3() throws {
        let run = try WrapperProcess.python(
            """
            import ctypes, struct
            # Load the number of the call; 435, clone3, is refused with EPERM.
            code = [(0x20, 0, 0, 0), (0x15, 0, 1, 435), (6, 0, 0, 0x00050001), (6, 0, 0, 0x7fff0000)]
            program = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *line) for line in code))
            filter = struct.pack('HxxxxxxQ', len(code), ctypes.addressof(program))
            prctl = ctypes.CDLL(None).prctl
            prctl(38, 1, 0, 0, 0)
            if prctl(22, 2, filter, 0, 0): raise SystemExit('no filter')
            os.execv(R, [R, '-q', '-a', '2', '-d', '0', '-t', '9s', 'sh', '-c', 'echo run; exit 3'])
            """)

        #expect(run.output == "run\nrun\n", "\(run.error)")
        #expect(run.exitCode == 3)
    }

    @Test("126: a program for another machine, or what begins with NUL bytes, is no shell script")
    func notText() throws {
        let run = try WrapperProcess.bash(
            #"""
            cp "$(command -v true)" elf; printf '\xff' | dd of=elf bs=1 seek=18 conv=notrunc 2>/dev/null
            printf '\0\0\n exit 0' >nul; chmod +x elf nul
            $R ./elf; echo $?; $R ./nul; echo $?
            """#)

        #expect(run.output == "126\n126\n")
        #expect(!run.error.contains("next in"))
    }

    @Test("an element of PATH that is longer than any path is passed over")
    func longPath() throws {
        let run = try WrapperProcess.bash(
            "PATH=$(printf '/%05000d' 0):$PATH; exec $R -a 1 sh -c 'exit 5'")

        #expect(run.exitCode == 5)
    }
}
