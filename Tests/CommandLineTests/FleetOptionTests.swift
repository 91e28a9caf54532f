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

    @Test("one job is spoken of as one")
    func oneJob() throws {
        let run = try WrapperProcess.bash("$R -n --fleet 1 --outage 1s -d 2s")

        #expect(run.output.hasPrefix("fleet: 1 job, which calls at 0 s\n"))
        #expect(run.output.contains("calls: 2, 1 of them a retry\n"))
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

    @Test("a signal ends a simulation at once", arguments: ["SIGTERM", "SIGINT"])
    func stopped(signal: String) throws {
        let run = try WrapperProcess.python(
            """
            p = start('-n --fleet 1 --outage 10h --forever -d 0', 'true')
            time.sleep(0.3)
            p.send_signal(signal.\(signal))
            begin = time.monotonic()
            print(result(p), time.monotonic() - begin < 1)
            """)

        #expect(run.output == "\(signal) True\n")
    }

    @Test("a fleet that makes too many calls is refused once a job has made its share")
    func tooManyCalls() throws {
        let run = try WrapperProcess.bash("$R -n --fleet 1000000 --outage 1h --forever -d 10s")

        #expect(run.exitCode == 125)
        #expect(run.error.contains("more than 100000000 calls"))
        #expect(run.duration < .seconds(2))
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
