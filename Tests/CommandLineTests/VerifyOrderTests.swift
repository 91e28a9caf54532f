import Testing

@Suite("What is here is judged before anything is fetched: verify")
struct VerifyOrderTests {
    /// The repository does not answer, and counts who asks.
    private func offTheNet(_ script: String) throws -> WrapperProcess {
        try verifyingWithRepository(
            """
            serve 999
            verify() { $R verify "$@" --tuf-url "http://127.0.0.1:$port" --tuf-root root.json -a 1; }
            \(script)
            echo "calls: $(cat requests 2>/dev/null | wc -l)"
            """)
    }

    @Test(
        "a local fault is told as itself, and nobody is asked",
        arguments: [
            ("none.txt $WHO --bundle artifact.txt.sigstore.json", 125, "cannot read 'none.txt'"),
            ("artifact.txt $WHO --bundle none.json", 125, "cannot read 'none.json'"),
            ("artifact.txt $WHO --bundle artifact.txt", 1, "'artifact.txt': "),
            ("artifact.txt --key none.pem", 125, "cannot read the file of --key"),
            ("artifact.txt --key artifact.txt", 125, "--key: the file has no usable key"),
            ("artifact.txt $WHO --type nonsense", 125, "--type 'nonsense'"),
            ("artifact.txt $WHO --cacert none.pem", 125, "cannot read 'none.pem'"),
            ("artifact.txt $WHO -d x", 125, "'x'"),
            ("artifact.txt $WHO --certificate-github-workflow-ref x", 1, "the workflow's ref"),
            ("artifact.txt --key $V/release-key.pem", 1, "not under the given key"),
            ("artifact.txt --certificate-identity b@c.d --certificate-oidc-issuer e", 1, "b@c.d"),
            ("$V/other-artifact.txt $WHO --bundle artifact.txt.sigstore.json", 1, "digest is"),
            (
                "artifact.txt --key $V/other-key.pem "
                    + "--bundle $V/accepted/key-blob-rekor-v2.sigstore.json", 1, "not one of the"
            ),
        ])
    func local(words: String, code: Int32, message: String) throws {
        let run = try offTheNet("verify \(words); echo $?")

        #expect(run.output == "\(code)\ncalls: 0\n", "\(run.error)")
        #expect(run.error.contains(message), "\(run.error)")
    }

    @Test("of the options of trust nothing is left for later, needed or not")
    func trust() throws {
        let run = try offTheNet(
            """
            key="--key $V/release-key.pem --bundle $V/accepted/key-without-time.sigstore.json --no-log"
            plain() { $R verify artifact.txt $key "$@"; echo $?; }
            plain --trusted-root none; plain --trusted-root artifact.txt; plain --trust-config none
            plain --tuf-url http://127.0.0.1:$port --tuf-root none
            plain --tuf-url http://127.0.0.1:$port --tuf-root artifact.txt
            plain --tuf-url http://repository.example --tuf-root root.json
            plain --tuf-url x://y --tuf-root root.json --offline
            """)

        #expect(run.output == String(repeating: "125\n", count: 7) + "calls: 0\n", "\(run.error)")
        #expect(run.error.contains("--tuf-root: 'root.json' cannot be used"))
        #expect(run.error.contains("--tuf-url: "))
    }

    @Test("a key that needs no log needs nobody's trust, and nobody is asked")
    func keyAlone() throws {
        let run = try offTheNet(
            """
            for bundle in key-without-time key-blob-rekor-v2; do
                verify -q artifact.txt --key $V/release-key.pem --no-log \\
                    --bundle $V/accepted/$bundle.sigstore.json; echo $?
            done
            verify artifact.txt $WHO; echo $?
            """)

        #expect(run.output.hasPrefix("0\n0\n69\ncalls: "), "\(run.error)")
        #expect(!run.output.hasSuffix("calls: 0\n"))
    }

    @Test(
        "a bundle of another built-in instance is recognized by its log, in text, JSON and an outage"
    )
    func otherInstance() throws {
        let run = try offTheNet(
            """
            built="$V/../../Sources/Sigstore/BuiltInTrust"; other="$built/public-good-trusted_root.json"
            python3 - "$built/staging-trusted_root.json" <<'PYTHON'
            import json, sys
            bundle = json.load(open("artifact.txt.sigstore.json"))
            log = json.load(open(sys.argv[1]))["tlogs"][0]
            bundle["verificationMaterial"]["tlogEntries"][0]["logId"] = log["logId"]
            json.dump(bundle, open("artifact.txt.sigstore.json", "w"))
            PYTHON
            $R verify artifact.txt $WHO --trusted-root $other --output json; echo $?
            $R verify artifact.txt $WHO --trusted-root $other; $R verify artifact.txt $WHO --offline; echo $?
            $R verify artifact.txt $WHO --staging --offline; echo $?; verify artifact.txt $WHO; echo $?
            """)

        #expect(run.output.contains("this is of the staging instance: --staging"))
        #expect(
            run.output.split(separator: "\n").dropFirst().prefix(4) == ["1", "1", "1", "69"],
            "\(run.output)")
        let lines = run.error.split(separator: "\n")
        let recognized = lines.filter { $0.contains("this is of the staging instance: --staging") }
        #expect(recognized.count == 3, "\(run.error)")
        #expect(recognized.allSatisfy { $0.contains("'artifact.txt.sigstore.json': ") })
        #expect(recognized.last?.hasPrefix("retry-run: hint: ") == true)
    }

    @Test(
        "a key that nobody writes is waited for as long as the deadline says",
        arguments: ["verify", "verify-blob"])
    func keyWithoutWriter(verb: String) throws {
        let limit = verb == "verify" ? "-T" : "--timeout"
        let run = try WrapperProcess.bash(
            """
            mkfifo key; : >app; : >s
            $R \(verb) --key key \(limit) 300ms --signature s app; echo $?
            """)

        #expect(run.output == "124\n", "\(run.error)")
    }
}
