import Foundation
import Testing

@Suite("Verify what is no bundle")
struct VerifyFormatTests {
    @Test("of several bundles one that fits is a yes, and the answer says which")
    func several() throws {
        let run = try verifying(
            """
            verify="$R verify artifact.txt $WHO $TRUST --bundle"
            $verify $V/formats/two.jsonl | grep -o ', by line.*'
            $verify $V/formats/npm-answer.json --output json
            $verify $V/formats/none-fits.jsonl; echo $?
            """)
        let lines = run.output.split(separator: "\n")
        let json = try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any]

        #expect(lines[0].hasPrefix(", by line 2 of /"))
        #expect(json?["place"] as? String == "attestations[1].bundle")
        #expect((json?["bundle"] as? String)?.hasSuffix("/formats/npm-answer.json") == true)
        #expect(json?["line"] is NSNull)
        #expect(lines[2] == "1")
        #expect(run.error.contains("/none-fits.jsonl', line 1: "))
    }

    @Test("a signature under a key is verified without a call and without any trust")
    func key() throws {
        let run = try verifying(
            """
            verify="$R verify --key $V/release-key.pem --no-log"
            export https_proxy=http://127.0.0.1:1
            $verify artifact.txt --signature $V/formats/key.sig; echo $?
            $verify artifact.txt --signature $(cat $V/formats/key.sig); echo $?
            $verify sha256:$(sha256sum <artifact.txt | cut -c 1-64) \\
                --signature - <$V/formats/key.sig >yes; echo $?
            $R verify-blob --key $V/release-key.pem --insecure-ignore-tlog \\
                --signature $V/formats/key.sig artifact.txt >yes; echo $?
            echo x >>artifact.txt; $verify artifact.txt --signature $V/formats/key.sig; echo $?
            """)

        #expect(
            run.output == """
                Verified OK: artifact.txt, signed by the given key
                0
                Verified OK: artifact.txt, signed by the given key
                0
                0
                0
                1

                """)
        #expect(run.error.contains("(step 7, signature)"))
    }

    @Test("offline a signature without its log entry is a no that says why")
    func offline() throws {
        let run = try verifying(
            """
            F=$V/formats; verify="$R verify artifact.txt $WHO $TRUST --offline"
            for certificate in artifact.txt.pem artifact.txt.pem.base64; do
                $verify --signature $F/artifact.txt.sig --certificate $F/$certificate; echo $?
            done
            $verify --bundle $F/certificate.intoto.jsonl; echo $?
            $verify --signature $F/key.sig --certificate $F/artifact.txt.pem; echo $?
            """)
        let errors = run.error.split(separator: "\n")

        #expect(run.output == "1\n1\n1\n1\n")
        for error in errors.prefix(3) {
            #expect(error.contains("offline none is looked up (step 6, tlog-untrusted)"))
        }
        #expect(errors.last?.contains("(step 7, signature)") == true)
    }

    @Test("a bundle beside a signature must be of that signature")
    func both() throws {
        let run = try verifying(
            """
            F=$V/formats; pair="--signature $F/artifact.txt.sig --certificate $F/artifact.txt.pem"
            verify="$R verify artifact.txt $WHO $TRUST"
            $verify $pair --bundle $F/logged.sigstore.json >yes; echo $?
            $verify $pair --bundle $V/accepted/identity-uri.sigstore.json; echo $?
            $verify $pair --bundle $F/logged.sigstore.json --certificate-chain $F/chain.pem >yes; echo $?
            $verify $pair --bundle $F/logged.sigstore.json --certificate-chain $F/artifact.txt.pem
            echo $?
            """)

        #expect(run.output == "0\n1\n0\n1\n")
        #expect(run.error.contains("the bundle is of another signature than the one given"))
        #expect(run.error.contains("(step 3, cert-chain)"))
    }

    @Test(
        "a signature and its signer belong together",
        arguments: [
            ("--certificate $F/artifact.txt.pem $WHO", "--certificate needs --signature"),
            ("--signature $F/key.sig $WHO", "--signature needs --key or --certificate"),
            (
                "--signature $F/key.sig --key $V/release-key.pem --certificate $F/artifact.txt.pem",
                "--key and --certificate are mutually exclusive"
            ),
            ("--certificate-chain $F/chain.pem $WHO", "--certificate-chain needs --certificate"),
            (
                "--signature $F/artifact.txt.sig --certificate $F/key.pem $WHO",
                "is a public key; give it with --key"
            ),
            ("--signature none --key $V/release-key.pem", "cannot read 'none'"),
            ("--signature - --certificate - $WHO", "cannot both be stdin"),
        ])
    func usage(options: String, message: String) throws {
        let run = try verifying(
            "F=$V/formats; eval \"$R verify artifact.txt $TRUST \(options)\" </dev/null")

        #expect(run.exitCode == 125)
        #expect(run.error.contains(message), "\(run.error)")
    }

    @Test("a signature that is given as a word and is a file as well is refused")
    func signatureWord() throws {
        let run = try verifying(
            """
            word=$(cat $V/formats/key.sig); mkdir -p "$(dirname "$word")"; touch "$word"
            $R verify artifact.txt --key $V/release-key.pem --no-log --signature "$word"
            """)

        #expect(run.exitCode == 125)
        #expect(
            run.error.contains("--signature: the word is base64, and there is a file of that name"))
    }

    @Test("GitHub's own instance is for verifying: it has no log, and its own issuer")
    func gitHub() throws {
        let run = try verifying(
            """
            who='--certificate-identity release@example.com'
            $R verify artifact.txt $who --github --offline; echo $?
            $R verify artifact.txt $who --github $TRUST; echo $?
            $R sign artifact.txt --github; echo $?
            $R verify artifact.txt $who $TRUST; echo $?
            """)
        let errors = run.error.split(separator: "\n")

        #expect(run.output == "1\n125\n125\n125\n")
        #expect(errors[0].contains("(step 2, no-verified-time)"))
        #expect(errors[1].contains("--trusted-root and --github are mutually exclusive"))
        #expect(errors[2].contains("--github is for verifying"))
        #expect(errors[3].contains("say who must have vouched for the identity"))
    }

    @Test("an absent issuer is the empty text, and an empty value is not everybody's")
    func issuer() throws {
        let run = try verifying(
            """
            verify="$R verify artifact.txt --certificate-identity release@example.com $TRUST"
            absent="--bundle $V/accepted/issuer-absent.sigstore.json"
            for rule in '-regexp=.*' '-regexp=^$' '-regexp=' '=' '=https://accounts.example.com'; do
                $verify $absent "--certificate-oidc-issuer$rule" >answer 2>&1; echo -n $?
                $verify "--certificate-oidc-issuer$rule" >answer 2>&1; echo $?
            done
            $verify $absent --certificate-oidc-issuer ''
            """)

        #expect(
            run.output == """
                00
                01
                01
                01
                10
                Verified OK: artifact.txt, signed by release@example.com (no issuer) \
                at 2026-01-15T12:00:05Z, entry 5 of https://log2026-1.rekor.example

                """)
    }

    @Test("a name in a certificate can neither draw on a terminal nor give orders to CI")
    func foreignText() throws {
        let run = try verifying(
            #"""
            text='##[error]\u202e\u001b[2J##vso[task.x]'
            sed -i "s/\"mediaType\": *\"[^\"]*\"/\"mediaType\":\"${text//\\/\\\\}\"/" \
                artifact.txt.sigstore.json
            $R verify artifact.txt $WHO $TRUST
            $R verify artifact.txt $WHO $TRUST --output json
            """#)

        #expect(run.error.contains(#"'\x23#[error]\u{202e}\x1b[2J\x23#vso[task.x]'"#))
        #expect(run.output.contains(#"'\u0023#[error]\u202e\u001b[2J\u0023#vso[task.x]'"#))
    }
}
