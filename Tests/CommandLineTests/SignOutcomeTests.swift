import Foundation
import Testing

@Suite("How a signing ends")
struct SignOutcomeTests {
    @Test("each class of failure has its exit code, its word and one sentence")
    func exitCodes() throws {
        let run = try signing(
            """
            sandbox 'tsa:1=400' 'tsa:2-4=503'
            sign app; echo $?; sign app; echo $?
            faults 'fulcio/certificate:1-=503:9'; sign -T 2s app; echo $?
            sign --bogus app; echo $?; ls; entries
            """)
        let errors = run.error.split(separator: "\n").filter { $0.contains(": error: ") }

        #expect(run.output == "1\n69\n124\n125\napp\nbox\n0\n")
        #expect(errors.count == 4)
        #expect(errors[0].hasSuffix("(timestamp, REFUSED)"))
        #expect(errors[1].contains("status 503"))
        #expect(errors[1].hasSuffix("(timestamp, UNAVAILABLE)"))
        #expect(errors[2].contains("asks for a pause of 9 s"))
        #expect(errors[2].hasSuffix("(certificate, TIMEOUT)"))
        #expect(errors[3].contains("unknown option '--bogus'"))
    }

    @Test("an instance that promises nothing of its certificates has to be asked for")
    func certificatePromise() throws {
        let run = try signing(
            """
            sandbox 'fulcio/certificate:1-=wrong'
            sign app; echo $?; sign -q --insecure-ignore-sct app; echo $?
            verify -q app; echo $?; verify -q --insecure-ignore-sct app; echo $?
            """)

        #expect(run.output == "1\n0\n1\n0\n")
        #expect(run.error.contains("(certificate, REFUSED)"))
        #expect(run.error.contains("hint: an instance without a log of certificates needs"))
    }

    @Test("a failed attempt that another one follows is one line")
    func retryLine() throws {
        let run = try signing(
            "sandbox 'rekor-v2/create:1=503' 'fulcio/certificate:1=html502'; sign app; echo $?")
        let lines = run.error.split(separator: "\n")

        #expect(run.output == "0\n")
        #expect(lines.count == 3)
        #expect(
            lines[0].hasPrefix(
                "retry-run: attempt 1 of 3 failed: POST \(Services.scheme)://127.0.0.1:"))
        #expect(lines[0].contains("/api/v2/signingCert: status 502"))
        #expect(lines[0].hasSuffix("; next in 10 ms"))
        #expect(lines[1].contains("/api/v2/log/entries: status 503"))
    }

    @Test(
        "a signal ends a pause or an exchange at once, as UNAVAILABLE, and the process dies of it",
        arguments: [("INT", 2), ("TERM", 15), ("HUP", 1), ("QUIT", 3)],
        ["fulcio/certificate:1=503:9", "fulcio/certificate:1=hang"])
    func cancellation(signal: (name: String, number: Int), fault: String) throws {
        let (signal, number) = signal
        let run = try signing(
            """
            sandbox '\(fault)'
            # Not `sign`: the signal is for the process, and a background one of bash ignores INT.
            python3 -c '
            import json, signal, subprocess, sys, time, urllib.request
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            process = subprocess.Popen(sys.argv[2:])
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            url = json.load(open("box/ready"))["tsa"] + "/sandbox/calls"
            while not json.load(opener.open(url))["calls"]["fulcio"]["certificate"]:
                time.sleep(0.01)
            time.sleep(0.1)
            start = time.monotonic()
            process.send_signal(getattr(signal, "SIG" + sys.argv[1]))
            print(process.wait(), time.monotonic() - start < 0.5)' \\
                \(signal) $R sign $(trust) --identity-token @box/email.token -R report app
            python3 -c 'import json; r = json.load(open("report")); print(r["result"], r["exit_code"])'
            calls fulcio certificate; ls
            """)

        #expect(run.output == "-\(number) True\ncancelled \(128 + number)\n1\napp\nbox\nreport\n")
        #expect(run.error.contains("UNAVAILABLE: cancelled by SIG\(signal))"))
    }

    @Test("a signal that was ignored at the start stays ignored")
    func ignored() throws {
        let run = try signing(
            """
            sandbox 'fulcio/certificate:1=503:1'
            (trap '' HUP; exec $R sign -q $(trust) --identity-token @box/email.token app) &
            sleep 0.4; kill -HUP $!; wait $!; echo $?
            """)

        #expect(run.output == "0\n")
    }

    @Test("attempts that do not fit into the deadline are warned of")
    func limits() throws {
        let run = try signing(
            "sandbox; $R sign $(trust) --identity-token @box/email.token -T 60s app; echo $?")

        #expect(run.output == "0\n")
        #expect(
            run.error.hasPrefix(
                "retry-run: warning: the attempts of one call with their pauses take up to 1m51s"))
    }

    @Test("the report tells phases, attempts, classes and durations, and where the entry is")
    func report() throws {
        let run = try signing(
            """
            sandbox 'tsa:1=503' 'rekor-v2/create:1=commit-then-drop'
            sign -q -R report app; cat report
            """)
        let report = try #require(
            JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let phases = try #require(report["phases"] as? [[String: Any]])
        let attempts = try phases.map { try #require($0["attempts"] as? [[String: Any]]) }
        let file = try #require((report["files"] as? [[String: Any]])?.first)

        #expect(report["result"] as? String == "signed")
        #expect(report["exit_code"] as? Int == 0)
        #expect(report["deadline"] as? Double == 120)
        #expect(
            phases.map { $0["phase"] as? String } == [
                "trust", "token", "certificate", "signature", "timestamp", "log", "self-check",
            ])
        #expect(attempts.map(\.count) == [0, 0, 1, 0, 2, 4, 0])
        #expect(
            attempts[4].map { $0["verdict"] as? String } == ["retry", "success"])
        #expect(attempts[4][0]["class"] as? String == "unavailable")
        #expect(attempts[4][0]["delay_after"] as? Double == 0.01)
        #expect(attempts[5][0]["class"] as? String == "unknown-outcome")
        #expect(file["bundle"] as? String == "app.sigstore.json")
        #expect((file["entries"] as? [[String: Any]])?.first?["index"] as? Int == 5)
    }

    @Test("there is a report of a failure too, and one that cannot be written is a warning")
    func reportOfFailure() throws {
        let run = try signing(
            """
            sandbox 'tsa:1=400'; sign -R report app 2>/dev/null; cat report
            sign -R missing/report app; echo $?
            """)

        #expect(run.output.contains(#""result":"refused""#))
        #expect(run.output.contains(#""class":"refused""#))
        #expect(run.output.hasSuffix("\n0\n"))
        #expect(run.error.contains("warning: the report was not written: missing/report"))
    }

    @Test("on a terminal one line shows phase, attempt and time left, and erases itself")
    func progress() throws {
        let run = try signingOnTerminal(
            """
            t = Terminal()
            t.run('export TERM=xterm; . ./functions; sandbox "tsa:1=503:2"')
            t.type('sign app')
            t.expect('timestamp: next attempt in 1 s, 1')
            t.expect('s left')
            rest = t.prompt()
            print('signed app' in rest, rest.count('\\x1b[K') > 2, '\\r\\x1b[Kretry-run: signed' in rest)
            print(t.run('echo $?').strip())
            """)

        #expect(run.output == "True True True\n0\n")
    }

    @Test(
        "a clock that is ten minutes off is explained, and the signature is made",
        arguments: [600, -600])
    func clock(offset: Int) throws {
        let run = try signing(
            """
            sandbox --clock-offset=\(offset); sign app; echo $?
            """)

        #expect(run.output == "0\n")
        // To the second, and the time that the answer was on its way.
        #expect(
            run.error.contains("the clock of this machine is 10m")
                || run.error.contains("the clock of this machine is 9m5"))
        #expect(run.error.contains("\(offset > 0 ? "behind" : "ahead of") that of the services"))
        #expect(run.error.contains("retry-run: hint: set the clock"))
    }

    @Test("a file that has another content before its bundle is there is not signed, and is named")
    func changedFile() throws {
        let run = try signing(
            """
            sandbox; echo 2 >two; echo '{}' >p
            meanwhile() {
                rm -f *.sigstore.json; faults 'fulcio/certificate:1=503'; $1 -d 2s -R rep app two & pid=$!
                until [ "$(calls fulcio certificate 2>&- || echo 0)" -ge 1 ]; do sleep 0.02; done
                eval "$2"; wait $pid; echo $? *.sigstore.json
            }
            attested() { attest --predicate p -b app.sigstore.json "$@"; }
            meanwhile sign 'echo more >>app'; meanwhile sign 'touch app; cp two x; mv x two'
            meanwhile attested 'echo more >>two'; meanwhile sign 'rm app; echo app >app'
            python3 -c 'import json; r = json.load(open("rep"))
            print(r["class"], [f["signed"] for f in r["files"]])'
            """)

        #expect(
            run.output == """
                1 two.sigstore.json
                0 app.sigstore.json two.sigstore.json
                1 *.sigstore.json
                1 two.sigstore.json
                artifact-mismatch [False, True]

                """, "\(run.error)")
        #expect(run.error.contains("'app' has changed while it was signed; sign it again"))
        #expect(run.error.contains("'two' has changed while it was signed; sign it again"))
    }
}
