import Testing

@Suite("cosign's signing verbs")
struct CosignSignTests {
    @Test("the line of a goreleaser file works with another program in front")
    func attestBlob() throws {
        let run = try signing(
            """
            sandbox; echo '{"buildDefinition":{},"runDetails":{}}' >P
            export SIGSTORE_ID_TOKEN=$(cat box/email.token)
            $R attest-blob $(trust) --yes --predicate P --type slsaprovenance1 --bundle B app; echo $?
            $R attest-blob $(trust) --yes=true --predicate P --type slsaprovenance1 --bundle B app
            echo $?
            verify -q -b B --type slsaprovenance1 app; echo $?; entries
            """)

        #expect(run.output == "0\n0\n0\n2\n", "\(run.error)")
    }

    @Test("sign-blob takes cosign's flags with cosign's meaning")
    func signBlob() throws {
        let run = try signing(
            """
            sandbox; COSIGN_PASSWORD= $R generate-key-pair -q; export COSIGN_PASSWORD=
            blob() { $R sign-blob $(trust) -d 10ms "$@" app; echo $?; }
            blob -y --bundle B --new-bundle-format=true --identity-token box/email.token
            verify -q -b B app; echo $?
            blob --bundle B --key cosign.key --tlog-upload=false; entries
            blob --bundle - --key cosign.key -q | head -c 2; echo
            blob --key cosign.key
            blob --bundle B --key cosign.key --output-signature x
            blob --bundle B --key cosign.key --fulcio-auth-flow token
            """)

        #expect(run.output == "0\n0\n0\n1\n{\"\n125\n0\n0\n", "\(run.error)")
        #expect(run.error.contains("say where the bundle goes: --bundle FILE"))
        #expect(run.error.contains("warning: --output-signature is ignored: the signature is in"))
    }

    @Test("services that are named are used instead of the signing config's")
    func services() throws {
        let run = try signing(
            """
            sandbox; LOG=2
            $R sign-blob $(trust) --identity-token box/email.token --bundle B app -q \\
                --rekor-url "$(ready rekor-v1)" --fulcio-url "$(ready fulcio)" \\
                --timestamp-server-url "$(ready tsa)/api/v1/timestamp" --use-signing-config=false
            echo $?; calls rekor-v1 create; calls rekor-v2 create; calls tsa timestamp
            """)

        #expect(run.output == "0\n1\n0\n1\n", "\(run.error)")
    }

    @Test("cosign's --timeout is the limit of everything")
    func timeout() throws {
        let run = try signing(
            """
            sandbox 'fulcio/certificate:1-=503:1'
            blob() { $R sign-blob $(trust) --identity-token box/email.token --bundle B -d 10ms "$@" app; }
            blob --timeout 900ms; echo $?; calls fulcio certificate
            blob --timeout 900ms --deadline 60s; echo $?; calls fulcio certificate
            """)

        #expect(run.output == "124\n1\n69\n4\n", "\(run.error)")
    }
}
