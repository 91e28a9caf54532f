import Testing

@Suite("Another service")
struct FallbackTests {
    private static let both =
        "trust() { echo --trust-config box/client_trust_config.json; }; "

    @Test("without the option a dead log ends the run, and the other version is not asked")
    func never() throws {
        let run = try signing(
            Self.both
                + "sandbox 'rekor-v2/create:1-=503'; sign app; echo $?; calls rekor-v1 total; ls")

        #expect(run.output == "69\n0\napp\nbox\n")
    }

    @Test(
        "with it the other version takes the entry; stderr, report, annotation and summary say so")
    func fallback() throws {
        let run = try signing(
            Self.both + """
                sandbox 'rekor-v2/create:1-=503'; export GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=summary
                sign -q --identity-token @box/email.token --log-fallback -R report app; echo $?
                verify -q app; echo $?; calls rekor-v1 create
                python3 -c '
                import json
                ready = json.load(open("box/ready"))
                fallback = json.load(open("report"))["files"][0]["fallback"]
                print(fallback == {"from": ready["rekor-v2"], "to": ready["rekor-v1"]})'
                grep -c 'rekor\\|fallback\\|instead' summary
                """)

        #expect(run.output.hasPrefix("0\n0\n1\nTrue\n"))
        #expect(!run.output.hasSuffix("\n0\n"))
        #expect(run.error.contains("retry-run: warning: "))
        #expect(run.error.contains("instead of"))
        #expect(run.error.contains("::warning title=retry-run::"))
    }

    @Test("where both versions are down, what is pending is for the one that takes it at any time")
    func bothDown() throws {
        let run = try signing(
            Self.both + """
                sandbox 'rekor-v2/create:1-=refuse' 'rekor-v1/create:1-=refuse'
                sign -q --log-fallback --defer-log on-outage -R report app; echo $?
                field report result; ask clock 900 >/dev/null; faults ''
                finish -q app; echo $?; verify -q app; echo $?
                calls rekor-v2 create; calls rekor-v1 create
                """)

        #expect(run.output == "0\npending\n0\n0\n1\n0\n", "\(run.error)")
    }

    @Test(
        "a log that was turned away from is asked again by the next run, and for what it may have")
    func turnedBack() throws {
        let run = try signing(
            Self.both + """
                sandbox 'rekor-v2/create:1-3=commit-then-drop' 'rekor-v1/create:1-=refuse'
                sign -q --log-fallback --resume app; echo $?
                faults 'rekor-v1/create:1-=refuse'; sign -q --log-fallback --resume app; echo $?
                verify -q app; echo $?; entries
                """)

        #expect(run.output == "69\n0\n0\n1\n", "\(run.error)")
    }

    @Test("where nothing fails the option changes nothing")
    func notNeeded() throws {
        let run = try signing(
            Self.both + """
                sandbox; sign -q --log-fallback -R report app; echo $?; calls rekor-v1 total
                python3 -c 'import json; print(json.load(open("report"))["files"][0]["fallback"])'
                """)

        #expect(run.output == "0\n0\nNone\n")
        #expect(run.error == "")
    }

    @Test("another timestamp authority stands in, and another operator's log of the same version")
    func otherOperators() throws {
        let run = try signing(
            """
            sandbox --second=tsa --second=rekor-v2 'tsa:1-=503' 'rekor-v2/create:1-=frozen'
            sign -q app; echo $?; verify -q app; echo $?; calls tsa-2 timestamp
            calls rekor-v2-2 create
            """)

        #expect(run.output == "0\n0\n1\n1\n")
    }

    @Test(
        "a log that has surely not got the entry is replaced by another operator's",
        arguments: ["429", "no-upstream"], [1, 2])
    func turnedAway(fault: String, log: Int) throws {
        let run = try signing(
            """
            LOG=\(log); sandbox --second=rekor-v$LOG rekor-v$LOG/create:1-=\(fault)
            sign -q app; echo $?; verify -q app; echo $?; entries; calls rekor-v$LOG-2 create
            """)

        #expect(run.output == "0\n0\n0\n1\n", "\(run.error)")
    }

    @Test("so is one that cannot be reached", arguments: [1, 2])
    func unreachable(log: Int) throws {
        let run = try signing(
            """
            LOG=\(log); sandbox --second=rekor-v$LOG
            sed -i "s#$(ready rekor-v$LOG)\\b#$SCHEME://127.0.0.1:9#" box/signing_config_v$LOG.json
            trust() { echo --trusted-root box/trusted_root.json --signing-config box/signing_config_v$LOG.json; }
            sign -q app; echo $?; calls rekor-v$LOG total; calls rekor-v$LOG-2 create
            """)

        #expect(run.output == "0\n0\n1\n", "\(run.error)")
    }

    @Test("a log of Rekor v1 that may have the entry is asked, and replaced if it has not")
    func searched() throws {
        let run = try signing(
            """
            LOG=1; sandbox --second=rekor-v1 'rekor-v1/create:1-=503'
            sign -q app; echo $?; verify -q app; echo $?; entries; calls rekor-v1-2 create
            cp app b; faults 'rekor-v1/create:1-3=commit-then-drop'
            sign -q b; echo $?; verify -q b; echo $?; entries; calls rekor-v1-2 create
            cp app c; faults 'rekor-v1:1-=503'
            sign -q c; echo $?; calls rekor-v1-2 create
            """)

        #expect(run.output == "0\n0\n0\n1\n0\n0\n1\n0\n69\n0\n", "\(run.error)")
    }

    @Test("a log of Rekor v2 that may have the entry is not replaced")
    func perhapsLogged() throws {
        let run = try signing(
            """
            sandbox --second=rekor-v2 'rekor-v2/create:1-=503'
            sign -q app; echo $?; calls rekor-v2-2 total
            """)

        #expect(run.output == "69\n0\n")
        #expect(run.error.contains("the log may have the entry all the same"))
    }

    @Test("a lost answer behind one address of two logs is found in the log that has it")
    func alias() throws {
        let run = try signing(
            """
            sandbox --second=rekor-v2 --alias
            for n in 1 2 3 4 5 6; do
                faults 'rekor-v2-alias/create:1=commit-then-drop'; echo $n >f$n
                sign -q f$n; echo $?; verify -q f$n; echo $?
            done | sort | uniq -c
            ask calls | python3 -c '
            import json, sys
            entries = json.load(sys.stdin)["entries"]
            print(entries["rekor-v2"] + entries["rekor-v2-2"] - 10)'
            """)

        #expect(run.output == "     12 0\n6\n")
    }
}
