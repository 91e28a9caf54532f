import Testing

@Suite("Refreshing the trust")
struct TrustRefreshTests {
    @Test("the trusted root is fetched by TUF, and a target that is cached is not fetched again")
    func refresh() throws {
        let run = try verifyingWithRepository(
            """
            serve; verify; echo $?
            sed 's/[0-9a-f]\\{64\\}/DIGEST/' requests; rm requests
            verify -q; echo $?; cat requests
            """)

        #expect(run.error == "")
        #expect(run.output.hasPrefix("Verified OK: artifact.txt"))
        #expect(
            run.output.split(separator: "\n").dropFirst() == [
                "0", "/2.root.json", "/timestamp.json", "/1.snapshot.json", "/1.targets.json",
                "/targets/DIGEST.trusted_root.json", "0", "/2.root.json", "/timestamp.json",
            ])
    }

    @Test("a call that fails is tried again, and said")
    func retried() throws {
        let run = try verifyingWithRepository("serve 2; verify; echo $?")

        #expect(run.output.hasSuffix("\n0\n"))
        #expect(run.error.split(separator: "\n").count == 2)
        #expect(
            run.error.hasPrefix(
                "retry-run: attempt 1 of 3 failed: GET \(Services.scheme)://127.0.0.1:"))
        #expect(run.error.contains("503"))
    }

    @Test("without an answer and without a cache it is exit code 69, and the way out is said")
    func unavailable() throws {
        let run = try verifyingWithRepository("serve 9; verify; echo $?")

        #expect(run.output == "69\n")
        #expect(
            run.error.contains(
                "retry-run: error: cannot refresh the trust in \(Services.scheme)://127.0.0.1:"))
        #expect(
            run.error.hasSuffix(
                "retry-run: hint: --offline fetches nothing and trusts what was cached or built in\n"
            ))
    }

    @Test("a deadline that ends the refresh is exit code 124")
    func deadline() throws {
        let run = try verifyingWithRepository("serve 9; verify -d 9s -T 200ms; echo $?")

        #expect(run.output == "124\n")
        #expect(run.duration < .seconds(9))
    }

    @Test("when the repository does not answer, a cache that is in date will do, with a warning")
    func cached() throws {
        let run = try verifyingWithRepository("serve; verify -q; stop; verify -a 1; echo $?")

        #expect(run.output.hasSuffix("\n0\n"))
        #expect(run.error.contains("retry-run: warning: cannot refresh the trust in "))
        #expect(run.error.contains("that of the last run is still in date"))
    }

    @Test("a cache that is out of date will do offline only")
    func outOfDate() throws {
        let run = try verifyingWithRepository(
            """
            serve; verify -q; stop
            python3 - <<'PYTHON'
            import base64, glob, json
            file = glob.glob(".cache/retry-run/tuf/*/complete.json")[0]
            print(sorted(json.load(open(file))))
            PYTHON
            sign_all timestamp=2020-01-01T00:00:00Z; rm -r .cache
            serve; verify -a 1 2>expired; echo $?; grep -o 'timestamp.json. expired' expired
            verify --offline; echo $?
            """)

        #expect(
            run.output == """
                ['snapshot', 'targets', 'timestamp']
                1
                timestamp.json' expired
                125

                """)
        #expect(run.error.contains("nothing is known of \(Services.scheme)://127.0.0.1:"))
    }

    @Test("offline nothing is fetched")
    func offline() throws {
        let run = try verifyingWithRepository(
            "serve; verify -q; rm requests; verify -q --offline; echo $?; ls requests")

        #expect(run.output == "0\n")
    }

    @Test("a trusted root that is not the listed one is refused, and nothing of it is kept")
    func tampered() throws {
        let run = try verifyingWithRepository(
            """
            for file in repository/targets/*; do sed -i 's/rekor/r3kor/' $file; done
            serve; verify; echo $?; ls .cache/retry-run/tuf/*/ | grep -c trusted_root
            """)

        #expect(run.output == "1\n0\n")
        #expect(run.error.contains("digest mismatch"))
    }

    @Test("where nothing can be written the trust is fetched all the same")
    func readOnly() throws {
        let run = try verifyingWithRepository(
            "serve; XDG_CACHE_HOME=/proc/none verify -q; echo $?; ls -A .cache 2>/dev/null")

        #expect(run.output == "0\n")
        #expect(run.error == "")
    }

    @Test("runs at the same time share the cache and all get their answer")
    func parallel() throws {
        let run = try verifyingWithRepository(
            """
            serve
            for n in 1 2 3 4 5 6 7 8; do verify -q & runs+=" $!"; done
            for run in $runs; do wait $run; echo -n $?; done
            """)

        #expect(run.output == "00000000")
        #expect(run.error == "")
    }
}
