import Testing

@Suite("What is here is judged before anything is fetched: sign and attest")
struct SignOrderTests {
    /// The repository does not answer, and counts who asks. `jwt CLAIM=VALUE…` makes a token that ends
    /// tomorrow.
    private func offTheNet(_ script: String) throws -> WrapperProcess {
        try signing(
            """
            \(repositoryFunctions)
            echo '{}' >trusted-root.json; V=.; sign_all; serve 999
            jwt() {
                python3 -c 'import base64, json, sys, time
            claims = {"iss": "https://issuer.example", "sub": "s", "aud": "sigstore", "nbf": 0,
                      "exp": time.time() + 86400}
            claims.update(word.split("=") for word in sys.argv[1:])
            claims["exp"] = float(claims["exp"])
            def part(value): return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().strip("=")
            print(part({"alg": "none"}), part(claims), "AAAA", sep=".")' "$@"
            }
            jwt >good.token; jwt exp=1600000000 >old.token; jwt aud=other >other.token; echo x >bad.token
            echo '{"a": 1}' >predicate.json
            run() {
                local verb=$1; shift
                $R $verb --tuf-url "http://127.0.0.1:$port" --tuf-root root.json -a 1 "$@" 8>&-
                echo $?
            }
            T='--identity-token @good.token'
            \(script)
            echo "calls: $(cat requests 2>/dev/null | wc -l)"; ls *.sigstore.json 2>/dev/null
            stop 2>/dev/null; true
            """)
    }

    @Test(
        "a local fault is told as itself, and nobody is asked",
        arguments: [
            ("sign $T none", 125, "cannot read 'none'"),
            ("sign $T app none", 125, "cannot read 'none'"),
            ("sign app --identity-token @none", 125, "cannot read the file of --identity-token"),
            ("sign app --identity-token @bad.token", 1, "malformed identity token"),
            ("sign app --identity-token notatoken", 1, "malformed identity token"),
            ("sign app --identity-token @old.token", 1, "the identity token expired at 2020"),
            ("sign app --identity-token @other.token", 1, "is for 'other', not for 'sigstore'"),
            ("sign app $T --expect-identity a@b.c", 1, "expected the identity 'a@b.c'"),
            ("sign app $T --expect-issuer https://b.c", 1, "expected the issuer 'https://b.c'"),
            ("sign app --key none", 125, "cannot read the file of --key"),
            ("sign app --key app", 125, "--key: the file has no usable key"),
            ("sign app $T --signing-config none", 125, "cannot read 'none'"),
            ("sign app $T --signing-config app", 125, "'app' is not a signing config"),
            ("sign app $T --oidc-issuer nowhere://x", 125, "--oidc-issuer: "),
            ("sign app $T --bundle none/b", 125, "none/b"),
            ("sign app $T --rekor-version 3", 125, "--rekor-version '3'"),
            ("sign app $T --attempts x", 125, "'x'"),
            ("sign app $T --legacy", 125, "--to and --legacy are for images"),
            ("sign oci://Up/Case $T", 125, "'oci://Up/Case' does not name an image: "),
            (
                "finish app.sigstore.pending.json $T", 125,
                "cannot read 'app.sigstore.pending.json'"
            ),
            ("sign app $T --cacert none", 125, "cannot read 'none'"),
            ("sign-blob app $T --bundle b --rekor-url http://log.example", 125, "--rekor-url: "),
            ("sign-blob app $T --bundle b --fulcio-url ''", 125, "--fulcio-url: "),
            (
                "sign-blob app $T --bundle b --timestamp-server-url a://b", 125,
                "--timestamp-server-url: "
            ),
            ("attest app $T --bundle b --predicate none", 125, "cannot read 'none'"),
            (
                "attest app $T --bundle b --predicate bad.token --type slsaprovenance", 125,
                "--predicate 'bad.token'"
            ),
            ("attest app $T --bundle b --predicate predicate.json --type x", 125, "--type 'x'"),
            (
                "attest app $T --bundle b --statement predicate.json", 125,
                "not an in-toto statement"
            ),
            ("attest none $T --bundle b --predicate predicate.json", 125, "cannot read 'none'"),
            ("attest app $T --bundle b", 125, "say what to attest"),
        ])
    func local(words: String, code: Int32, message: String) throws {
        let run = try offTheNet("run \(words)")

        #expect(run.output == "\(code)\ncalls: 0\n", "\(run.error)")
        #expect(run.error.contains(message), "\(run.error)")
    }

    @Test("of the options of trust nothing is left for later, needed or not")
    func trust() throws {
        let run = try offTheNet(
            """
            COSIGN_PASSWORD= $R generate-key-pair -q; export COSIGN_PASSWORD=
            plain() { $R sign app --key cosign.key --no-log --no-timestamp "$@"; echo $?; }
            plain --trusted-root none; plain --trusted-root app; plain --trust-config none
            plain --tuf-url x://y --tuf-root root.json
            plain --tuf-url http://127.0.0.1:$port --tuf-root app
            $R sign app $T --trusted-root none --signing-config app; echo $?
            """)

        #expect(run.output == String(repeating: "125\n", count: 6) + "calls: 0\n", "\(run.error)")
    }

    @Test("a key that needs neither log nor timestamp signs without a call")
    func keyAlone() throws {
        let run = try offTheNet(
            """
            COSIGN_PASSWORD= $R generate-key-pair -q; export COSIGN_PASSWORD=
            run sign app -q --key cosign.key --no-log --no-timestamp
            """)

        #expect(run.output == "0\ncalls: 0\napp.sigstore.json\n", "\(run.error)")
    }

    @Test("a token that is read from a pipe is read once")
    func pipe() throws {
        let run = try signing(
            "sandbox; $R sign -q $(trust) --identity-token @<(cat box/email.token) app; echo $?")

        #expect(run.output == "0\n", "\(run.error)")
    }

    @Test(
        "a repository that forges ends a signing with 1, phase and class trust, whatever is cached")
    func forged() throws {
        let run = try signing(
            """
            \(repositoryFunctions)
            sandbox; cp box/signing_config_v1.json signing-config.json
            V=box; cp box/trusted_root.json box/trusted-root.json; sign_all timestamp=2; serve
            tuf() {
                $R sign --tuf-url "http://127.0.0.1:$port" --tuf-root root.json $(quick) -q \\
                    --identity-token @box/email.token --overwrite "$@" app; echo $?
            }
            tuf; sign_all timestamp=1; tuf -R report; grep -o '"class":"trust"' report | head -n 1
            LOG=1; entries; calls fulcio certificate; stop; true
            """)

        #expect(run.output == "0\n1\n\"class\":\"trust\"\n1\n1\n", "\(run.error)")
        #expect(run.error.contains("to version 1, trusted version is 2 (trust, REFUSED)"))
    }
}
