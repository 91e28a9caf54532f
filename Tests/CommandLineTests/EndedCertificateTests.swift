import Testing

@Suite("A pending signature for Rekor v1 whose certificate has ended")
struct EndedCertificateTests {
    /// A log that is down leaves `app` pending; then the services' clock is moved on, not ours.
    private static let ended = """
        LOG=1; sandbox 'rekor-v1/create:1-=503'; sign -q --resume app 2>/dev/null; echo $?
        ask clock 900 >/dev/null; faults ''

        """

    @Test("without an identity nothing is logged, and the way out is said")
    func nobody() throws {
        let run = try signing(
            Self.ended + "finish app; echo $?; entries; calls rekor-v1 create; ls *.json")

        #expect(run.output == "69\n1\n0\n0\napp.sigstore.pending.json\n")
        #expect(run.error.contains("its certificate has ended, and there is no identity"))
        #expect(run.error.contains("retry-run: hint: the same command with --resume"))
    }

    @Test(
        "with an identity it is signed anew, which is said, under one entry",
        arguments: ["finish --identity-token @box/email.token", "sign --resume"])
    func anew(command: String) throws {
        let run = try signing(
            Self.ended
                + "\(command) app; echo $?; entries; ls *.json; verify -q app; echo $?")

        #expect(run.output == "69\n0\n1\napp.sigstore.json\n0\n", "\(run.error)")
        #expect(run.error.contains("warning: app is signed anew: its certificate has ended"))
    }

    @Test("it is not signed anew in another name")
    func otherName() throws {
        let run = try signing(
            Self.ended
                + "finish --identity-token @box/github.token app; echo $?; entries; ls *.json")

        #expect(run.output == "69\n1\n0\napp.sigstore.pending.json\n")
        #expect(run.error.contains("'maintainer@example.com'"))
    }

    @Test("one that lasts is gone on with, under the same certificate")
    func lasting() throws {
        let run = try signing(
            """
            LOG=1; sandbox 'rekor-v1/create:1-=503'; sign -q --resume app 2>/dev/null; echo $?
            ask clock 300 >/dev/null; faults ''; finish -q app; echo $?; entries
            calls fulcio certificate; verify -q app; echo $?
            """)

        #expect(run.output == "69\n0\n1\n0\n0\n", "\(run.error)")
    }

    /// Puts the entry of what is pending into the log, as an upload without an answer that took its time.
    private static let logged = #"""
        python3 - <<'PYTHON'
        import base64, json, ssl, urllib.request
        bundle = json.load(open('app.sigstore.pending.json'))['bundle']
        der = base64.b64decode(bundle['verificationMaterial']['certificate']['rawBytes'])
        pem = ssl.DER_cert_to_PEM_cert(der).encode()
        message = bundle['messageSignature']
        digest = base64.b64decode(message['messageDigest']['digest']).hex()
        entry = {'apiVersion': '0.0.1', 'kind': 'hashedrekord', 'spec': {
            'data': {'hash': {'algorithm': 'sha256', 'value': digest}},
            'signature': {'content': message['signature'],
                          'publicKey': {'content': base64.b64encode(pem).decode()}}}}
        ready = json.load(open('box/ready'))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        request = urllib.request.Request(
            ready['rekor-v1'] + '/api/v1/log/entries', json.dumps(entry).encode(),
            {'Content-Type': 'application/json'})
        print(opener.open(request).status)
        PYTHON
        """# + "\n"

    @Test("an entry that was made after the end is of no use, which is said again and again")
    func lateEntry() throws {
        let run = try signing(
            Self.ended + Self.logged
                + "finish -q app; echo $?; finish app; echo $?; entries; ls *.json")

        #expect(run.output == "69\n201\n1\n1\n1\napp.sigstore.pending.json\n", "\(run.error)")
        #expect(run.error.contains("the log took its entry after the certificate's end"))
        #expect(run.error.contains("retry-run: hint: "))
    }

    @Test("with an identity such an entry is replaced by one that verifiers accept")
    func lateEntryAnew() throws {
        let run = try signing(
            Self.ended + Self.logged
                + """
                finish --identity-token @box/email.token app; echo $?; entries; ls *.json
                verify -q app; echo $?
                """)

        #expect(run.output == "69\n201\n0\n2\napp.sigstore.json\n0\n", "\(run.error)")
        #expect(run.error.contains("app is signed anew: the log took its entry"))
    }
}
