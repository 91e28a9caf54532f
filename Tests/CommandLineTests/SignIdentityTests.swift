import Testing

@Suite("In whose name")
struct SignIdentityTests {
    @Test("in GitHub Actions the job's own token is asked for")
    func gitHub() throws {
        let run = try signing(
            """
            sandbox 'issuer/token:1=plaintext'
            export GITHUB_ACTIONS=true CI=true
            export ACTIONS_ID_TOKEN_REQUEST_URL=$(ready ACTIONS_ID_TOKEN_REQUEST_URL)
            export ACTIONS_ID_TOKEN_REQUEST_TOKEN=$(ready ACTIONS_ID_TOKEN_REQUEST_TOKEN)
            sign_key app; echo $?; calls issuer token
            $R verify -q $(trust) --certificate-identity "$(ready github-identity)" \\
                --certificate-oidc-issuer "$(ready github-issuer)" \\
                --certificate-github-workflow-ref refs/tags/v1.2.3 app; echo $?
            """)

        #expect(run.output == "0\n2\n0\n")
        #expect(run.error.contains("signed app as https://github.com/example/app/.github/"))
    }

    @Test("in CircleCI its own command gives the token, and is asked again where it fails")
    func circleCI() throws {
        let run = try signing(
            """
            sandbox; mkdir bin; cat >bin/circleci <<'END'
            #!/bin/sh
            echo "$*" >>asked
            [ "$(wc -l <asked)" -gt 1 ] || exit 1
            cat box/github.token
            END
            chmod +x bin/circleci
            export CI=true CIRCLECI=true PATH=$PWD/bin:$PATH
            sign_key app 2>/dev/null; echo $?; cat asked
            printf '#!/bin/sh\\nsleep 9' >bin/circleci
            sign_key --overwrite -t 200ms -a 1 app; echo $?
            printf '#!/bin/sh\\nexit 3' >bin/circleci
            sign_key --overwrite -a 1 app; echo $?
            rm bin/circleci; sign_key --overwrite -d 9s app; echo $?
            """)

        let asked = #"run oidc get --claims {"aud":"sigstore"}"#
        #expect(run.output == "0\n\(asked)\n\(asked)\n69\n69\n1\n")
        #expect(run.error.contains("'circleci run oidc get': it did not answer in time"))
        #expect(run.error.contains("'circleci run oidc get': it has failed"))
        #expect(run.error.contains("'circleci run oidc get': no such file or directory"))
    }

    @Test("without a permission the job is told which one, and nobody is asked to log in")
    func notGranted() throws {
        let run = try signing(
            """
            sandbox
            GITHUB_ACTIONS=true CI=true sign_key app; echo $?
            GITLAB_CI=true CI=true sign_key --login browser app; echo $?
            CI=true sign_key --login device app; echo $?
            calls issuer total; calls fulcio total
            """)

        #expect(run.output == "1\n1\n1\n0\n0\n")
        #expect(run.error.contains("it needs 'permissions: id-token: write'"))
        #expect(run.error.contains("it needs 'id_tokens: SIGSTORE_ID_TOKEN: aud: sigstore'"))
        #expect(run.error.contains("it needs one in SIGSTORE_ID_TOKEN or --identity-token"))
    }

    @Test("the token of a variable will do; without any token and terminal the way out is said")
    func variable() throws {
        let run = try signing(
            """
            sandbox; SIGSTORE_ID_TOKEN=$(cat box/email.token) sign_key -q app; echo $?
            sign_key --overwrite app; echo $?; calls fulcio total
            """)

        #expect(run.output == "0\n125\n1\n")
        #expect(run.error.contains("there is no identity token: give one with --identity-token"))
    }

    @Test(
        "a token that is none of ours to use is refused in one sentence, and nothing is sent",
        arguments: [
            ("expired", "the identity token expired at"),
            ("wrong-audience", "the identity token is for 'somebody-else', not for 'sigstore'"),
            ("unverified-email", "has not verified the e-mail address 'maintainer@example.com'"),
        ])
    func badToken(name: String, sentence: String) throws {
        let run = try signing(
            """
            sandbox; sign_key --identity-token @box/\(name).token app; echo $?
            calls fulcio certificate; entries
            """)

        #expect(run.output == "1\n0\n0\n")
        #expect(run.error.contains(sentence), "\(run.error)")
        #expect(run.error.split(separator: "\n").count == 1)
    }

    @Test("a name or an issuer that is not the expected one is refused before anything is sent")
    func expectations() throws {
        let run = try signing(
            """
            sandbox
            sign --expect-identity mallory@example.com app; echo $?
            sign --expect-issuer https://issuer.example app; echo $?
            sign -q --expect-identity maintainer@example.com --expect-issuer "$(ready email-issuer)" \\
                app; echo $?
            calls fulcio total
            """)

        #expect(run.output == "1\n1\n0\n1\n")
        #expect(
            run.error.contains(
                "expected the identity 'mallory@example.com', the identity token is of "
                    + "'maintainer@example.com'"))
    }

    @Test("a person logs in by a browser on a terminal, and only with a device where asked for")
    func login() throws {
        let run = try signingOnTerminal(
            """
            open('browser', 'w').write('''#!/bin/sh
            exec python3 -c '
            import sys, urllib.request as u
            u.build_opener(u.ProxyHandler({})).open(sys.argv[1]).read()' "$1"
            ''')
            os.chmod('browser', 0o755)
            t = Terminal()
            t.run('. ./functions; sandbox; export BROWSER=$PWD/browser')
            print('signed app as maintainer@example.com' in t.run('sign_key app'))
            print('maintainer@example.com' in t.run('sign_key --overwrite --login device app'))
            print(t.run('calls issuer authorize; calls issuer device').split())
            print('there is no identity token' in t.run('sign_key --overwrite --login none app'))
            """)

        #expect(run.output == "True\nTrue\n['1', '1']\nTrue\n")
    }

    @Test("no token, key or password is in any output, report or list of processes")
    func secrets() throws {
        let run = try signing(
            """
            sandbox 'fulcio/certificate:1=400' 'fulcio/certificate:2=hang' 'tsa:1=503'
            token=$(cat box/email.token); password=$(head -c 9 /dev/urandom | base64)
            export COSIGN_PASSWORD=$password
            {
                $R generate-key-pair --output-key-prefix k
                $R sign $(trust) -R report1 --identity-token "$token" app
                $R sign $(trust) -d 1ms -t 1s -R report2 --identity-token "$token" app &
                sleep 0.3; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '
                wait $!
                $R sign $(trust) -R report3 --key k.key -b b app
                $R sign $(trust) --overwrite -R report4 --identity-token "x$token" app
                $R sign $(trust) --overwrite -R report5 --identity-token="$token.x" app
            } >log 2>&1
            cat report? >>log; ls report?
            grep -c -F -e "${token##*.}" -e "$password" log
            grep -o -a 'identity-token xxxxx' log | head -1
            """)

        // The words of the process are there, the token among them is written over.
        #expect(
            run.output
                == "report1\nreport2\nreport3\nreport4\nreport5\n0\nidentity-token xxxxx\n")
    }
}
