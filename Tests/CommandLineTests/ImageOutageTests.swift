import Testing

@Suite("Images whose registry is down, refuses, or whose run is killed")
struct ImageOutageTests {
    @Test(
        "a registry that stays down leaves a pending file and 0; finish pushes without another entry"
    )
    func onOutage() throws {
        let run = try imaging(
            """
            box; image app v1 >v1; export GITHUB_ACTIONS=true
            faults 'registry/manifest-put:1-=503'
            sign --defer-log on-outage -R report $I:v1; echo $?
            field report result; ls *.sigstore.pending.json | wc -l; entries
            finish; echo $?; ls *.sigstore.pending.json | wc -l
            faults; finish -q; echo $?; ls | grep -c pending; entries
            verify_image $I:v1 >yes; echo $?; calls tsa timestamp
            """)

        #expect(run.output == "0\npending\n1\n1\n69\n1\n0\n0\n1\n0\n0\n")
        #expect(run.error.contains("is pending, not in its registry yet; 'retry-run finish'"))
        #expect(run.error.contains("::warning title=retry-run::oci://"))
        #expect(run.error.contains("signed, and the signature is not pushed"))
    }

    @Test(
        "a registry that asks for more time than there is ends all images at once, each with that reason"
    )
    func longRetryAfter() throws {
        let run = try imaging(
            """
            box; for v in 1 2 3 4; do image app v$v >/dev/null; done
            faults 'registry/manifest-get:2=429:3600'; SECONDS=0
            sign -R report $I:v{1..4}; echo $?; [ $SECONDS -lt 60 ]; echo $?; field report result
            calls registry manifest-get
            """)

        #expect(run.output.hasPrefix("124\n0\ntimeout\n"), "\(run.output)\(run.error)")
        for tag in 2...4 { #expect(run.error.contains("app:v\(tag)"), "\(run.error)") }
        #expect(run.error.contains("429"))
    }

    @Test(
        "a run that is ended while images are looked up has its report",
        arguments: ["sign", "attest"])
    func endedEarly(verb: String) throws {
        let run = try imaging(
            """
            box; image app v1 >/dev/null; echo '{}' >p
            words() { [ \(verb) = sign ] || echo --predicate p --type https://a.example/t; }
            faults 'registry/manifest-get:1-=hang'
            \(verb) -q -t 5s -T 500ms $(words) -R late $I:v1; echo $?; field late result
            faults 'registry/manifest-get:1-=hang'
            $R \(verb) -q $(trust) --identity-token @box/email.token $(words) -R stopped $I:v1 &
            until [ "$(calls registry manifest-get 2>&- || echo 0)" -ge 1 ]; do sleep 0.02; done
            kill -TERM $!; wait $!; field stopped result
            """)

        #expect(run.output == "124\ntimeout\ncancelled\n", "\(run.error)")
        #expect(run.error.contains("app:v1 is not signed: the deadline is over"))
    }

    @Test(
        "killed between the entries and the pushes, neither form gets a second entry",
        arguments: ["resume", "finish"])
    func killed(way: String) throws {
        let run = try imaging(
            """
            LOG=1; box --registry-without-referrers; image app v1 >v1
            faults 'registry/manifest-put:1-=hang'
            $R sign -q $(trust) --identity-token @box/email.token --legacy --resume $I:v1 & process=$!
            until [ "$(calls registry manifest-put)" -gt 1 ]; do sleep 0.05; done
            kill -KILL $process; wait $process 2>/dev/null
            ls *.sigstore.pending.json | wc -l; entries
            faults
            case \(way) in
                resume) sign -q --legacy --resume $I:v1; echo $?;;
                finish) finish -q; echo $?;;
            esac
            ls | grep -c pending; entries
            verify_image $I:v1 --output json | grep -o '"form":"[a-z-]*","identity"' | sort | uniq -c | tr -s ' '
            """)

        #expect(
            run.output == """
                2
                2
                0
                0
                2
                 1 "form":"bundle","identity"
                 1 "form":"simple-signing","identity"

                """)
    }

    @Test("an attestation that is pushed in two forms and killed has one entry")
    func killedAttestation() throws {
        let run = try imaging(
            """
            LOG=1; box --registry-without-referrers; image app v1 >v1; echo '{"a": 1}' >predicate
            faults 'registry/manifest-put:3-=hang'
            $R attest -q $(trust) --identity-token @box/email.token --predicate predicate --legacy \\
                --resume $I:v1 & process=$!
            until [ "$(calls registry manifest-put)" -gt 2 ]; do sleep 0.05; done
            kill -KILL $process; wait $process 2>/dev/null
            faults; finish -q; echo $?; entries
            verify_image $I:v1 --type custom --output json | grep -o '"form":"[a-z-]*","identity"'
            """)

        #expect(
            run.output
                == "0\n1\n\"form\":\"bundle\",\"identity\"\n\"form\":\"envelope\",\"identity\"\n")
    }

    @Test("while the registry is down one push of twenty asks, and then all of them are pushed")
    func outage() throws {
        let run = try imaging(
            """
            box; for n in $(seq 20); do image app v$n >digest; images+=($I:v$n); done
            faults 'registry/blob-head:1-=503'
            sign -q -a 1000 -d 100ms --parallel 8 -R report "${images[@]}" & process=$!
            until [ "$(calls registry blob-head)" -gt 9 ]; do sleep 0.05; done
            faults; wait $process; echo $? $(entries)
            python3 -c '
            import json
            report = json.load(open("report"))
            def phases(name): return [phase for phase in report["phases"] if phase["phase"] == name]
            print(sum(sum(bool(attempt["class"]) for attempt in push["attempts"]) > 1
                      for push in phases("push")))
            for name in "certificate", "timestamp", "log":
                print(sum(len(phase["attempts"]) for phase in phases(name)))
            print(sum(bool(file["pushed"]) for file in report["files"]))'
            """, limit: .seconds(300))

        #expect(run.output == "0 20\n1\n1\n20\n20\n20\n", "\(run.error)")
    }

    @Test("what a registry refuses of one image is told with its name, and the others are signed")
    func refusedOne() throws {
        let run = try imaging(
            """
            box; image app v1 >v1; image app v2 >v2
            sign $I:v1 $I:none $I:v2; echo $?
            for tag in v1 v2; do verify_image $I:$tag >yes; echo $?; done
            a=$(image app a); b=$(image app b); image app all $a $b >all
            faults 'registry/manifest-get:2=wrong'
            sign --recursive -R report $I:all 2>error; echo $?
            grep -c "error: $I@${a%=*}: .* gives something else" error
            grep -c 'signed 2 of 3' error; faults
            for tag in a b all; do verify_image $I:$tag >yes; echo $?; done
            sign $I:none $I:neither; echo $? $(calls fulcio certificate)
            """)

        #expect(run.output == "1\n0\n0\n1\n1\n1\n1\n0\n0\n1 0\n", "\(run.error)")
        #expect(run.error.contains("has no"))
    }

    @Test(
        "of sixteen signers at once on a registry without referrers nobody is lost, round after round"
    )
    func manySigners() throws {
        let run = try imaging(
            """
            box --registry-without-referrers
            for round in 1 2 3; do
                image app v$round >digest; codes=()
                for n in $(seq 16); do sign -q $I:v$round & codes+=($!); done
                for process in "${codes[@]}"; do wait $process || echo "exit code $?"; done
                verify_image $I:v$round --output json | grep -o '"form":"bundle","identity"' | wc -l
            done
            """, limit: .seconds(240))

        #expect(run.output == "16\n16\n16\n", "\(run.error)")
    }
}
