import Testing

@Suite("sign")
struct SignTests {
    @Test("a bundle lies beside the file, verifies, and one line says so", arguments: [1, 2])
    func bundle(log: Int) throws {
        let run = try signing(
            "LOG=\(log); sandbox; sign app; echo $?; ls; verify -q app; echo $?; entries")

        #expect(run.output == "0\napp\napp.sigstore.json\nbox\n0\n1\n")
        #expect(
            run.error.hasPrefix(
                "retry-run: signed app as maintainer@example.com, entry \(log == 1 ? "900005" : "5")"
            ))
        #expect(run.error.hasSuffix("; wrote app.sigstore.json\n"))
        #expect(run.error.split(separator: "\n").count == 1)
    }

    @Test("several files get a bundle each, under one certificate")
    func several() throws {
        let run = try signing(
            """
            sandbox; cp app b; sign -q app b; echo $?; verify -q app; echo $?; verify -q b; echo $?
            calls fulcio total; sign app app; echo $?; sign -b x app b; echo $?
            """)

        #expect(run.output == "0\n0\n0\n1\n125\n125\n")
        #expect(run.error.contains("'app' is given twice"))
        #expect(run.error.contains("--bundle is for one file"))
    }

    @Test("stdin is signed where the bundle has a name, and stdout takes the bundle")
    func standardStreams() throws {
        let run = try signing(
            """
            sandbox; sign -b - - <app >out; echo $?; verify -q -b out app; echo $?
            sign - <app; echo $?; calls tsa total; ls
            """)

        #expect(run.output == "0\n0\n125\n1\napp\nbox\nout\n")
        #expect(run.error.contains("say where the bundle goes: --bundle FILE"))
    }

    @Test("a bundle that is there already stays, unless it may be replaced")
    func overwrite() throws {
        let run = try signing(
            """
            sandbox; echo old >app.sigstore.json
            sign app; echo $?; cat app.sigstore.json; calls fulcio total
            faults 'tsa:1=400'; sign --overwrite app; echo $?; cat app.sigstore.json
            sign -q --overwrite app; echo $?; verify -q app; echo $?; ls
            """)

        #expect(
            run.output == "125\nold\n0\n1\nold\n0\n0\napp\napp.sigstore.json\nbox\n")
        #expect(
            run.error.contains("'app.sigstore.json' already exists; --overwrite replaces it"))
    }

    @Test("a bundle is never written over what is read")
    func inputsStay() throws {
        let run = try signing(
            """
            sandbox; ln app link
            for name in app link box/email.token box/client_trust_config_v2.json; do
                before=$(sha256sum <$name)
                sign --overwrite -b $name app 2>>log; echo $?
                [ "$(sha256sum <$name)" = "$before" ]; echo $?
            done
            sign -R app app; echo $?; calls fulcio total
            """)

        #expect(run.output == String(repeating: "125\n0\n", count: 4) + "125\n0\n")
        #expect(
            run.error.contains("the report 'app' would be written over 'app', which is to be read"))
    }

    @Test("a file without a byte is signed like any other")
    func empty() throws {
        let run = try signing("sandbox; : >app; sign -q app; echo $?; verify -q app; echo $?")

        #expect(run.output == "0\n0\n")
    }

    @Test(
        "what cannot be read or written is said before anything is sent, and leaves nothing behind")
    func unusable() throws {
        let run = try signing(
            """
            sandbox; mkdir folder
            for words in folder missing '-b folder app' '-b missing/x app'; do
                sign $words; echo $?
            done
            calls fulcio total; ls; ls folder
            """)

        #expect(run.output == "125\n125\n125\n125\n0\napp\nbox\nfolder\n")
        #expect(run.error.contains("cannot read 'folder': is a directory"))
        #expect(run.error.contains("cannot read 'missing': no such file or directory"))
        #expect(run.error.contains("cannot write the bundle: missing/x: no such file or directory"))
    }

    @Test(
        "a disk that is full or may not be written is noticed before anything is sent",
        .enabled(if: Capability.mountNamespace))
    func fullDisk() throws {
        let run = try signing(
            """
            sandbox; mkdir full sealed
            export -f sign trust quick; export R LOG
            unshare -m bash -c '
                mount -t tmpfs -o size=16k none full; head -c 16k /dev/zero >full/zero 2>/dev/null
                mount -t tmpfs -o ro none sealed
                sign -b full/x app; echo $?; ls full; sign -b sealed/x app; echo $?; ls sealed'
            calls fulcio total
            """)

        #expect(run.output == "125\nzero\n125\n0\n")
        #expect(run.error.contains("full/x: no space left on device"))
        #expect(run.error.contains("sealed/x: read-only file system"))
    }

    @Test(
        "a file that may not be read is said, and so is a token file",
        .enabled(if: Capability.otherUser))
    func unreadable() throws {
        let run = try signing(
            """
            sandbox; chmod 755 . box; chmod 644 box/*; chmod 600 app; cp app mine; chmod 644 mine
            cp box/email.token secret; chmod 600 secret
            \(Capability.nobody) $R sign $(trust) -b /dev/null --identity-token @box/email.token app
            echo $?
            \(Capability.nobody) $R sign $(trust) -b /dev/null --identity-token @secret mine; echo $?
            calls fulcio total
            """)

        #expect(run.output == "125\n125\n0\n")
        #expect(run.error.contains("cannot read 'app': permission denied"))
        #expect(run.error.contains("is given without @): permission denied"))
    }

    @Test("a large file is hashed as it is read, in little memory")
    func largeFile() throws {
        let run = try signing(
            """
            sandbox; truncate -s 1G app
            python3 -c '
            import os, subprocess, sys
            process = subprocess.Popen(sys.argv[1:])
            print(os.wait4(process.pid, 0)[2].ru_maxrss < 65536)' \\
                $R sign $(trust) -q --identity-token @box/email.token app
            """)

        #expect(run.output == "True\n")
    }
}
