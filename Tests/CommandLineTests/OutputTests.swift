import Testing

/// Where bundles, reports and keys go.
@Suite("Outputs of the signing verbs")
struct OutputTests {
    @Test(
        "what cannot be replaced is written in place, and that is said",
        .enabled(if: Capability.mountNamespace))
    func inPlace() throws {
        let run = try signing(
            """
            sandbox; echo old >real; : >mounted; mkdir folder; echo old >folder/b
            unshare -m bash -c "mount --bind real mounted; $(declare -f sign trust quick); LOG=2; R=$R
                sign --overwrite -b mounted -R mounted2 app; sign -b mounted app; echo \\$?"
            verify -q -b real app; echo $?
            unshare -m bash -c "mount -t tmpfs none folder; echo old >folder/b; cp -p app folder
                touch folder/report; mount --bind folder/b folder/b; mount --bind folder/report folder/report
                mount -o remount,bind,ro folder
                $(declare -f sign verify ready trust quick); LOG=2; R=$R
                sign --overwrite -b folder/b -R folder/report app; echo \\$?; verify -q -b folder/b app
                echo \\$?; grep -c signed folder/report; sign -b folder/new app; echo \\$?; ls -A folder"
            """)

        #expect(run.output == "125\n0\n0\n0\n1\n125\napp\nb\nreport\n", "\(run.error)")
        #expect(run.error.contains("wrote mounted in place, as it cannot be replaced"))
        #expect(run.error.contains("cannot write the bundle: folder/new: read-only file system"))
    }

    @Test("a user without rights in the folder writes the file that is there")
    func readOnlyFolder() throws {
        let run = try signing(
            """
            sandbox; mkdir folder; : >folder/b; chmod 666 folder/b; chmod 555 folder; chmod 755 .
            chmod -R a+rX box
            \(Capability.nobody) bash -c "$(declare -f sign trust quick); LOG=2; R=$R
                sign --overwrite -b folder/b app; echo \\$?; sign -b folder/c app; echo \\$?"
            verify -q -b folder/b app; echo $?; calls fulcio certificate; ls -A folder
            """)

        #expect(run.output == "0\n125\n0\n1\nb\n", "\(run.error)")
        #expect(run.error.contains("cannot write the bundle: folder/c: permission denied"))
    }

    @Test("a disk without room is told before anything is sent")
    func fullDisk() throws {
        let run = try signing(
            """
            sandbox; mkdir small
            unshare -m bash -c "mount -t tmpfs -o size=64k none small; echo old >small/b
                head -c 30k /dev/zero >small/zero; $(declare -f sign attest trust quick); LOG=2; R=$R
                sign --overwrite -b small/b app; echo \\$?; cat small/b; ls -A small
                mount -t tmpfs -o size=128k none small; head -c 40k /dev/zero | tr '\\\\0' a >text
                attest --type custom --predicate text -b small/b app; echo \\$?; ls small
                echo tiny >text; attest -q --type custom --predicate text -b small/b app; echo \\$?"
            calls fulcio total
            """)

        #expect(run.output == "125\nold\nb\nzero\n125\n0\n1\n", "\(run.error)")
        #expect(run.error.contains("small/b: no space left on device"))
    }

    @Test("all outputs are different files, and none is an input, by whatever name")
    func oneFile() throws {
        let run = try signing(
            """
            sandbox; ln -s app.sigstore.json soft; touch other; ln other hard; exec 7>seven
            check() { "$@" </dev/null >>out; echo $?; }
            check sign -R ./app.sigstore.json app
            check sign -R soft app
            check sign --overwrite -b other -R hard app
            check sign -b - -R /dev/stdout app
            check sign -b /dev/fd/7 -R seven app
            cp app b; ln -s b.sigstore.json app.sigstore.json; check sign app b; rm app.sigstore.json
            check sign app ./app
            ln app twin; check sign --overwrite -b twin app
            sign --overwrite -b app - <app; echo $?
            check attest --overwrite --predicate other -b hard app
            check verify --report ./app -b other app
            check verify -b other --report hard app
            check sign --overwrite -b box/../box/email.token app
            calls fulcio total; cat app
            check sign -q -b /dev/null -R /dev/null app
            """)

        #expect(
            run.output == String(repeating: "125\n", count: 13) + "0\nan app\n0\n", "\(run.error)")
        let errors = run.error.split(separator: "\n")
        #expect(errors.count == 13)
        #expect(errors[..<7].allSatisfy { $0.hasSuffix("would be one file") })
        #expect(errors[7...].allSatisfy { $0.hasSuffix("which is to be read") })
    }

    @Test("a device or a descriptor that takes nothing is told before anything is sent")
    func deadEnds() throws {
        let run = try signing(
            """
            sandbox; long=$(printf 'n%.0s' {1..250}); cp app $long
            for b in /dev/full /dev/fd/9 box/ box; do sign --overwrite -b $b app 9<app; echo $?; done
            sign -b - app >/dev/full; echo $?; sign $long; echo $?
            sign -b /dev/fd/9 app 9> >(exec true); echo $?
            calls fulcio total; sign -q -b b $long; echo $?
            """)

        #expect(run.output == String(repeating: "125\n", count: 7) + "0\n0\n", "\(run.error)")
        #expect(run.error.contains("file name too long"))
    }

    @Test("a FIFO gets the bundle when it is read, and is an error when nobody does")
    func fifo() throws {
        let run = try signing(
            """
            sandbox; mkfifo fifo; (sleep 0.3; cat fifo >got) &
            sign -q -b fifo app; echo $?; wait $!; verify -q -b got app; echo $?
            sign -q -b fifo app; echo $?; calls fulcio certificate
            sign -q -b >(cat >got2) app; echo $?
            start=${EPOCHREALTIME/./}
            sign -q --overwrite -R fifo app; echo $?; echo $(( (${EPOCHREALTIME/./} - start) / 3000000 ))
            """)

        #expect(run.output == "0\n0\n125\n1\n0\n0\n0\n", "\(run.error)")
        #expect(run.error.contains("cannot write the bundle: fifo: is a FIFO that nobody reads"))
    }

    @Test("no link out of a folder that others may write is followed, for no output")
    func plantedLinks() throws {
        let run = try signing(
            """
            sandbox; mkdir shared; chmod 1777 shared; echo mine >victim; ln -s ../victim shared/link
            sign --overwrite -b shared/link app; echo $?; sign -R shared/link app; echo $?
            ln -s ../victim shared/new.key; ln -s nowhere k.key
            export COSIGN_PASSWORD=x
            $R generate-key-pair -q --output-key-prefix shared/new; echo $?
            $R generate-key-pair -q --output-key-prefix k; echo $?; cat victim; ls nowhere
            umask 0; $R generate-key-pair -q; stat -c %a cosign.key
            """)

        #expect(run.output == "125\n0\n125\n125\nmine\n600\n", "\(run.error)")
        #expect(run.error.contains("warning: the report was not written: shared/link: is a link"))
    }

    @Test("the cache of TUF is reached through no link, neither its folders nor its files")
    func trustCache() throws {
        let run = try verifyingWithRepository(
            """
            serve; mkdir elsewhere .cache; ln -s ../elsewhere .cache/retry-run
            verify -q; echo $?; find elsewhere -mindepth 1; rm .cache/retry-run
            verify -q; cd .cache/retry-run/tuf/*; echo mine >~/victim
            for file in *; do ln -sf ~/victim $file; done; ln -sf ~/new lock; cd ~
            verify -q; echo $?; cat victim; ls new 2>/dev/null; find .cache -name '*.json' -type l | wc -l
            """)

        #expect(run.output.hasPrefix("0\n0\nmine\n"), "\(run.output) \(run.error)")
        #expect(!run.output.hasSuffix("\n0\n"))
    }

    @Test("names are bytes: of artifacts, bundles, reports, keys, and in a report as \\xNN")
    func names() throws {
        let run = try signing(
            #"""
            sandbox; n=$'gr\xfc\xdfe'; cp app "$n"
            sign -q -R "$n.rep" "$n"; echo $?; verify -q "$n"; echo $?
            python3 -c 'import glob, json; r = json.load(open(glob.glob("*.rep")[0]))
            print(r["files"][0]["file"], r["files"][0]["bundle"])'
            attest -q --predicate app --type custom -b "$n.att" "$n"; echo $?
            verify -b "$n.att" "$n" | sed 's/,.*//'
            COSIGN_PASSWORD= $R generate-key-pair -q --output-key-prefix "$n"
            COSIGN_PASSWORD= sign_key -q --no-log --no-timestamp --key "$n.key" -b "$n.2" "$n"; echo $?
            mkdir "$n.d"; sign -q -b "$n.d/b" app; ls "$n.d"
            sign "$n.missing"
            # Two names that look the same are two names.
            cp app $'\xc3\xa9'; cp app $'e\xcc\x81'; sign -q $'\xc3\xa9' $'e\xcc\x81'; echo $?
            """#)

        #expect(
            run.output == #"""
                0
                0
                gr\xfc\xdfe gr\xfc\xdfe.sigstore.json
                0
                Verified OK: gr\xfc\xdfe
                0
                b
                0

                """#, "\(run.error)")
        #expect(run.error.contains(#"cannot read 'gr\xfc\xdfe.missing': no such file"#))
    }

    @Test("a closed stdin is an error by every name, and only who prints needs stdout")
    func closedDescriptors() throws {
        let run = try signing(
            """
            sandbox; sign -q app
            sign -b b - <&-; echo $?; sign -b b /dev/stdin <&-; echo $?
            attest -b b --predicate - app <&-; echo $?; verify -b app.sigstore.json - <&-; echo $?
            verify app >&-; echo $?; verify -q app >&-; echo $?; $R verify --help >&-; echo $?
            sign -q -b b app <&-; echo $?; sign -q -b /dev/stdout app >&-; echo $?
            entries; sign -q -b - app </dev/null | cat >c; verify -q -b c app; echo $?
            """)

        #expect(
            run.output == "125\n125\n125\n125\n125\n0\n125\n0\n125\n2\n0\n", "\(run.error)")
        #expect(run.error.contains("cannot read stdin: it is closed"))
    }
}
