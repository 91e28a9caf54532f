import Testing

@Suite("cosign's verifying verbs")
struct CosignVerbTests {
    @Test("verify-blob takes cosign's flags, also with =true and =false")
    func verifyBlob() throws {
        let run = try verifying(
            """
            $R verify-blob --new-bundle-format=true --offline=true --max-workers=4 \\
                --use-signed-timestamps=false --bundle artifact.txt.sigstore.json $WHO $TRUST \\
                artifact.txt
            """)

        #expect(run.exitCode == 0)
        #expect(run.output.hasPrefix("Verified OK: artifact.txt"))
    }

    @Test("verify-blob needs a bundle by name")
    func bundle() throws {
        let run = try verifying("$R verify-blob $WHO $TRUST artifact.txt")

        #expect(run.exitCode == 125)
        #expect(
            run.error
                == "retry-run: error: say which bundle to verify: --bundle FILE; or --signature FILE with "
                + "--key or --certificate\n")
    }

    @Test("what may be ignored is ignored only when asked to")
    func ignoring() throws {
        let run = try verifying(
            """
            blob="$R verify-blob artifact.txt -q $WHO"
            $blob $TRUST --bundle $V/rejected/entries-none.sigstore.json; echo $?
            $blob $TRUST --bundle $V/rejected/entries-none.sigstore.json \\
                --insecure-ignore-tlog; echo $?
            $blob --trusted-root $V/trusted-root.json \\
                --bundle $V/rejected/sct-missing.sigstore.json; echo $?
            $blob --trusted-root $V/trusted-root.json --insecure-ignore-sct \\
                --bundle $V/rejected/sct-missing.sigstore.json; echo $?
            $blob $TRUST --bundle $V/accepted/v0.3-blob-rekor-v1.sigstore.json; echo $?
            $blob $TRUST --bundle $V/accepted/v0.3-blob-rekor-v1.sigstore.json \\
                --use-signed-timestamps; echo $?
            """)

        #expect(run.output == "1\n0\n1\n0\n0\n1\n")
    }

    @Test("verify-blob-attestation asks for a custom predicate unless told otherwise")
    func attestationType() throws {
        let run = try verifying(
            """
            attestation="$R verify-blob-attestation -q $WHO $TRUST"
            bundle="--bundle $V/accepted/statement-predicate-type.sigstore.json"
            $attestation $bundle artifact.txt; echo $?
            $attestation $bundle --type slsaprovenance1 artifact.txt; echo $?
            $attestation --type slsaprovenance1 --bundle artifact.txt.sigstore.json artifact.txt
            echo $?
            """)

        #expect(run.output == "1\n0\n1\n")
        #expect(run.error.contains("expected 'https://cosign.sigstore.dev/attestation/v1'"))
        #expect(run.error.contains("the payload's type is 'no envelope'"))
    }

    @Test("the blob of an attestation may be a digest, or not asked about")
    func claims() throws {
        let run = try verifying(
            """
            bundle="--bundle $V/accepted/statement-predicate-type.sigstore.json"
            attestation="$R verify-blob-attestation -q $WHO $TRUST $bundle --type slsaprovenance1"
            digest=$(sha256sum <artifact.txt | cut -c 1-64)
            $attestation --digest $digest --digestAlg sha256; echo $?
            $attestation --digest ${digest/[0-8]/9} --digestAlg sha256; echo $?
            $attestation --check-claims=false; echo $?
            $attestation; echo $?
            $attestation --digest $digest; echo $?
            $attestation --digest $digest --digestAlg md5; echo $?
            $attestation --digest 12 --digestAlg sha256; echo $?
            """)

        #expect(run.output == "0\n1\n0\n125\n125\n125\n125\n")
        #expect(run.error.contains("say what the attestation must be about: a blob or --digest"))
        #expect(run.error.contains("'sha256:12' is not a digest: sha256 takes 64 hex digits"))
    }
}
