import Testing

@Suite("The companion")
struct CompanionTests {
    /// In the folder: `p/bin/retry-run`, and `plant FILE`, which makes a companion that tells its place.
    private func planting(_ script: String) throws -> WrapperProcess {
        try WrapperProcess.bash(
            #"""
            umask 022; mkdir -p p/bin p/libexec/retry-run; cp $R p/bin/retry-run
            C=retry-run-sigstore; installed=p/libexec/retry-run/$C; beside=p/bin/$C
            plant() {
                printf '#!/bin/sh\necho "%s $@"; exit 5\n' "$1" >$1; chmod 755 $1
            }
            sign() { p/bin/retry-run sign "$@"; echo $?; }

            """# + script)
    }

    @Test("125: a signing verb whose companion is missing is explained")
    func missing() throws {
        let run = try planting("p/bin/retry-run sign file")

        #expect(run.exitCode == 125)
        #expect(run.error.contains("retry-run-sigstore"))
        #expect(run.error.contains("retry-run -- sign"))
        #expect(run.error.filter { $0 == "\n" }.count == 1)
    }

    @Test(
        "it is entered with the arguments as they are: that in libexec, else that beside the wrapper"
    )
    func order() throws {
        let run = try planting(
            "plant $beside; sign --help -a 3; plant $installed; sign ''; rm $beside; sign")

        #expect(
            run.output == """
                p/bin/retry-run-sigstore sign --help -a 3
                5
                p/libexec/retry-run/retry-run-sigstore sign \("")
                5
                p/libexec/retry-run/retry-run-sigstore sign
                5

                """)
    }

    @Test("it is found in a folder whose name is not UTF-8")
    func bytes() throws {
        let run = try planting(
            "plant $installed; mv p $'p\\xff'; $'p\\xff/bin/retry-run' sign 1; echo $?")

        #expect(run.output.hasSuffix(" sign 1\n5\n"), "\(run.error)")
    }

    @Test("it is found from the wrapper's own file, by whatever name and link that is called")
    func calls() throws {
        let run = try planting(
            """
            plant $installed; ln -s $PWD/p/bin/retry-run link; (cd p/bin; ./retry-run sign 1)
            ./link sign 2; (exec -a p/other/name p/bin/retry-run sign 3); PATH=p/bin retry-run sign 4
            ln -s p/bin near; near/retry-run sign 5; (exec -a '' ./link sign 6)
            """)

        #expect(run.output.split(separator: "\n").map(\.last) == ["1", "2", "3", "4", "5", "6"])
    }

    @Test(
        "one that others may write, and one in a folder that they may write, is refused",
        arguments: [
            ("chmod 775 $installed", "$installed"), ("chmod 757 $installed", "$installed"),
            ("chmod 777 p/libexec/retry-run", "p/libexec/retry-run"),
            ("chmod 775 p/libexec/retry-run", "p/libexec/retry-run"),
            ("chmod 1777 p/libexec/retry-run", "p/libexec/retry-run"),
            ("chmod 777 p/libexec", "p/libexec"), ("chmod 777 p", "p"),
        ], ["installed", "beside"])
    func writable(planted: (command: String, path: String), place: String) throws {
        var (command, path) = planted
        if place == "beside" {
            command = command.replacing("p/libexec/retry-run", with: "p/bin")
                .replacing("$installed", with: "$beside")
            path = path.replacing("p/libexec/retry-run", with: "p/bin")
                .replacing("$installed", with: "$beside")
            if command.contains("libexec") { return }
        }
        // As root: the group of a user may be the user's own.
        let run = try planting(
            """
            plant $\(place); chgrp 0 $\(place) p p/* p/*/* 2>/dev/null
            \(command); sign file; echo "'$PWD/\(path)'"
            """)

        let lines = run.output.split(separator: "\n")
        #expect(lines.first == "125", "\(run.output) \(run.error)")
        #expect(
            run.error.hasPrefix(
                "retry-run: error: 'sign' needs retry-run-sigstore, which is not run: others may "
                    + "write \(lines.last ?? "") (mode "), "\(run.error)")
        #expect(run.error.contains("'chmod go-w'"))
    }

    @Test("one that is not ours is not passed over for another")
    func noSecondChoice() throws {
        let run = try planting("plant $installed; plant $beside; chmod 777 $installed; sign")

        #expect(run.output == "125\n")
    }

    @Test(
        "one of another user is refused, and so is a folder or a link of theirs",
        .enabled(if: Capability.otherUser))
    func foreign() throws {
        let run = try planting(
            """
            chmod 755 .. .; plant $installed
            chown 1234:0 $installed; sign; chown 0 $installed
            chown 1234:0 p/libexec/retry-run; sign; chown 0 p/libexec/retry-run
            mv $installed real; ln -s $PWD/real $installed; chown -h 1234 $installed; sign
            chown -h 0 $installed; sign as-root
            # What is root's is good for everybody, what is one's own for oneself.
            \(Capability.nobody) p/bin/retry-run sign as-nobody; chown 65534 real
            \(Capability.nobody) p/bin/retry-run sign own; sign
            """)

        #expect(
            run.output.split(separator: "\n").map { $0.split(separator: " ").last } == [
                "125", "125", "125", "as-root", "5", "as-nobody", "own", "125",
            ], "\(run.output) \(run.error)")
        #expect(run.error.contains("' belongs to user 1234, neither to root nor to "))
    }

    @Test("a link is followed, and what is told of a file is told of the one that it leads to")
    func link() throws {
        let run = try planting(
            """
            mkdir elsewhere; plant elsewhere/real; ln -s $PWD/elsewhere/real $installed; sign
            chmod 777 elsewhere; sign; chmod 755 elsewhere; chmod 777 p/libexec/retry-run; sign
            chmod 755 p/libexec/retry-run; ln -sf nowhere $installed; sign; rm $installed
            mkdir $installed; sign
            """)

        #expect(
            run.output == "elsewhere/real sign\n5\n125\n125\n125\n125\n",
            "\(run.output) \(run.error)")
        #expect(run.error.contains("retry-run-sigstore': no such file or directory"))
        #expect(run.error.contains("' is not a regular file"))
    }

    @Test("one that cannot be started is told with the reason")
    func unstartable() throws {
        let run = try planting("echo x >$installed; chmod 644 $installed; sign")

        #expect(run.output == "125\n")
        #expect(run.error.contains("cannot run '"))
        #expect(run.error.hasSuffix("permission denied\n"))
    }
}
