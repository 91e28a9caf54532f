import Testing

@Suite("Verify")
struct VerifyTests {
    @Test("a yes is one line that says who, when and where, and exit code 0")
    func yes() throws {
        let run = try verifying("$R verify artifact.txt $WHO $TRUST")

        #expect(run.exitCode == 0)
        #expect(
            run.output == """
                Verified OK: artifact.txt, signed by release@example.com \
                (https://accounts.example.com) at 2026-01-15T12:00:05Z, \
                entry 5 of https://log2026-1.rekor.example

                """)
        #expect(run.error == "")
    }

    @Test("a no is one sentence on stderr with the step and the class, and exit code 1")
    func no() throws {
        let run = try verifying(
            "echo x >>artifact.txt; $R verify artifact.txt $WHO $TRUST")

        #expect(run.exitCode == 1)
        #expect(run.output == "")
        #expect(
            run.error.hasPrefix(
                "retry-run: error: artifact.txt is not verified: 'artifact.txt.sigstore.json': the "
                    + "artifact's"))
        #expect(run.error.hasSuffix(" (step 7, artifact-mismatch)\n"))
        #expect(run.error.split(separator: "\n").count == 1)
    }

    @Test("a digest gets the same answer as its file")
    func digest() throws {
        let run = try verifying(
            """
            digest=sha256:$(sha256sum <artifact.txt | cut -c 1-64)
            bundle='--bundle artifact.txt.sigstore.json'
            $R verify $digest $bundle $WHO $TRUST | sed "s/$digest/artifact.txt/" >by-digest
            $R verify artifact.txt $WHO $TRUST | cmp - by-digest && echo same
            touch $digest
            $R verify $digest $bundle $WHO $TRUST; echo $?
            $R verify ./$digest $bundle $WHO $TRUST; echo $?
            $R verify --digest $digest $bundle $WHO $TRUST >yes; echo $?
            $R verify-blob-attestation --type slsaprovenance1 --digestAlg sha256 \\
                --digest ${digest#*:} $WHO $TRUST \\
                --bundle $V/accepted/statement-predicate-type.sigstore.json >yes; echo $?
            $R verify sha256:12 $bundle $WHO $TRUST; echo $?
            $R sign --key none $digest; echo $?
            """)

        #expect(run.output == "same\n125\n1\n0\n0\n125\n125\n")
        let errors = run.error.split(separator: "\n")
        #expect(errors.count == 4)
        #expect(
            errors[0].contains("' is a digest, and there is a file of that name; write './sha256:"))
        #expect(errors[1].contains(" (step 7, artifact-mismatch)"))
        #expect(errors[2].contains("'sha256:12' is not a digest: sha256 takes 64 hex digits"))
        #expect(errors[3].contains("is a digest, and it takes the file itself to sign"))
    }

    @Test("the artifact or the bundle may be stdin, but not both")
    func stdin() throws {
        let run = try verifying(
            """
            $R verify - --bundle artifact.txt.sigstore.json $WHO $TRUST <artifact.txt; echo $?
            $R verify artifact.txt --bundle - $WHO $TRUST <artifact.txt.sigstore.json; echo $?
            $R verify - --bundle - $WHO $TRUST; echo $?
            """)

        #expect(run.output.split(separator: "\n").filter { $0.count < 4 } == ["0", "0", "125"])
        #expect(
            run.error == "retry-run: error: the artifact and the bundle cannot both be stdin\n")
    }

    @Test("without --bundle it is FILE.sigstore.json, then FILE.sigstore")
    func defaultBundle() throws {
        let run = try verifying(
            """
            cp artifact.txt.sigstore.json artifact.txt.sigstore
            echo '{}' >artifact.txt.sigstore.json; $R verify artifact.txt $WHO $TRUST; echo $?
            rm artifact.txt.sigstore.json; $R verify artifact.txt $WHO $TRUST >first; echo $?
            rm artifact.txt.sigstore; $R verify artifact.txt $WHO $TRUST; echo $?
            """)

        #expect(run.output == "1\n0\n125\n")
        #expect(
            run.error.contains("neither 'artifact.txt.sigstore.json' nor 'artifact.txt.sigstore'"))
    }

    @Test("an attestation is verified for its subject, and for its type when one is asked for")
    func attestation() throws {
        let run = try verifying(
            """
            verify="$R verify artifact.txt $WHO $TRUST"
            bundle="$V/accepted/statement-predicate-type.sigstore.json"
            $verify --bundle $bundle >any; echo $?
            $verify --bundle $bundle --type slsaprovenance1 >alias; echo $?
            $verify --bundle $bundle --type https://slsa.dev/provenance/v1 >uri; echo $?
            $verify --bundle $bundle --type vuln; echo $?
            $verify --bundle $bundle --type nonsense; echo $?
            """)

        #expect(run.output == "0\n0\n0\n1\n125\n")
        #expect(run.error.contains("(step 7, statement)"))
        #expect(run.error.contains("--type 'nonsense': expected a URI or one of custom,"))
    }

    @Test("patterns are found anywhere in the identity and the issuer, and anchors bind them")
    func patterns() throws {
        let run = try verifying(
            """
            issuer='--certificate-oidc-issuer-regexp accounts'
            for pattern in 'release@' '^release@example[.]com$' '^elease' 'EXAMPLE'; do
                $R verify artifact.txt --certificate-identity-regexp "$pattern" $issuer $TRUST \\
                    >answer 2>&1; echo $?
            done
            """)

        #expect(run.output == "0\n0\n1\n1\n")
    }

    @Test("claims about a GitHub workflow that the certificate does not make are a no")
    func workflow() throws {
        let run = try verifying(
            "$R verify artifact.txt $WHO $TRUST --certificate-github-workflow-ref refs/tags/v1")

        #expect(run.exitCode == 1)
        #expect(run.error.contains("the workflow's ref is not given, expected 'refs/tags/v1'"))
    }

    @Test("a large file is verified in little memory")
    func memory() throws {
        let run = try verifying(
            """
            truncate -s 256M large
            $R verify large --bundle artifact.txt.sigstore.json $WHO $TRUST & wait $!
            python3 -c 'import os, subprocess, sys, resource
            subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' \\
                $R verify large --bundle artifact.txt.sigstore.json $WHO $TRUST
            """)

        #expect(run.error.contains("(step 7, artifact-mismatch)"))
        #expect(try #require(Int(run.output.dropLast())) < 64)
    }
}
