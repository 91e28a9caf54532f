import Testing

@Suite("The sigstore preset")
struct PresetTests {
    private func attempts(_ message: String) throws -> Int {
        let run = try WrapperProcess.bash(
            """
            cat >message <<'END'
            \(message)
            END
            $R -q -a 2 -d 0 --preset sigstore sh -c 'echo >>log; cat message >&2; exit 1' 2>out
            wc -l <log
            """)
        return try #require(Int(run.output.filter(\.isNumber)))
    }

    @Test(
        "transient failures of the services are retried",
        arguments: [
            #"Post "https://rekor.sigstore.dev/api/v1/log/entries": giving up after 1 attempt(s): context deadline exceeded"#,
            #"Post "https://fulcio.sigstore.dev/api/v2/signingCert": dial tcp: lookup fulcio.sigstore.dev: no such host"#,
            #"Get "https://tuf-repo-cdn.sigstore.dev/timestamp.json": net/http: TLS handshake timeout"#,
            "error signing: [POST /api/v1/log/entries][502] createLogEntryDefault",
            "Error: rpc error: code = Unavailable desc = upstream connect error",
            "read tcp 10.0.0.1:443: connection reset by peer",
            "unexpected status code: 503 Service Unavailable",
            "Error: fetching token: 429 Too Many Requests",
        ])
    func transient(message: String) throws {
        #expect(try attempts(message) == 2)
    }

    @Test("colours are invisible")
    func coloured() throws {
        #expect(try attempts("\u{1B}[31mERR\u{1B}[0m status=\u{1B}[1m503\u{1B}[0m") == 2)
        #expect(try attempts("Error: \u{1B}[1munknown\u{1B}[0m flag: --retry, status 503") == 1)
    }

    @Test(
        "a megabyte of output, in one line or in many, takes a moment",
        arguments: [#"{"url":"http://a/b"},"#, "error code http status ", "x", #"error 5\n"#])
    func speed(text: String) throws {
        let run = try WrapperProcess.bash(
            """
            python3 - >file <<'END'
            import sys
            sys.stdout.write(('''\(text)''' * 200000)[:1 << 20])
            END
            timeout 5 $R -q -a 1 --preset sigstore sh -c 'cat file; exit 3' >/dev/null; echo $?
            """)

        #expect(run.output == "3\n")
        #expect(run.duration < .seconds(3))
    }

    @Test(
        "mistakes and missing permissions are not",
        arguments: [
            "Error: unknown flag: --retry",
            "Error: accepts 1 arg(s), received 0",
            "Error: open artifact: no such file or directory",
            "fetching ambient OIDC credentials: ACTIONS_ID_TOKEN_REQUEST_URL not set; is id-token: write set?",
            "GET https://ghcr.io/token: DENIED: 403 Forbidden",
            "rpc error: code = PermissionDenied desc = 503",
        ])
    func permanent(message: String) throws {
        #expect(try attempts(message) == 1)
    }
}
