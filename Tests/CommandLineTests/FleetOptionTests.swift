import Testing

@Suite("A fleet in the dry run")
struct FleetOptionTests {
    @Test("--fleet prints calls, peak, success and a plot, and runs nothing")
    func fleet() throws {
        let run = try WrapperProcess.bash(
            "$R -n --fleet 100 --outage 12s -a 10 -d 5s touch was-run; ls")

        #expect(run.exitCode == 0)
        #expect(run.error == "")
        #expect(run.output.contains("calls: 400, 300 of them retries\n"))
        #expect(run.output.contains("peak: 100 retries per second, at 5 s\n"))
        #expect(run.output.contains("succeeded: 100 of 100 jobs (100.0 %), the last at 15 s\n"))
        #expect(run.output.contains("     5 s       100              100  ####"))
        #expect(!run.output.contains("was-run"))
    }

    @Test("jobs that give up are counted, and what they would have met is not")
    func givingUp() throws {
        let run = try WrapperProcess.bash("$R -n --fleet 3 --outage 1h -T 10m -t 1m -d 10s -a 99")

        #expect(run.output.contains("a call in it lasts until its timeout of 1m\n"))
        #expect(run.output.contains("succeeded: 0 of 3 jobs (0.0 %)\n"))
        #expect(run.output.contains("calls: 27, 24 of them retries\n"))
    }

    @Test("a seed makes it repeatable")
    func seed() throws {
        let run = try WrapperProcess.bash(
            """
            simulate() { $R -n --fleet 100 --outage 5m --forever -d 30s -j full --seed "$1"; }
            [ "$(simulate 1)" = "$(simulate 1)" ] && [ "$(simulate 1)" != "$(simulate 2)" ]
            """)

        #expect(run.exitCode == 0)
    }

    @Test(
        "125: the options of a fleet go together, and with --dry-run",
        arguments: [
            ("--fleet 3 --outage 5m true", "--dry-run"),
            ("-n --fleet 3", "--outage"),
            ("-n --outage 3", "--fleet"),
            ("-n --fleet 0 --outage 5m", "--fleet '0'"),
            ("-n --fleet 1000001 --outage 5m", "--fleet '1000001'"),
            ("-n --fleet 3 --outage 31d", "--outage '31d'"),
        ])
    func refused(options: String, word: String) throws {
        let run = try WrapperProcess.bash("$R \(options)")

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error.contains(word))
        #expect(run.error.filter { $0 == "\n" }.count == 1)
    }

    @Test("the options may come from RETRY_RUN_OPTS, some or all")
    func variable() throws {
        let run = try WrapperProcess.bash(
            "RETRY_RUN_OPTS='--fleet 3 --outage 5s' $R --dry-run; $R true && echo ran")

        #expect(run.output.hasPrefix("fleet: 3 jobs"))
        #expect(run.output.hasSuffix("ran\n"))
    }
}
