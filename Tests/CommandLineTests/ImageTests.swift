import Testing

@Suite("Images")
struct ImageTests {
    @Test(
        "what is signed can be verified, by tag and by digest, and for nothing else",
        arguments: ["", "--registry-without-referrers"], [1, 2])
    func signing(registry: String, log: Int) throws {
        let run = try imaging(
            """
            LOG=\(log); box \(registry)
            digest=$(image app v1 | cut -d = -f 1); image app v2 >v2
            sign --annotation build=7 $I:v1; echo $?
            verify_image $I:v1 >yes; echo $?
            verify_image $I@$digest --annotation build=7 >yes; echo $?
            verify_image $I:v1 --annotation build=8; echo $?
            verify_image $I:v2; echo $?
            verify_image $I:v1 --type custom; echo $?
            $R verify $(trust) --certificate-identity other@example.com \\
                --certificate-oidc-issuer "$(ready email-issuer)" $I:v1; echo $?
            entries
            """)

        #expect(run.output == "0\n0\n0\n1\n1\n1\n1\n1\n")
        #expect(run.error.contains("v1 is sha256:"))
        #expect(run.error.contains("expected '8' (step 7, annotation-mismatch)"))
    }

    @Test("an attestation is verified by its type, and its statement can be had")
    func attesting() throws {
        let run = try imaging(
            """
            box; image app v1 >v1
            echo '{"a": 1}' >predicate
            attest $I:v1 --predicate predicate --type https://example.com/t; echo $?
            verify_image $I:v1 --type https://example.com/t --output-statement statement >yes
            echo $?
            grep -c '"predicate":{"a": 1}}$' statement
            verify_image $I:v1 --type https://example.com/u; echo $?
            verify_image $I:v1; echo $?
            """)

        #expect(run.output == "0\n0\n1\n1\n1\n")
    }

    @Test("of an index the images in it are signed as well, where that is asked for")
    func recursive() throws {
        let run = try imaging(
            """
            box; a=$(image app a); b=$(image app b); image app all $a $b >all
            sign --recursive $I:all; echo $?
            for name in all a b; do verify_image $I:$name >yes; echo $?; done
            entries
            """)

        #expect(run.output == "0\n0\n0\n0\n3\n")
    }

    @Test("signatures can be in another repository")
    func elsewhere() throws {
        let run = try imaging(
            """
            box; image app v1 >v1
            sign --to ${I#oci://}-signatures $I:v1; echo $?
            verify_image $I:v1; echo $?
            verify_image --from ${I#oci://}-signatures $I:v1 >yes; echo $?
            COSIGN_REPOSITORY=${I#oci://}-signatures verify_image $I:v1 >yes; echo $?
            """)

        #expect(run.output == "0\n1\n0\n0\n")
    }

    @Test("a registry that does not answer is never a no; a refusal is one")
    func unknown() throws {
        let run = try imaging(
            """
            box; image app v1 >v1; sign $I:v1; echo $?
            for fault in 429 503 refuse; do
                faults "registry/referrers:1-=$fault"
                verify_image $I:v1; echo $?
            done
            faults registry/manifest-get:1-=403; verify_image $I:v1 --output json >no; echo $?
            grep -c '"class":"registry-denied"' no
            faults; verify_image $I:v3; echo $?
            verify_image oci://App; echo $?
            echo '{"auths": 1}' >config.json
            DOCKER_CONFIG=$PWD verify_image $I:v1; echo $?
            """)

        #expect(run.output == "0\n69\n69\n69\n1\n1\n1\n125\n125\n")
    }

    @Test(
        "what was killed between the log and the push is pushed by another run, without a second entry"
    )
    func pending() throws {
        let run = try imaging(
            """
            box
            for way in resume finish; do
                image app $way >digest
                faults 'registry/manifest-put:1-=hang'
                $R sign -q $(trust) --identity-token @box/email.token --resume $I:$way & process=$!
                until [ "$(calls registry manifest-put)" -gt 0 ]; do sleep 0.05; done
                kill -KILL $process; wait $process 2>/dev/null
                ls *.sigstore.pending.json | wc -l
                faults
                case $way in
                    resume) sign -q --resume $I:$way; echo $?;;
                    finish) $R finish -q $(trust) .; echo $?;;
                esac
                ls | grep -c pending
                entries
                verify_image $I:$way >yes; echo $?
            done
            """, limit: .seconds(300))

        #expect(run.output == "1\n0\n0\n1\n0\n1\n0\n0\n2\n0\n")
    }

    @Test("images and files are signed in one run, and a bundle is written where one is wanted")
    func mixed() throws {
        let run = try imaging(
            """
            box; image app v1 >v1; image app v2 >v2
            sign app $I:v1 $I:v2 --report report; echo $?
            verify app >yes; echo $?
            for tag in v1 v2; do verify_image $I:$tag >yes; echo $?; done
            grep -o '"pushed":"sha256:' report | wc -l
            sign $I:v1 --bundle image.json; echo $?
            verify --bundle image.json --digest $(cut -d = -f 1 v1) >yes; echo $?
            calls fulcio certificate
            """)

        #expect(run.output == "0\n0\n0\n0\n2\n0\n0\n2\n")
    }

    @Test("the old form is written beside the new one, and read where there is no other")
    func legacy() throws {
        let run = try imaging(
            """
            LOG=1; box; image app v1 >v1
            echo '{"a": 1}' >predicate
            sign --legacy --annotation a=b $I:v1; echo $?
            attest --legacy --predicate predicate $I:v1; echo $?
            verify_image $I:v1 --annotation a=b --output json >all; echo $?
            grep -o '"form":"[a-z-]*","identity"' all
            verify_image $I:v1 --type custom --output json >all; echo $?
            grep -o '"form":"[a-z-]*","identity"' all
            """)

        #expect(
            run.output == """
                0
                0
                0
                "form":"bundle","identity"
                "form":"simple-signing","identity"
                0
                "form":"bundle","identity"
                "form":"envelope","identity"

                """)
    }

    @Test(
        "a registry that refuses, or takes no such manifest, is told before or after the signature")
    func refusals() throws {
        let run = try imaging(
            """
            box; image app v1 >v1
            faults 'registry/blob-upload:1-=403'; sign $I:v1; echo $? $(entries)
            faults 'registry/manifest-put:1-=manifest-invalid'; sign $I:v1; echo $? $(entries)
            faults 'registry/manifest-put:1-=403'; sign -a 2 $I:v1; echo $? $(entries)
            """)

        #expect(run.output == "1 0\n1 1\n69 2\n")
        #expect(run.error.contains("the permission to push to app"))
        #expect(run.error.contains("it does not take OCI 1.1 manifests"))
        #expect(run.error.contains("signed, and the signature is not pushed"))
    }

    @Test(
        "of sixteen signers at once nobody is lost",
        arguments: ["", "--registry-without-referrers"])
    func manySigners(registry: String) throws {
        let run = try imaging(
            """
            box \(registry); image app v1 >v1
            for n in $(seq 16); do (sign -q $I:v1; echo $?) >code$n 2>&1 & codes+=($!); done
            wait "${codes[@]}"
            cat code* | sort | uniq -c | tr -s ' '
            verify_image $I:v1 --output json | grep -o '"form":"bundle","identity"' | wc -l
            """, limit: .seconds(300))

        #expect(run.output == " 16 0\n16\n")
    }
}
