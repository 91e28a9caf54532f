import Testing

/// The same command again after a run that was cut.
@Suite("Again after half")
struct SkipSignedTests {
    @Test("several files: what is signed already is kept and told, the rest is signed")
    func batch() throws {
        let run = try signing(
            """
            sandbox; for i in 1 2 3; do echo $i >f$i; done
            sign -q f1 f2; before=$(sha256sum f1.sigstore.json f2.sigstore.json)
            sign -R rep f1 f2 f3 2>log; echo $?; entries
            [ "$before" = "$(sha256sum f1.sigstore.json f2.sigstore.json)" ]; echo $?
            grep -c 'f[12] is signed already as maintainer@example.com, entry .*; kept f' log
            grep -c '^retry-run: signed f3' log; verify -q f3; echo $?
            python3 -c 'import json; r = json.load(open("rep"))
            print(r["result"], [f["kept"] for f in r["files"]], all(f["signed"] for f in r["files"]))'
            sign -q f1 f2 f3; echo $?; entries; sign -q --overwrite f1 f2; entries
            """)

        #expect(
            run.output == """
                0
                3
                0
                2
                1
                0
                signed [True, True, False] True
                0
                3
                5

                """, "\(run.error)")
    }

    @Test("one file: an error as ever, and --skip-signed keeps its bundle")
    func single() throws {
        let run = try signing(
            """
            sandbox; sign -q app
            sign -q app; echo $?; sign -q --skip-signed app; echo $?
            sign -q --skip-signed -b app.sigstore.json - <app; echo $?
            sign -q --skip-signed -b new.json app; echo $?; entries
            sign --skip-signed --overwrite app; echo $?; sign --skip-signed -b - app; echo $?
            sign -q --skip-signed --expect-identity maintainer@example.com \\
                --expect-issuer "$(ready email-issuer)" app; echo $?
            """)

        #expect(run.output == "125\n0\n0\n0\n2\n125\n125\n0\n", "\(run.error)")
        #expect(run.error.contains("--skip-signed and --overwrite are mutually exclusive"))
    }

    @Test(
        "a bundle of another content, another name or another kind, or none at all, is an error, and nothing is signed"
    )
    func others() throws {
        let run = try signing(
            """
            sandbox; echo 2 >f2; export COSIGN_PASSWORD=; $R generate-key-pair -q
            b=app.sigstore.json; again() { "$@" --skip-signed app; echo $? $(entries); rm -f $b; }
            sign -q -b $b f2; again sign
            sign -q app; echo changed >>app; again sign
            $R sign -q $(trust) $(quick) --identity-token @box/github.token app; again sign
            sign_key -q --key cosign.key app; again sign
            sign -q app; again sign_key --key cosign.key
            sign -q --no-log app; again sign
            attest -q --predicate f2 app; again sign
            echo '{}' >$b; again sign; : >$b; again sign
            sign -q app; sign app f2 >/dev/null; echo $?; ls *.json
            """, limit: .seconds(240))
        let lines = run.output.split(separator: "\n")

        #expect(
            lines.map { $0.prefix(3) }.dropLast(2)
                == Array(repeating: "125", count: 9)[...] + ["0"], "\(run.output) \(run.error)")
        #expect(run.error.contains("already exists and cannot be kept: "))
        #expect(run.error.contains("--overwrite replaces it"))
    }

    @Test("under a key, without services, and for an attestation whatever the time that it tells")
    func kinds() throws {
        let run = try signing(
            """
            sandbox; export COSIGN_PASSWORD=; $R generate-key-pair -q
            offline() { $R sign -q --key cosign.key --no-log --no-timestamp --skip-signed "$@"; }
            offline app; before=$(sha256sum app.sigstore.json); offline app; echo $?
            [ "$before" = "$(sha256sum app.sigstore.json)" ]; echo $?; rm app.sigstore.json
            echo text >p; echo other >q; attest -q --predicate p app; sleep 1
            attest --skip-signed --predicate p app; echo $?
            attest -q --skip-signed --predicate q app; echo $?
            attest -q --skip-signed --predicate p --type https://x.example/y app; echo $?; entries
            """)

        #expect(run.output == "0\n0\n0\n125\n125\n1\n", "\(run.error)")
        #expect(run.error.contains("app is signed already as maintainer@example.com"))
    }
}
