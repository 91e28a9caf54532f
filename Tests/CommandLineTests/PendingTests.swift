import Testing

@Suite("What is pending")
struct PendingTests {
    @Test("a log that is down leaves a pending file and 0, and finish makes the bundle of it")
    func onOutage() throws {
        let run = try signing(
            """
            sandbox 'rekor-v2/create:1-=503'
            sign --defer-log on-outage -R report app; echo $?; ls
            field report result; field report exit_code
            faults ''; finish app; echo $?; ls; verify -q app; echo $?; entries
            """)

        #expect(
            run.output == """
                0
                app
                app.sigstore.pending.json
                box
                report
                pending
                0
                0
                app
                app.sigstore.json
                box
                report
                0
                1

                """)
        #expect(run.error.contains("app is pending"))
        #expect(run.error.contains("retry-run finish"))
    }

    @Test("always does not ask the log; finish does, for everything in the folder")
    func always() throws {
        let run = try signing(
            """
            sandbox; mkdir dist; cp app dist/a; echo b >dist/b
            sign -q --defer-log always dist/a dist/b; echo $?; calls rekor-v2 total
            mv dist elsewhere; finish elsewhere; echo $?; ls elsewhere
            verify -q elsewhere/a; echo $?; verify -q elsewhere/b; echo $?; entries
            """)

        #expect(
            run.output == "0\n0\n0\na\na.sigstore.json\nb\nb.sigstore.json\n0\n0\n2\n")
        #expect(run.error.contains("signed 2 of 2"))
    }

    @Test("what is pending is said even when quiet, and to the CI system")
    func neverSilent() throws {
        let run = try signing(
            """
            sandbox; export GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=summary
            sign -q --defer-log always --identity-token @box/email.token app; echo $?
            cat summary
            """)

        #expect(run.output.hasPrefix("0\n"))
        #expect(run.output.contains("pending"))
        #expect(run.error.contains("retry-run: warning: app is pending"))
        #expect(run.error.contains("::warning title=retry-run::app is pending"))
    }

    @Test("inside is a bundle that verifies without a log, and the mode is a bundle's")
    func bundleInside() throws {
        let run = try signing(
            """
            sandbox; umask 027; sign -q --defer-log always app 2>/dev/null; echo $?
            stat -c %a app.sigstore.pending.json; field app.sigstore.pending.json mediaType
            inside app.sigstore.pending.json >bundle; field bundle mediaType
            verify -q -b bundle app; echo $?; verify -q --no-log -b bundle app; echo $?
            """)

        #expect(
            run.output == """
                0
                640
                application/vnd.retry-run.pending.v1+json
                application/vnd.dev.sigstore.bundle.v0.3+json
                1
                0

                """)
    }

    @Test("a bundle with a name of its own has its pending file beside it; stdout has none")
    func names() throws {
        let run = try signing(
            """
            sandbox; mkdir out
            sign -q --defer-log always -b out/app.sigstore.json app 2>/dev/null; echo $?
            sign -q --defer-log always -b out/other app 2>/dev/null; echo $?; ls out
            sign --defer-log always -b - app; echo $?; sign --resume -b - app; echo $?
            finish -q out; echo $?; ls out; verify -q -b out/other app; echo $?
            """)

        #expect(
            run.output == """
                0
                0
                app.sigstore.pending.json
                other.sigstore.pending.json
                125
                125
                0
                app.sigstore.json
                other
                0

                """)
    }

    @Test("a file that has changed since is not finished: its bundle would be of another one")
    func changed() throws {
        let run = try signing(
            """
            sandbox; cp app b; sign -q --defer-log always app b 2>/dev/null; echo x >>b
            finish; echo $?; ls; entries; verify -q app; echo $?
            """)

        #expect(
            run.output == """
                1
                app
                app.sigstore.json
                b
                b.sigstore.pending.json
                box
                1
                0

                """)
        #expect(run.error.contains("'b' has changed since it was signed"))
    }

    @Test(
        "a version that is not known, or what is no pending file, is refused and left alone",
        arguments: ["s/pending.v1/pending.v2/", "s/^./[/", "s/\"session\"/\"sessions\"/"])
    func unknown(edit: String) throws {
        let run = try signing(
            """
            sandbox; sign -q --defer-log always app 2>/dev/null
            sed -i '\(edit)' app.sigstore.pending.json; sum=$(sha256sum <app.sigstore.pending.json)
            finish; echo $?; sign --resume app; echo $?; ls
            [ "$(sha256sum <app.sigstore.pending.json)" = "$sum" ]; echo $?
            calls rekor-v2 total
            """)

        #expect(run.output == "125\n125\napp\napp.sigstore.pending.json\nbox\n0\n0\n")
        #expect(run.error.contains("cannot go on with 'app.sigstore.pending.json': "))
    }

    @Test(
        "a bundle is written beside its pending file, and over nothing else",
        arguments: [
            ("../outside", "outside"), ("app", "app"), ("app.sigstore.pending.json", "app"),
        ])
    func planted(target: String, name: String) throws {
        let run = try signing(
            """
            sandbox; mkdir dist; mv app dist; sign -q --defer-log always dist/app 2>/dev/null
            python3 - '\(target)' <<'PYTHON'
            import json, sys
            path = 'dist/app.sigstore.pending.json'
            document = json.load(open(path))
            document['target'] = sys.argv[1]
            json.dump(document, open(path, 'w'))
            PYTHON
            cp -r dist before; finish dist; echo $?; diff -r before dist; ls | grep outside; entries
            """)

        #expect(run.output == "125\n0\n")
        #expect(run.error.contains(target == "../outside" ? "beside it" : name))
    }

    @Test("files that it names are looked at if they are files, whatever else they are")
    func plantedInput() throws {
        let run = try signing(
            """
            sandbox; sign -q --defer-log always app 2>/dev/null; mkfifo pipe
            sed -i 's,"files":\\["app"\\],"files":["/dev/zero"\\,"pipe"\\,"app"],' app.sigstore.pending.json
            grep -c /dev/zero app.sigstore.pending.json; finish -q; echo $?; verify -q app; echo $?
            """)

        #expect(run.output == "1\n0\n0\n")
    }

    @Test("a bundle that is called - is a file, also when it is finished")
    func dash() throws {
        let run = try signing(
            """
            sandbox; sign -q --defer-log always -b ./- app 2>/dev/null; echo $?
            finish -q; echo $?; ls; verify -q -b ./- app; echo $?
            """)

        #expect(run.output == "0\n0\n-\napp\nbox\n0\n")
    }

    @Test(
        "no identity token goes to an address that stands in a pending file",
        arguments: [true, false])
    func plantedAuthority(isResumed: Bool) throws {
        let again =
            isResumed
            ? "sign --resume app" : "finish --identity-token @box/email.token"
        let run = try signing(
            """
            LOG=1; sandbox 'rekor-v1/create:1-=503'; sign --resume app 2>/dev/null; echo $?
            python3 -c '
            import http.server, os
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_POST(self):
                    open("heard", "a").write("heard\\n")
                    self.send_error(404)
                def log_message(self, *arguments): pass
            server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
            open("port.new", "w").write(str(server.server_port))
            os.rename("port.new", "port")
            server.serve_forever()' &
            while [ ! -e port ]; do sleep 0.02; done
            python3 - $(cat port) <<'PYTHON'
            import json, sys
            path = 'app.sigstore.pending.json'
            document = json.load(open(path))
            document['session']['services']['certificateAuthority']['url'] = 'http://127.0.0.1:' + sys.argv[1]
            json.dump(document, open(path, 'w'))
            PYTHON
            faults ''; ask clock 1200 >/dev/null; \(again); echo $?
            kill %1; ls heard 2>/dev/null; calls fulcio certificate
            """)

        #expect(run.output == "69\n0\n1\n", "\(run.error)")
    }

    @Test("Rekor v1 would take it too late under a certificate, so that is a usage error")
    func v1() throws {
        let run = try signing(
            """
            LOG=1; sandbox; for when in always on-outage; do
                sign --defer-log $when app; echo $?
            done; calls fulcio total
            export COSIGN_PASSWORD=secret; $R generate-key-pair -q --output-key-prefix k
            sign_key -q --key k.key --defer-log always app 2>/dev/null; echo $?
            finish -q; echo $?; $R verify -q $(trust) --key k.pub app; echo $?; entries
            """)

        #expect(run.output == "125\n125\n0\n0\n0\n0\n1\n")
        #expect(run.error.contains("--log-fallback"))
    }

    @Test("no token, no key and no password is in it", arguments: [1, 2])
    func secrets(log: Int) throws {
        let run = try signing(
            """
            LOG=\(log); sandbox 'rekor-v\(log)/create:1-=503'
            export COSIGN_PASSWORD=moon-sand-river; $R generate-key-pair -q --output-key-prefix k
            cp app b; sign --resume app; echo $?; sign_key --resume --key k.key b; echo $?
            python3 - <<'PYTHON'
            import base64, pathlib, subprocess
            texts = [open(name + '.sigstore.pending.json').read() for name in ('app', 'b')]
            token = open('box/email.token').read().strip()
            key = open('k.key').read()
            plain = subprocess.run(
                ['sh', '-c', 'grep -v - k.key | tr -d "\\\\n"'], capture_output=True, text=True).stdout
            secrets = [token, *token.split('.'), 'moon-sand-river', plain, plain[:60]]
            secrets += [base64.b64encode(text.encode()).decode() for text in list(secrets)]
            print([secret for secret in secrets for text in texts if secret in text])
            for text in texts:
                assert 'PRIVATE' not in text and '"token' not in text, text
            PYTHON
            """)

        #expect(run.output == "69\n69\n[]\n")
    }

    @Test("--resume goes on where the last run ended: the certificate and the signature are kept")
    func resume() throws {
        let run = try signing(
            """
            sandbox 'rekor-v2/create:1-=503'
            sign --resume app; echo $?; ls; calls fulcio certificate; calls tsa timestamp
            faults ''; sign --resume app; echo $?; ls; verify -q app; echo $?
            calls fulcio certificate; calls tsa timestamp; entries
            """)

        #expect(
            run.output == """
                69
                app
                app.sigstore.pending.json
                box
                1
                1
                0
                app
                app.sigstore.json
                box
                0
                0
                0
                1

                """)
    }

    @Test("a pending file of another content is not gone on with; the file is signed anew")
    func resumeOfChanged() throws {
        let run = try signing(
            """
            sandbox 'rekor-v2/create:1-3=503'
            sign --resume app; echo $?; echo more >>app; sign --resume app; echo $?; ls
            verify -q app; echo $?; calls fulcio certificate; entries
            """)

        #expect(run.output == "69\n0\napp\napp.sigstore.json\nbox\n0\n2\n1\n")
        #expect(run.error.contains("has changed since"))
    }

    @Test("the certificate may end before the log is back: v2 takes the entry all the same")
    func endedCertificate() throws {
        let run = try signing(
            """
            sandbox; sign -q --defer-log always app 2>/dev/null; ask clock 3600 >/dev/null
            finish -q; echo $?; verify -q app; echo $?; entries
            """)

        #expect(run.output == "0\n0\n1\n")
    }

    @Test("an attestation can be pending, too")
    func attestation() throws {
        let run = try signing(
            """
            sandbox; echo '{"a": 1}' >p; cp app b
            attest -q --defer-log always --predicate p --type https://example.com/p -b x.sigstore.json app b \
                2>/dev/null; echo $?; ls
            finish -q; echo $?; verify -q --type https://example.com/p -b x.sigstore.json b; echo $?; entries
            """)

        #expect(
            run.output
                == "0\napp\nb\nbox\np\nx.sigstore.pending.json\n0\n0\n1\n")
    }

    @Test("there is nothing to finish, or not even a file: that is said")
    func nothing() throws {
        let run = try signing(
            """
            sandbox; finish; echo $?; finish missing; echo $?; finish app; echo $?
            """)

        #expect(run.output == "0\n125\n125\n")
    }
}
