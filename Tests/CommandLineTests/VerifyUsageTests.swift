import Testing

@Suite("What verify refuses")
struct VerifyUsageTests {
    @Test(
        "a command line that asks for nobody, for two, or for nonsense is exit code 125",
        arguments: [
            (
                "",
                "say who must have signed: --certificate-identity, --certificate-identity-regexp or --key"
            ),
            ("--certificate-identity a", "say who must have vouched for the identity: "),
            ("--certificate-identity ''", "--certificate-identity: the empty text is nobody's"),
            (
                "--certificate-identity-regexp ''",
                "--certificate-identity: the empty text is nobody's"
            ),
            ("--certificate-identity-regexp '('", "not a regular expression: "),
            ("--certificate-identity a --certificate-identity-regexp b", "mutually exclusive"),
            (
                "$WHO --key $V/release-key.pem",
                "--key and the --certificate options are mutually exclusive"
            ),
            ("--key none.pem", "cannot read the file of --key: no such file or directory"),
            ("--key artifact.txt", "no usable key"),
            (
                "--key http://h.example/k",
                "--key: a key is fetched over https only, except from this machine"
            ),
            ("$WHO --trusted-root none", "cannot read 'none': no such file or directory"),
            ("$WHO --trusted-root artifact.txt", "'artifact.txt' is not a trusted root: "),
            ("$WHO --trust-config $V/trusted-root.json", "is not a client trust config: "),
            ("$WHO $TRUST --staging", "--trusted-root and --staging are mutually exclusive"),
            ("$WHO --tuf-url https://tuf.example", "--tuf-url and --tuf-root belong together"),
            ("$WHO $TRUST --bundle none", "cannot read 'none': no such file or directory"),
            ("$WHO $TRUST --bundle .", "cannot read '.': is a directory"),
            ("$WHO $TRUST --attempts 0", "--attempts '0': attempts must be at least 1"),
            ("$WHO $TRUST --output yaml", "--output"),
            ("$WHO $TRUST --sk", "unknown option '--sk'"),
        ])
    func refused(options: String, message: String) throws {
        let run = try verifying("eval \"$R verify artifact.txt \(options)\"")

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error.hasPrefix("retry-run: error: "))
        #expect(run.error.contains(message), "\(run.error)")
    }

    @Test("help is on stdout, and is that of the verb", arguments: ["verify", "verify-blob"])
    func help(verb: String) throws {
        let run = try verifying("$R \(verb) --help")

        #expect(run.exitCode == 0)
        #expect(run.output.contains("USAGE: retry-run \(verb) "))
        #expect(run.error == "")
    }

    @Test("stdin is not read when the policy is refused")
    func standardInput() throws {
        let run = try verifying("echo kept | { $R verify - --bundle x; cat; }")

        #expect(run.output == "kept\n")
    }

    @Test("an unreadable artifact is exit code 125, and says which file")
    func artifact() throws {
        let run = try verifying(
            "$R verify none --bundle artifact.txt.sigstore.json $WHO $TRUST")

        #expect(run.exitCode == 125)
        #expect(run.error == "retry-run: error: cannot read 'none': no such file or directory\n")
    }

    @Test("a key verifies bundles that are signed under it, and no others")
    func key() throws {
        let run = try verifying(
            """
            verify="$R verify artifact.txt $TRUST --key"
            $verify $V/release-key.pem --bundle $V/accepted/key-blob-rekor-v2.sigstore.json; echo $?
            $verify $V/p384-key.pem --bundle $V/accepted/key-blob-rekor-v2.sigstore.json; echo $?
            $verify $V/release-key.pem; echo $?
            """)

        #expect(run.output.hasPrefix("Verified OK: artifact.txt, signed by the given key"))
        #expect(run.output.split(separator: "\n").dropFirst() == ["0", "1", "1"])
        #expect(run.error.contains("(step 7, signature)"))
        #expect(run.error.contains("(step 0, identity-mismatch)"))
    }
}
