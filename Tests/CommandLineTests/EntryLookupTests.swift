import Testing

@Suite("Looking up the log entry of a signature that came without")
struct EntryLookupTests {
    /// Signs in Rekor v1, and takes the bundle apart.
    private func apart(_ script: String) throws -> WrapperProcess {
        try signing(
            """
            LOG=1; sandbox; sign app; attest --predicate <(echo '{}') --type custom --bundle att.json app
            python3 - <<'PYTHON'
            import base64, json
            def pem(der):
                return "-----BEGIN CERTIFICATE-----\\n" + der + "\\n-----END CERTIFICATE-----\\n"
            bundle = json.load(open("app.sigstore.json"))
            leaf = bundle["verificationMaterial"]["certificate"]["rawBytes"]
            open("app.sig", "w").write(bundle["messageSignature"]["signature"])
            open("app.pem", "w").write(pem(leaf))
            attestation = json.load(open("att.json"))
            envelope = attestation["dsseEnvelope"]
            envelope["signatures"][0]["cert"] = pem(
                attestation["verificationMaterial"]["certificate"]["rawBytes"])
            open("app.intoto.jsonl", "w").write(json.dumps(envelope) + "\\n")
            PYTHON
            pair='--signature app.sig --certificate app.pem'
            \(script)
            """)
    }

    @Test("the entry of a signature, or of an envelope, is found in Rekor v1 and proves the time")
    func found() throws {
        let run = try apart(
            """
            verify app $pair; echo $?; verify app --bundle app.intoto.jsonl; echo $?
            calls rekor-v1 get; calls rekor-v1 index
            verify app $pair --offline; echo $?; calls rekor-v1 get
            """)
        let lines = run.output.split(separator: "\n").filter { !$0.hasPrefix("signed ") }

        #expect(lines.count == 8, "\(run.output) \(run.error)")
        #expect(lines[0].contains("Verified OK: app, signed by maintainer@example.com"))
        #expect(lines[0].contains(", entry 9000"))
        #expect(lines[2].contains("an attestation of https://cosign.sigstore.dev/attestation/v1"))
        #expect([1, 3, 4, 5, 6, 7].map { lines[$0] } == ["0", "0", "1", "1", "1", "1"])
        #expect(run.error.contains("offline none is looked up"))
    }

    @Test(
        "no entry is a no, a log that does not answer is not, and a wrong signature is not asked about"
    )
    func notFound() throws {
        let run = try apart(
            """
            openssl ecparam -name prime256v1 -genkey -noout -out own.key 2>/dev/null
            openssl dgst -sha256 -sign own.key -out own.sig app; openssl ec -in own.key -pubout -out own.pub 2>/dev/null
            by_key() { $R verify $(trust) $(quick) --key own.pub --signature own.sig "$@"; }
            by_key app; echo $?; by_key app --no-log >yes; echo $?
            echo x >other; calls rekor-v1 get; by_key other; echo $?; calls rekor-v1 get
            faults 'rekor-v1/get:1-=503'; by_key app; echo $?
            """)

        #expect(run.output.hasSuffix("1\n0\n1\n1\n1\n69\n"), "\(run.output) \(run.error)")
        #expect(
            run.error.contains("no log has an entry of the signature; asked: http://127.0.0.1:"))
        #expect(run.error.contains("cannot look up the signature's log entry: "))
    }
}
