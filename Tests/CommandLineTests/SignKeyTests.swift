import Testing

@Suite("Keys to sign with")
struct SignKeyTests {
    @Test("a key pair that was made signs with a log or without, and verifies")
    func keyPair() throws {
        let run = try signing(
            """
            sandbox; export COSIGN_PASSWORD=secret
            $R generate-key-pair -q; echo $?; stat -c '%a %n' cosign.key cosign.pub
            head -1 cosign.key; head -1 cosign.pub
            for LOG in 1 2; do
                sign_key -q --overwrite --key cosign.key app; echo $?
                $R verify -q $(trust) --key cosign.pub app; echo $?
            done
            calls fulcio total; calls issuer total; calls tsa total
            sign_key -q --overwrite --key cosign.key --no-log --no-timestamp app; echo $?
            $R verify-blob -q $(trust) --key cosign.pub --bundle app.sigstore.json \\
                --insecure-ignore-tlog app; echo $?
            calls tsa total
            """)

        #expect(
            run.output == """
                0
                600 cosign.key
                644 cosign.pub
                -----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
                -----BEGIN PUBLIC KEY-----
                0
                0
                0
                0
                0
                0
                2
                0
                0
                2

                """)
        #expect(run.error == "")
    }

    @Test("a key that signs for itself needs no trust and no network")
    func alone() throws {
        let run = try signing(
            """
            openssl ecparam -name prime256v1 -genkey -noout -out key.pem 2>/dev/null
            openssl pkey -in key.pem -pubout -out pub.pem
            https_proxy=http://127.0.0.1:1 $R sign --key key.pem --no-log --no-timestamp app; echo $?
            $R verify-blob -q --key pub.pem --bundle app.sigstore.json --insecure-ignore-tlog \\
                --offline app; echo $?
            """)

        #expect(run.output == "0\n0\n")
        #expect(run.error == "retry-run: signed app; wrote app.sigstore.json\n")
    }

    @Test(
        "keys of every kind and form are read",
        arguments: [
            "ecparam -name prime256v1 -genkey -noout", "ecparam -name secp384r1 -genkey -noout",
            "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048", "genrsa -traditional 2048",
            "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -aes-256-cbc -pass pass:secret",
        ])
    func forms(command: String) throws {
        let run = try signing(
            """
            sandbox; openssl \(command) >key.pem 2>/dev/null
            openssl pkey -in key.pem -passin pass:secret -pubout -out pub.pem
            export COSIGN_PASSWORD=secret
            sign_key -q --key key.pem app; echo $?
            $R verify -q $(trust) --key pub.pem app; echo $?
            KEY=$(cat key.pem) sign_key -q --overwrite --key env://KEY app; echo $?
            """)

        #expect(run.output == "0\n0\n0\n", "\(run.error)")
    }

    @Test("an Ed25519 key is refused where the log takes none, before any call, with the way out")
    func ed25519() throws {
        let run = try signing(
            """
            sandbox; openssl genpkey -algorithm ed25519 -out key.pem
            openssl pkey -in key.pem -pubout -out pub.pem
            sign_key --key key.pem app; echo $?; calls tsa total
            sign_key -q --key key.pem --no-log app; echo $?
            $R verify-blob -q $(trust) --key pub.pem --bundle app.sigstore.json \\
                --insecure-ignore-tlog app; echo $?
            """)

        #expect(run.output == "1\n0\n0\n0\n")
        #expect(run.error.contains("does not accept signatures of this type of key"))
        #expect(run.error.contains("hint: sign with an ECDSA key, or without the log: --no-log"))
    }

    @Test("a key that cannot be used is said without any of it, and nothing is sent")
    func unusable() throws {
        let run = try signing(
            """
            sandbox; COSIGN_PASSWORD=secret $R generate-key-pair -q --output-key-prefix k
            export COSIGN_PASSWORD=wrong
            for key in k.key k.pub missing env://NOTHING awskms:///alias/key hashivault://key ''; do
                sign_key --key "$key" app; echo $?
            done
            unset COSIGN_PASSWORD; sign_key --key k.key app; echo $?
            sign --key k.key app; echo $?
            calls tsa total; ls
            """)

        #expect(
            run.output == String(repeating: "125\n", count: 9)
                + "0\napp\nbox\nk.key\nk.pub\n")
        for sentence in [
            "--key: the file has no usable key: wrong password for the private key",
            "--key: the file has no usable key: malformed private key: it is a public",
            "cannot read the file of --key: no such file or directory",
            "--key: the variable behind env:// is not set, or is empty",
            "--key: keys of the kind awskms: are not supported",
            "--key: keys of the kind hashivault: are not supported",
            "the private key is encrypted: set COSIGN_PASSWORD, or run on a terminal",
            "--key and --identity-token are mutually exclusive",
        ] {
            #expect(run.error.contains(sentence), "\(sentence)")
        }
    }

    @Test("a password is asked for on a terminal and not shown, and comes from stdin elsewhere")
    func password() throws {
        let run = try signingOnTerminal(
            """
            t = Terminal()
            t.run('. ./functions; sandbox')
            t.type('$R generate-key-pair')
            t.expect('password of the private key: '); t.type('s3cret')
            t.expect('the same again: '); t.type('s3cret')
            print('wrote cosign.key and cosign.pub' in t.prompt())
            t.type('sign_key --key cosign.key app')
            t.expect('password of the private key: '); t.type('s3cret')
            print('signed app' in t.prompt())
            print('s3cret' in t.seen)
            t.type('sign_key --overwrite --key cosign.key app')
            t.expect('password of the private key: '); t.send(CTRL_C); t.prompt()
            print(t.run('echo $?; stty -a | grep -o -- -echo$').split())
            print(t.run('echo s3cret | setsid -w $R sign $(trust) --overwrite --key cosign.key app '
                '>out 2>&1; echo $?').strip())
            """)

        #expect(run.output == "True\nTrue\nFalse\n['130']\n0\n")
    }

    @Test("a key pair never replaces files, and half a pair is none")
    func noReplacement() throws {
        let run = try signing(
            """
            export COSIGN_PASSWORD=x; : >cosign.pub
            $R generate-key-pair; echo $?; ls
            $R generate-key-pair --output-key-prefix missing/k; echo $?
            """)

        #expect(run.output == "125\napp\ncosign.pub\n125\n")
        #expect(run.error.contains("'cosign.pub' already exists and is not replaced"))
        #expect(
            run.error.contains("cannot write the key: missing/k.key: no such file or directory"))
    }
}
