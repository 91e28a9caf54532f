import Foundation
import Testing

@Suite("Options of the signing verbs")
struct SignOptionTests {
    @Test(
        "RETRY_RUN_OPTS reaches the calls of services, with what it has for them, and the words win"
    )
    func variable() throws {
        let run = try signing(
            """
            sandbox 'tsa:1-4=503'
            export RETRY_RUN_OPTS='--preset sigstore -a 5 --delay=1ms -k 3s -q --report x -T 9s'
            $R sign $(trust) --identity-token @box/email.token app; echo $?; ls
            faults 'tsa:1-4=503'
            $R sign $(trust) --identity-token @box/email.token --overwrite -a 2 app; echo $?
            RETRY_RUN_OPTS='-t 1ms -d 1ms'
            $R sign-blob $(trust) --identity-token @box/email.token --bundle B app 2>/dev/null; echo $?
            """)

        #expect(run.output == "0\napp\napp.sigstore.json\nbox\n69\n0\n")
        // Quiet, as the variable asks for: the error alone.
        #expect(run.error.split(separator: "\n").count == 1)
    }

    @Test("attempts and pauses are tuned by the options of the wrapper")
    func policy() throws {
        let run = try signing(
            """
            sandbox 'tsa:1-3=503'
            $R sign $(trust) --identity-token @box/email.token -d 4ms --backoff exponential:2 \\
                --max-delay 10ms --forever app 2>&1 | grep -o 'attempt.*failed\\|next in .*'
            faults 'tsa:1-3=503'
            $R sign $(trust) --identity-token @box/email.token --overwrite -d 10s -j full --seed 7 \\
                -m 1ms -a 4 -q app; echo $?
            $R sign $(trust) --key none --forever -a 2 app; echo $?
            $R sign $(trust) --key none -j much app; echo $?
            """)

        #expect(
            run.output == """
                attempt 1 failed
                next in 4 ms
                attempt 2 failed
                next in 8 ms
                attempt 3 failed
                next in 10 ms
                0
                125
                125

                """)
        #expect(run.error.contains("--attempts and --forever are mutually exclusive"))
        #expect(run.error.contains("-j, --jitter 'much': expected none, full"))
    }

    @Test("a mistake in RETRY_RUN_OPTS is a usage error that names it")
    func badVariable() throws {
        let run = try signing(
            """
            for value in '-a 0' '--deadline x' "-d '1s"; do
                RETRY_RUN_OPTS=$value $R sign --key none app; echo $?
            done
            """)

        #expect(run.output == "125\n125\n125\n")
        #expect(run.error.contains("error: RETRY_RUN_OPTS: -a, --attempts '0'"))
        #expect(run.error.contains("error: RETRY_RUN_OPTS: -T, --deadline 'x'"))
        #expect(run.error.contains("error: RETRY_RUN_OPTS: a quote or a backslash"))
    }

    @Test(
        "RETRY_RUN_OPTS says nothing of whom to trust, what to ask for and in whose name to sign",
        arguments: [
            "--no-log", "--insecure-ignore-sct", "--insecure-ignore-tlog=true", "--offline",
            "--certificate-identity-regexp .*", "--certificate-oidc-issuer=https://a.b", "--key k",
            "--trusted-root r", "--trust-config=r", "--tuf-url https://a.b", "--staging",
            "--identity-token t", "--expect-identity a", "--no-timestamp", "--no-check-claims",
            "--private-infrastructure", "--use-signed-timestamps=false", "--cacert c",
            "--overwrite",
            "--rekor-url https://a.b", "--type custom", "--no-tlog-upload", "--signing-config s",
        ])
    func loosening(value: String) throws {
        let name = value.prefix { $0 != " " && $0 != "=" }
        let run = try signing(
            """
            export RETRY_RUN_OPTS='-a 2 \(value)'
            for verb in verify verify-blob verify-blob-attestation sign sign-blob attest attest-blob; do
                $R $verb app; echo $?
            done
            RETRY_RUN_OPTS='--retry-if-output "\(name) x"' $R verify app; echo $?
            """)

        #expect(run.output == String(repeating: "125\n", count: 8))
        let refusals = run.error.components(
            separatedBy: "error: RETRY_RUN_OPTS: \(name) is taken from the command line only")
        // What an option of commands is followed by is another matter.
        #expect(refusals.count == 8, "\(run.error)")
    }

    @Test("a variable that names no proxy is refused before any call, and not shown")
    func proxy() throws {
        let run = try signing(
            """
            sandbox; export HTTPS_PROXY=s3cret://user:s3cret@proxy
            sign app; echo $?; $R verify $(trust) app; echo $?; calls fulcio total
            http_proxy=$HTTPS_PROXY HTTPS_PROXY= https_proxy=proxy:9 sign -q app; echo $?
            """)

        #expect(run.output == "125\n125\n0\n0\n", "\(run.error)")
        #expect(
            run.error.contains(
                "error: HTTPS_PROXY is not the address of a proxy: its scheme is none of http, https"
            ))
        #expect(!run.error.contains("s3cret"))
    }

    @Test("an option whose value is empty does not take the next word for it")
    func emptyValue() throws {
        let run = try signing(
            """
            before=$(sha256sum app)
            $R sign --bundle= app --overwrite; echo $?
            $R verify --certificate-identity= app; echo $?
            $R --report= app true; echo $?
            $R --deadline= true; echo $?
            RETRY_RUN_OPTS='--report= app' $R true; echo $?
            $R -- sh -c 'test "$1" = --report=' sh --report=; echo $?
            [ "$(sha256sum app)" = "$before" ]; echo $?; ls
            """)

        #expect(run.output == "125\n125\n125\n125\n125\n0\n0\napp\n")
        for option in ["--bundle", "--certificate-identity", "--report", "--deadline"] {
            #expect(run.error.contains("\(option): the value is empty"), "\(option)")
        }
    }

    @Test("a stdout that is closed is noticed before anything is sent, and no file takes its place")
    func closedStdout() throws {
        let run = try signing(
            """
            sandbox; sign -b - app >&-; echo $?; calls fulcio total
            sign app >&- 2>&-; echo $?; verify -q app; echo $?
            """)

        #expect(run.output == "125\n0\n0\n0\n")
        #expect(run.error == "retry-run: error: cannot write the bundle: stdout is closed\n")
    }

    @Test("a bundle that cannot be written after all follows on stderr: its entry is in the log")
    func unwritable() throws {
        let run = try signing(
            """
            sandbox 'tsa:1=503:1'; mkfifo fifo; (exec 3<fifo; sleep 0.5) &
            sign -b fifo app 2>log; echo $?; entries
            grep -a '^{' log >saved; verify -q -b saved app; echo $?
            grep -c 'cannot write the bundle: fifo: broken pipe' log
            """)

        #expect(run.output == "125\n1\n0\n2\n")
    }

    @Test("mistakes of the command line are said before the network is asked")
    func early() throws {
        let run = try signing(
            """
            sandbox; calls=$(calls issuer total)
            sign_key --identity-token box/email.token app; echo $?
            sign --key k app; echo $?; sign --report app.sigstore.json app; echo $?
            https_proxy=http://127.0.0.1:1 $R sign app; echo $?; sign --expect-identity '' app; echo $?
            calls fulcio total
            """)

        #expect(run.output == "125\n125\n125\n125\n125\n0\n")
        #expect(run.error.contains("the value is the name of a file; write @ before it"))
        #expect(run.error.contains("--key and --identity-token are mutually exclusive"))
        #expect(
            run.error.contains(
                "the bundle 'app.sigstore.json' and the report 'app.sigstore.json' would be one file"
            ))
        #expect(run.error.contains("there is no identity token"))
        #expect(run.error.contains("--expect-identity: the value is empty"))
        #expect(!run.error.contains("cannot refresh the trust"))
    }

    @Test("verify does without a log entry where it is told to, and says how")
    func verifyWithoutLog() throws {
        let run = try signing(
            """
            sandbox; openssl ecparam -name prime256v1 -genkey -noout -out k 2>/dev/null
            openssl pkey -in k -pubout -out p; sign_key -q --key k --no-log app
            $R verify $(trust) --key p app; echo $?; $R verify -q $(trust) --key p --no-log app; echo $?
            $R verify --version
            """)

        #expect(run.output.hasPrefix("1\n0\nretry-run "))
        #expect(run.error.contains("hint: a bundle without an entry needs --no-log"))
    }
}
