import Testing

@Suite("The trust to sign by")
struct SignTrustTests {
    /// With a TUF repository that has the sandbox's trusted root and signing config.
    private func signingWithRepository(_ script: String) throws -> WrapperProcess {
        try signing(
            """
            \(repositoryFunctions)
            sandbox; cp box/signing_config_v1.json signing-config.json
            V=box; cp box/trusted_root.json box/trusted-root.json; sign_all
            tuf() {
                $R sign --tuf-url "$SCHEME://127.0.0.1:$port" --tuf-root root.json $(quick) -q \\
                    --identity-token @box/email.token --overwrite "$@" app
            }
            \(script)
            stop 2>/dev/null; true
            """)
    }

    @Test(
        "trusted root and signing config come by TUF, each call tried again, and the report tells")
    func refresh() throws {
        let run = try signingWithRepository(
            """
            serve 2; tuf -R report; echo $?; LOG=1; entries
            $R verify -q $(trust) --certificate-identity maintainer@example.com \\
                --certificate-oidc-issuer "$(ready email-issuer)" app; echo $?
            python3 -c 'import json
            phase = json.load(open("report"))["phases"][0]
            print(phase["phase"], [attempt["verdict"] for attempt in phase["attempts"][:3]])'
            """)

        #expect(run.output == "0\n1\n0\ntrust ['retry', 'retry', 'success']\n", "\(run.error)")
    }

    @Test("a repository that is down is UNAVAILABLE, one that was asked in time will do")
    func outage() throws {
        let run = try signingWithRepository(
            """
            serve 9; tuf; echo $?; stop
            serve; tuf; echo $?; stop; tuf; echo $?; tuf --offline; echo $?
            LOG=1; entries
            """)

        #expect(run.output == "69\n0\n0\n0\n3\n")
        #expect(run.error.contains("(trust, UNAVAILABLE)"))
    }

    @Test("files are enough, and then nothing is fetched; one alone is not")
    func files() throws {
        let run = try signing(
            """
            sandbox; token='--identity-token @box/email.token'
            $R sign -q --trusted-root box/trusted_root.json --signing-config box/signing_config.json \\
                $token app; echo $?; entries
            $R sign --trusted-root box/trusted_root.json $token --overwrite app; echo $?
            sign --signing-config box/signing_config.json --overwrite app; echo $?
            $R sign --trusted-root box/signing_config.json --signing-config box/signing_config.json \\
                $token --overwrite app; echo $?
            """)

        #expect(run.output == "0\n1\n125\n125\n125\n")
        #expect(run.error.contains("--trusted-root needs --signing-config beside it"))
        #expect(run.error.contains("--trust-config and --signing-config are mutually exclusive"))
        #expect(run.error.contains("'box/signing_config.json' is not a trusted root"))
    }

    @Test("a version of Rekor can be asked for, where the instance has it")
    func version() throws {
        let run = try signing(
            """
            sandbox; both() {
                $R sign -q --trust-config box/client_trust_config.json --overwrite \\
                    --identity-token @box/email.token "$@" app; echo $?
            }
            both; both --rekor-version 1; calls rekor-v1 create; calls rekor-v2 create
            both --rekor-version 3; both --rekor-version 2 --no-log; LOG=1
            sign --rekor-version 2 --overwrite app; echo $?
            both --no-log --no-timestamp; calls fulcio total
            """)

        #expect(run.output == "0\n0\n1\n1\n125\n125\n125\n125\n2\n")
        #expect(run.error.contains("--rekor-version '3': expected 1 or 2"))
        #expect(run.error.contains("the signing config has no log of Rekor v2"))
        #expect(run.error.contains("there is no timestamp authority, so that nothing would show"))
    }

    @Test("services that the trusted root does not vouch for end it, and nothing is written")
    func otherInstance() throws {
        let run = try signing(
            """
            sandbox; mv box first; exec 9>&8; sandbox
            $R sign --trusted-root first/trusted_root.json --signing-config box/signing_config.json \\
                --identity-token @box/email.token app; echo $?
            entries; ls
            """)

        #expect(run.output.hasPrefix("1\n0\napp\nbox\nfirst\n"), "\(run.output) \(run.error)")
        #expect(run.error.contains("(certificate, REFUSED)"))
    }
}
