import Testing

@Suite("The working folder")
struct WorkingFolderTests {
    @Test("one that its user may not enter", .enabled(if: Capability.otherUser))
    func notSearchable() throws {
        let run = try WrapperProcess.bash(
            """
            mkdir -m 700 own; cd own
            \(Capability.nobody) $R -q -a 2 -d 0 sh -c 'echo ran; exit 3'
            """)

        #expect(run.output == "ran\nran\n")
        #expect(run.exitCode == 3)
    }

    @Test("one whose name is no text, or is longer than a path can be")
    func names() throws {
        let run = try WrapperProcess.bash(
            """
            folder=$(printf 'n\\377\\376'); mkdir "$folder"; cd "$folder"; echo here >mark
            $R -q cat mark
            long=$(printf 'n%.0s' {1..250})
            for n in {1..20}; do mkdir $long; cd $long; done
            echo deep >mark; $R -q cat mark
            """)

        #expect(run.output == "here\ndeep\n")
        #expect(run.error == "")
    }

    @Test("one that has been removed")
    func removed() throws {
        let run = try WrapperProcess.bash(
            "mkdir gone; cd gone; rmdir ../gone; $R -q readlink /proc/self/cwd 2>&1")

        #expect(run.output.hasSuffix("/gone (deleted)\n"))
    }

    @Test("one that something has been mounted over", .enabled(if: Capability.mountNamespace))
    func mountedOver() throws {
        let run = try WrapperProcess.bash(
            """
            mkdir below; cd below; echo below >mark
            exec unshare -m sh -c 'mount -t tmpfs none "$PWD"; exec $R -q cat mark'
            """)

        #expect(run.output == "below\n")
    }
}
