import Testing

@Suite("Pending signatures that get into each other's way")
struct PendingConflictTests {
    @Test("one image in two repositories has two pending signatures, and both are finished")
    func repositories() throws {
        let run = try imaging(
            """
            box; export LAYER=same; image app v1 >one; image other v1 >two; cmp one two
            other=${I%/app}/other
            sign -q --defer-log always $I:v1 $other:v1 2>/dev/null; echo $?; ls *.pending.json | wc -l
            finish -q; echo $?; entries
            for name in $I $other; do verify_image -q $name:v1; echo $?; done
            """)

        #expect(run.output == "0\n2\n0\n2\n0\n0\n", "\(run.error)")
    }

    @Test(
        "a FIFO in the place of a bundle holds nobody up: it is named, and the others are finished")
    func pipe() throws {
        let run = try signing(
            """
            sandbox; echo 2 >b; sign -q --defer-log always app b 2>/dev/null
            mkfifo app.sigstore.json; timeout 20 $R finish $(trust) $(quick) -q .; echo $?
            verify -q b; echo $?; ls *.pending.json
            """)

        #expect(run.output == "125\n0\napp.sigstore.pending.json\n", "\(run.error)")
        #expect(run.error.contains("it is not a file"))
    }

    @Test(
        "what is pending is told by a run that fails before it looks, and no bundle is called missing"
    )
    func unlooked() throws {
        let run = try signing(
            """
            sandbox; echo 2 >b; echo 3 >c; sign -q app; sign -q --defer-log always b 2>/dev/null
            sign --resume --identity-token @box/expired.token -R report app b c; echo $?
            python3 -c 'import json
            for f in json.load(open("report"))["files"]: print(f["file"], f["signed"], f["pending"])'
            """)

        #expect(
            run.output
                == "1\napp False None\nb False b.sigstore.pending.json\nc False None\n")
        #expect(run.error.contains("b, c are not signed; app: a bundle is there already"))
        #expect(run.error.contains("signed 0 of 3; 1 pending; 1 not looked at"))
        #expect(run.error.contains("b is pending"))
    }

    @Test("a copy of what is finished is finished: one entry and one signature in the registry")
    func copies() throws {
        let run = try imaging(
            """
            box; for i in 1 2; do image app v$i >/dev/null; done; mkdir one two
            sign -q --defer-log always $I:v1 2>/dev/null; cp *.pending.json one; mv *.pending.json two
            finish -q one; echo $?; sign -q $I:v2
            finish two 2>&1 | grep -c 'signed already'; entries; ls one two
            verify_image --output json $I:v1 >found
            python3 -c 'import json; print(len(json.load(open("found"))["signatures"]))'
            """)

        #expect(run.output == "0\n1\n2\none:\n\ntwo:\n1\n", "\(run.error)")
    }

    @Test(
        "nothing that is pending is logged for a registry that does not take it, and that is a no")
    func reader() throws {
        let run = try imaging(
            """
            box; image app v1 >/dev/null; sign -q --defer-log always $I:v1 2>/dev/null
            faults 'registry/blob-upload:1-=403'; finish; echo $?; entries
            faults; finish -q; echo $?; entries
            """)

        #expect(run.output == "1\n0\n0\n1\n", "\(run.error)")
        #expect(run.error.contains("need the permission to push to app"))
    }

    @Test("the same command again keeps a bundle, also with --defer-log alone")
    func deferredAgain() throws {
        let run = try signing(
            """
            sandbox; for i in 1 2; do sign -q --defer-log on-outage app; echo $?; done; entries
            sign -q --defer-log always app; echo $?; finish -q; sign --defer-log always app; echo $?
            """)

        #expect(run.output == "0\n0\n1\n0\n0\n", "\(run.error)")
    }

    @Test("what is pending of one image is kept apart: annotations, repositories, attestations")
    func statements() throws {
        let run = try imaging(
            """
            box; image app v1 >v1; echo '{}' >predicate
            for words in '--annotation a=1' '--annotation a=2' "--to ${I#oci://}-t" \\
                "--to ${I#oci://}-u"; do
                sign -q --defer-log always $words $I:v1 2>/dev/null
            done
            for type in custom https://example.com/t; do
                attest -q --predicate predicate --type $type --defer-log always $I:v1 2>/dev/null
            done
            ls *.pending.json | wc -l; finish -q; echo $?; entries
            for a in 1 2; do verify_image -q --annotation a=$a $I:v1; echo $?; done
            for to in t u; do verify_image -q --from ${I#oci://}-$to $I:v1; echo $?; done
            verify_image -q --type https://example.com/t $I:v1; echo $?
            """)

        #expect(run.output == "6\n0\n6\n0\n0\n0\n0\n0\n", "\(run.error)")
    }

    @Test("a signature that is said to be pending is there, whatever becomes of its neighbour")
    func neighbour() throws {
        let run = try imaging(
            """
            box; export LAYER=same; image app v1 >v1; image other v1 >v1
            faults 'registry/manifest-put:2-=503'
            sign -q --defer-log on-outage --report report $I:v1 ${I%/app}/other:v1 2>/dev/null; echo $?
            python3 -c '
            import json, os
            files = json.load(open("report"))["files"]
            print(sorted(file["signed"] for file in files))
            print([os.path.exists(file["pending"]) for file in files if file["pending"]])'
            faults ''; finish -q; echo $?
            verify_image -q $I:v1 && verify_image -q ${I%/app}/other:v1; echo $?; entries
            """)

        #expect(run.output == "0\n[False, True]\n[True]\n0\n0\n2\n", "\(run.error)")
    }

    @Test(
        "125: what is pending is not lost for something else, or for another name",
        arguments: [
            "attest --predicate predicate app", "sign --identity-token @box/github.token app",
            "sign --bundle app.sigstore.json other",
        ])
    func taken(words: String) throws {
        let run = try signing(
            """
            sandbox; echo '{}' >predicate; echo other >other
            sign -q --defer-log always app 2>/dev/null; sum=$(sha256sum <app.sigstore.pending.json)
            \(words) -q --defer-log always; echo $?
            [ "$(sha256sum <app.sigstore.pending.json)" = "$sum" ]; echo $?
            finish -q; echo $?; verify -q app; echo $?
            \(words) -q --defer-log always --overwrite 2>/dev/null; echo $?
            """)

        #expect(run.output == "125\n0\n0\n0\n0\n")
        #expect(run.error.contains("'app.sigstore.pending.json' is there already, "))
        #expect(run.error.contains("'retry-run finish' completes it, --overwrite replaces it"))
    }

    @Test("the same command again goes on with what is pending")
    func again() throws {
        let run = try signing(
            """
            sandbox 'rekor-v2/create:1-3=503'
            for i in 1 2; do sign -q --defer-log on-outage app 2>/dev/null; echo $?; done
            ls *.json; entries; calls fulcio certificate
            """)

        #expect(run.output == "0\n0\napp.sigstore.json\n1\n1\n")
    }

    @Test("a bundle that was made meanwhile is kept by finish, and no other entry is made")
    func doneMeanwhile() throws {
        let run = try signing(
            """
            sandbox; sign -q --defer-log always app 2>/dev/null; sign -q app
            sum=$(sha256sum <app.sigstore.json); finish; echo $?
            [ "$(sha256sum <app.sigstore.json)" = "$sum" ]; echo $?; ls *.json; entries
            """)

        #expect(run.output == "0\n0\napp.sigstore.json\n1\n")
    }

    @Test(
        "125: another bundle is not replaced by finish, unless its command had --overwrite",
        arguments: ["", "--overwrite"])
    func anotherBundle(option: String) throws {
        let run = try signing(
            """
            sandbox; echo other >other
            sign -q --defer-log always \(option) app other 2>/dev/null
            $R sign -q $(trust) --identity-token @box/github.token app; echo '{}' >other.sigstore.json
            sum=$(sha256sum <app.sigstore.json); finish; echo $?
            [ "$(sha256sum <app.sigstore.json)" = "$sum" ]; echo $?; ls *.json; entries
            verify -q app && verify -q other; echo $?
            """)

        if option.isEmpty {
            #expect(
                run.output
                    == "125\n0\napp.sigstore.json\napp.sigstore.pending.json\n"
                    + "other.sigstore.json\nother.sigstore.pending.json\n1\n1\n")
            #expect(
                run.error.contains(
                    "'app.sigstore.json' already exists and cannot be kept: "))
            #expect(run.error.contains("; delete it, or 'app.sigstore.pending.json'"))
        } else {
            #expect(run.output == "0\n1\napp.sigstore.json\nother.sigstore.json\n3\n0\n")
        }
    }

    @Test(
        "125: what is pending has a place of its own",
        arguments: [
            "sign --report app.sigstore.pending.json app", "attest --predicate predicate app",
            "sign app",
        ])
    func place(words: String) throws {
        let run = try signing(
            """
            sandbox
            case '\(words)' in *report*) ;; *) echo '{}' >app.sigstore.pending.json;; esac
            words='\(words)'; words=${words/ predicate/ app.sigstore.pending.json}
            for option in '--defer-log always' --resume; do $words $option; echo $?; done
            ls; cat app.sigstore.pending.json 2>/dev/null; calls fulcio certificate
            """)
        let there = words.contains("report") ? "" : "app.sigstore.pending.json\n"

        #expect(
            run.output
                == "125\n125\napp\n\(there)box\n\(there.isEmpty ? "" : "{}\n")0\n")
        #expect(run.error.contains("app.sigstore.pending.json'"))
    }

    @Test("125: the report of finish is neither what is pending, nor a bundle, nor what was signed")
    func reportOfFinish() throws {
        let run = try signing(
            """
            sandbox; sign -q --defer-log always app 2>/dev/null
            for report in app.sigstore.pending.json app.sigstore.json app; do
                finish --report $report; echo $?
            done
            finish -q; echo $?; verify -q app; echo $?
            """)

        #expect(run.output == "125\n125\n125\n0\n0\n")
    }

    @Test("125: an attestation that is pending is not lost for one with another predicate")
    func predicate() throws {
        let run = try signing(
            """
            sandbox; echo '{"a": 1}' >one; echo '{"a": 2}' >two
            attest -q --predicate one --defer-log always app 2>/dev/null
            attest -q --predicate two --resume app; echo $?
            attest -q --predicate one --resume app; echo $?; entries
            """)

        #expect(run.output == "125\n0\n1\n")
        #expect(run.error.contains("is there already, of something else"))
    }

    @Test("125: what waits for somebody to write is no pending signature, and holds nobody up")
    func fifo() throws {
        let run = try signing(
            """
            sandbox; sign -q --defer-log always app 2>/dev/null; mkfifo z.sigstore.pending.json
            finish; echo $?; ls *.json; echo z >z; sign -q --resume z; echo $?
            """)

        #expect(run.output == "125\napp.sigstore.json\nz.sigstore.pending.json\n125\n")
        #expect(run.error.contains("'z.sigstore.pending.json': it is not a file"))
    }

    @Test("of several that cannot be finished each reason is told, and is in the report")
    func reasons() throws {
        let run = try signing(
            """
            sandbox; for name in a b c; do echo $name >$name; done
            sign -q --defer-log always a b c 2>/dev/null; echo more >>a; echo more >>b
            finish --report report; echo $?; ls *.sigstore.json
            python3 -c '
            import json
            for file in json.load(open("report"))["files"]: print(file["message"])'
            """)

        #expect(
            run.output
                == "1\nc.sigstore.json\n'a' has changed since it was signed; sign it anew\n"
                + "'b' has changed since it was signed; sign it anew\nNone\n")
        for name in ["a", "b"] { #expect(run.error.contains("'\(name)' has changed since")) }
    }

    @Test("what is pending of a file that has changed since goes with the next --resume")
    func outdated() throws {
        let run = try signing(
            """
            sandbox; sign -q --defer-log always app 2>/dev/null; echo more >>app; sign -q app
            sign -q --resume app; echo $?; ls *.json; finish -q; echo $?
            """)

        #expect(run.output == "0\napp.sigstore.json\n0\n")
    }

    @Test("125: --bundle of an image replaces nothing unasked")
    func bundleOfImage() throws {
        let run = try imaging(
            """
            box; image app v1 >v1; image app v2 >v2
            sign -q --bundle b.sigstore.json $I:v1; sum=$(sha256sum <b.sigstore.json)
            sign -q --bundle b.sigstore.json --resume $I:v2; echo $?
            sign -q --bundle b.sigstore.json $I:v1; echo $?
            [ "$(sha256sum <b.sigstore.json)" = "$sum" ]; echo $?; entries
            """)

        #expect(run.output == "125\n125\n0\n1\n")
        #expect(
            run.error.contains(
                "'b.sigstore.json' already exists and cannot be kept: it is not of a signature in the "
                    + "registry; --overwrite replaces it"))
        #expect(run.error.contains("'b.sigstore.json' already exists; --overwrite replaces it"))
    }

    @Test("the signature of an image that is kept nowhere is printed when its push fails")
    func unpushed() throws {
        let run = try imaging(
            """
            box; image app v1 >v1; faults 'registry/manifest-put:1-=503'
            sign --report report $I:v1; echo $?
            python3 -c 'import json; print(json.load(open("report"))["files"][0]["signed"])'
            """)

        #expect(run.output == "69\nFalse\n")
        #expect(run.error.contains("is not pushed; its bundle follows"))
        #expect(run.error.contains("\"dsseEnvelope\":"))
        #expect(run.error.contains("with --resume the signature is kept"))
    }

    @Test("an image of several names is signed once, and so is one in an index beside it")
    func names() throws {
        let run = try imaging(
            """
            box; export LAYER=same; a=$(image app v1); image app latest >same; image app all $a >all
            sign $I:v1 $I:latest; echo $?; entries
            sign --recursive $I:all $I:v1; echo $?; entries
            """)

        #expect(run.output == "0\n1\n0\n2\n")
        #expect(run.error.contains(", which is signed already"))
    }

    @Test("what is pending with a log entry is not finished without one, nor the other way round")
    func otherLog() throws {
        let run = try imaging(
            """
            box; image app v1 >/dev/null; sign -q --defer-log always app
            sign --no-log --resume app; echo $?; entries
            sign -q --no-log --resume --overwrite app; echo $?; entries; ls app*
            faults 'registry/manifest-put:1-=503'; sign -q --no-log --resume $I:v1; echo $?; faults
            sign --resume $I:v1; echo $?; entries; finish -q; echo $?; sign -q $I:v1; entries
            """)

        #expect(
            run.output == "125\n0\n0\n0\napp\napp.sigstore.json\n69\n125\n0\n0\n1\n",
            "\(run.error)")
        #expect(run.error.contains("is there already, to be signed with a log entry"))
        #expect(run.error.contains("is there already, to be signed without a log entry"))
    }

    @Test("what is pending for another version of the log than is asked for is not taken for that")
    func otherVersion() throws {
        let run = try signing(
            """
            LOG=1; sandbox; export COSIGN_PASSWORD=; $R generate-key-pair -q
            sign() {
                $R sign -q $(quick) --trust-config box/client_trust_config.json --key cosign.key \
                    --resume "$@" app; echo $?
            }
            faults "rekor-v1/create:1-=503"; sign --rekor-version 1; ls app*; faults
            sign --rekor-version 2; sign; ls app*; calls rekor-v1 create; calls rekor-v2 total
            """)

        #expect(
            run.output == """
                69
                app
                app.sigstore.pending.json
                125
                0
                app
                app.sigstore.json
                1
                0

                """, "\(run.error)")
        #expect(run.error.contains("to be signed with an entry in a log of Rekor v1"))
    }

    @Test("a file that changes meanwhile is neither finished nor left pending", arguments: [1, 2])
    func changed(log: Int) throws {
        let run = try signing(
            """
            LOG=\(log); sandbox; v=rekor-v$LOG; export COSIGN_PASSWORD=; $R generate-key-pair -q
            sign() { $R sign $(trust) $(quick) --key cosign.key "$@"; }
            meanwhile() {
                echo one >j; "$@" -d 2s j & pid=$!
                until [ "$(calls $service 2>&- || echo 0)" -ge 1 ]; do sleep 0.02; done
                echo two >j; wait $pid; echo $? j*
            }
            echo one >j; sign -q --defer-log always j; faults "$v/create:1=503"
            service="$v create"; meanwhile finish; rm j.*
            faults "tsa/timestamp:1=503"; service="tsa timestamp"; meanwhile sign --defer-log always
            faults "$v/create:1-=503"; service="$v create"; meanwhile sign --defer-log on-outage
            """)

        #expect(run.output == "1 j j.sigstore.pending.json\n1 j\n1 j\n", "\(run.error)")
        #expect(run.error.contains("'j' has changed while it was signed; sign it again"))
    }

    @Test("nothing is sent of what the trust does not know, and a link is no second pending file")
    func unknownTrust() throws {
        let run = try signing(
            """
            sandbox; mkdir d other; cp app d/app; sign -q --defer-log always d/app
            exec 7> >(exec "$B/sigstore-sandbox" --folder other/box --until-input-ends >/dev/null)
            while [ ! -e other/box/ready ]; do sleep 0.01; done
            $R finish --trust-config other/box/client_trust_config_v2.json -d 1ms d; echo $?; entries
            ln -s app.sigstore.pending.json d/a.sigstore.pending.json; ln -s d/a.sigstore.pending.json .
            finish -q d; echo $?; entries; ls d; sign -q --overwrite --defer-log always d/app
            finish -q a.sigstore.pending.json; echo $?; entries; ls d
            """)

        #expect(
            run.output == """
                1
                0
                0
                1
                a.sigstore.pending.json
                app
                app.sigstore.json
                0
                2
                a.sigstore.pending.json
                app
                app.sigstore.json

                """, "\(run.error)")
    }
}
