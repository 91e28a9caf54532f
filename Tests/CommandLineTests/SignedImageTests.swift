import Testing

/// The same command again, of images: their registry knows what is signed.
@Suite("Images that are signed already")
struct SignedImageTests {
    @Test("several images: what its registry has is kept and told, the rest is signed")
    func batch() throws {
        let run = try imaging(
            """
            box; for i in 1 2 3; do image app v$i >/dev/null; done
            sign -q $I:v1; sign -R rep $I:v1 $I:v2 $I:v3 2>log; echo $?; entries
            grep -c 'is signed already as maintainer@example.com, entry' log
            python3 -c 'import json; r = json.load(open("rep"))
            print([(f["kept"], f["signed"], f["pushed"][:7]) for f in r["files"]])'
            echo 1 >file; sign -q $I:v1 $I:v2 $I:v3 file; echo $?; entries
            for i in 1 2 3; do verify_image -q $I:v$i; echo $?; done
            sign -q --overwrite $I:v1 $I:v2; entries; sign -q $I:v1; entries
            """)

        #expect(
            run.output == """
                0
                3
                1
                [(True, True, 'sha256:'), (False, True, 'sha256:'), (False, True, 'sha256:')]
                0
                4
                0
                0
                0
                6
                7

                """, "\(run.error)")
    }

    @Test(
        "one image: --skip-signed and --resume keep its signature; a bundle is written, then kept")
    func single() throws {
        let run = try imaging(
            """
            box; image app v1 >/dev/null; sign -q --skip-signed -b first.json $I:v1; echo $?
            sign -q --skip-signed $I:v1; echo $?; sign -q --resume $I:v1; echo $?; entries
            sign -q --skip-signed -b second.json $I:v1; echo $?; cmp first.json second.json; echo $?
            sign --skip-signed -b second.json $I:v1 2>&1 | grep -c '; kept second.json'
            sign -q --resume -b - $I:v1 | cmp - first.json; echo $?; entries; ls *pending*
            sign --skip-signed --overwrite $I:v1; echo $?; sign --skip-signed -b - $I:v1; echo $?
            """)

        #expect(
            run.output == "0\n0\n0\n1\n0\n0\n1\n0\n1\n125\n125\n", "\(run.error)")
    }

    @Test("a signature with other annotations, by another name or key is no reason not to sign")
    func others() throws {
        let run = try imaging(
            """
            box; image app v1 >/dev/null; export COSIGN_PASSWORD=; $R generate-key-pair -q
            again() { "$@" -q --skip-signed $I:v1; echo $? $(entries); }
            keyed() { $R sign $(trust) $(quick) --key cosign.key "$@"; }
            again sign; again sign --annotation a=b; again sign --annotation a=b
            again keyed; again keyed; again sign
            again sign --identity-token @box/github.token; again sign --annotation a=c
            """)

        #expect(
            run.output == "0 1\n0 2\n0 2\n0 3\n0 3\n0 3\n0 4\n0 5\n", "\(run.error)")
    }

    @Test(
        "what goes there in the old form too is signed once it is there in both", arguments: [1, 2])
    func legacy(log: Int) throws {
        let run = try imaging(
            """
            LOG=\(log); box; image app v1 >/dev/null; echo '{}' >p
            again() { "$@" -q --skip-signed $I:v1; echo $? $(entries); }
            again sign; again sign --legacy; again sign --legacy
            again attest --predicate p; again attest --predicate p
            again attest --predicate p --legacy; again attest --predicate p --legacy
            again attest --predicate p --type https://x.example/y
            """)

        #expect(
            run.output == "0 1\n0 2\n0 2\n0 3\n0 3\n0 4\n0 4\n0 5\n", "\(run.error)")
    }

    @Test("whoever may only read finds what is signed; nothing is signed that cannot be pushed")
    func reader() throws {
        let run = try imaging(
            """
            box; for i in 1 2; do image app v$i >/dev/null; done; sign -q $I:v1
            faults 'registry/blob-upload:1-=403'
            sign -q --skip-signed $I:v1; echo $?; sign -q --skip-signed $I:v2; echo $?
            sign -R rep $I:v1 $I:v2; echo $?
            python3 -c 'import json
            print([(f["kept"], f["signed"]) for f in json.load(open("rep"))["files"]])'
            sign -q --skip-signed --identity-token @box/github.token $I:v1; echo $?
            sign -q --overwrite $I:v1; echo $?; entries; calls fulcio total
            """)

        #expect(
            run.output == """
                0
                1
                1
                [(True, True), (False, False)]
                1
                1
                1
                0

                """, "\(run.error)")
    }

    @Test("69: a registry that takes nothing and does not say what it has may have the signature")
    func silentReader() throws {
        let run = try imaging(
            """
            box; image app v1 >/dev/null; sign -q $I:v1
            for fault in referrers:1-=503 blob-get:1-=503; do
                faults "registry/$fault" 'registry/blob-upload:1-=403'
                sign -q --skip-signed $I:v1; echo $?
            done
            entries
            """)

        #expect(run.output == "69\n69\n1\n", "\(run.error)")
    }

    @Test("of several signatures in the registry the one counts whose bundle is there")
    func ownBundle() throws {
        let run = try imaging(
            """
            box; image app v1 >/dev/null
            for i in 1 2 3; do sign -q --overwrite -b $i.json $I:v1; done
            for i in 1 2 3; do sign -q --skip-signed -b $i.json $I:v1; echo $?; done; entries
            """)

        #expect(run.output == "0\n0\n0\n3\n", "\(run.error)")
    }

    @Test("1: an image whose list of signatures is something else is not signed")
    func taken() throws {
        let run = try imaging(
            """
            box --registry-without-referrers; d=$(image app v1); d=${d%=*}; image app sha256-${d#sha256:} >/dev/null
            sign --skip-signed $I:v1; echo $?; entries
            """)

        #expect(run.output == "1\n0\n")
        #expect(run.error.contains("the tag for referrers at "))
    }

    @Test(
        "an image whose registry does not say what it has is not signed again, and the others are")
    func unknown() throws {
        let run = try imaging(
            """
            box; image app v1 >/dev/null; sign -q $I:v1; echo 1 >file
            faults 'registry/referrers:1-=503'; sign -R rep $I:v1 file; echo $?; entries
            python3 -c 'import json; print([f["signed"] for f in json.load(open("rep"))["files"]])'
            """)

        #expect(run.output == "69\n2\n[False, True]\n", "\(run.error)")
    }

    @Test(
        "a signature that is listed and cannot be had may be ours: nothing is signed",
        arguments: ["blob-get:1-=401", "blob-get:1-=404", "manifest-get:2-=404", "blob-get:1-=503"])
    func hidden(fault: String) throws {
        let run = try imaging(
            """
            box; image app v1 >/dev/null; sign -q $I:v1; faults 'registry/\(fault)'
            sign --skip-signed $I:v1 2>/dev/null; echo $?; entries; faults
            sign -q --skip-signed $I:v1; echo $?; entries
            """)

        #expect(
            run.output == (fault.hasSuffix("503") ? "69" : "1") + "\n1\n0\n1\n", "\(run.error)")
    }

    @Test(
        "who verifies right after it was signed finds it, also where registries list things late",
        arguments: ["", "--registry-without-referrers"])
    func lag(option: String) throws {
        let run = try imaging(
            """
            box --registry-lag=4 \(option); image app v1 >/dev/null
            until verify_image -q $I:v1 2>&1 | grep -q 'has no signature'; do :; done
            sign -q $I:v1; echo $?; verify_image -q $I:v1; echo $?
            sign -q --skip-signed $I:v1; echo $?; entries
            """)

        #expect(run.output == "0\n0\n0\n1\n", "\(run.error)")
    }

    @Test("a signal during the push: what is said is that it is signed, and not pushed")
    func interruptedPush() throws {
        let run = try imaging(
            """
            box 'registry/manifest-put:2-=hang'; image app v1 >/dev/null
            $R sign $(trust) -t 30s --resume --identity-token @box/email.token $I:v1 & pid=$!
            until [ "$(calls registry manifest-put 2>&- || echo 0)" -ge 2 ]; do sleep 0.02; done
            kill $pid; wait $pid; echo $?; entries
            """)

        #expect(run.output == "143\n1\n", "\(run.error)")
        #expect(run.error.contains(": signed, and the signature is not pushed: "))
        #expect(!run.error.contains("is not signed"))
    }
}
