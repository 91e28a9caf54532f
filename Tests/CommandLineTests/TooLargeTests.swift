import Testing

@Suite("Down, or too large")
struct TooLargeTests {
    /// `predicate` with that many MiB.
    private static func predicate(_ size: Int) -> String {
        "{ printf '{\"a\":\"'; head -c \(size)M /dev/zero | tr '\\0' x; printf '\"}'; } >predicate; "
    }

    @Test(
        "a balancer's answer to a large body is followed by one small call, and ends the run at once",
        arguments: ["502", "413", "504", "close"])
    func tooLarge(answer: String) throws {
        let run = try signing(
            "LOG=1; sandbox --body-limit=rekor-v1:1048576=\(answer); " + Self.predicate(2) + """
                attest -R report --type https://example.com/p --predicate predicate app; echo $?
                field report class; calls rekor-v1 create; calls rekor-v1 total; entries; ls *.json
                """)

        #expect(run.output == "1\ntoo-large\n1\n2\n0\n", "\(run.error)")
        #expect(run.error.contains("Rekor v2"))
        #expect(!run.error.contains("to outlast 45 minutes"))
    }

    @Test("a service that does not answer the small call either is down, and is tried again")
    func down() throws {
        let run = try signing(
            "LOG=1; sandbox 'rekor-v1:1-=502'; " + Self.predicate(2) + """
                attest --type https://example.com/p --predicate predicate app; echo $?
                calls rekor-v1 create
                """)

        #expect(run.output == "69\n3\n", "\(run.error)")
    }

    @Test("a small body's 502 is an outage, and nothing more is asked")
    func small() throws {
        let run = try signing(
            "LOG=1; sandbox 'rekor-v1:1=502'; sign -q app; echo $?; calls rekor-v1 total")

        #expect(run.output == "0\n2\n")
    }

    @Test("Rekor v2 takes a digest only: a predicate of 16 MiB is signed and verifies")
    func large() throws {
        let run = try signing(
            "sandbox --body-limit=rekor-v2:1048576=502; " + Self.predicate(16) + """
                attest -q --type https://example.com/p --predicate predicate app; echo $?
                verify -q --type https://example.com/p app; echo $?
                """, limit: .seconds(300))

        #expect(run.output == "0\n0\n", "\(run.error)")
    }
}
