import Testing

@Suite("Report formats")
struct ReportFormatTests {
    @Test("one run writes a report in each form, chosen by the suffix")
    func suffixes() throws {
        let run = try WrapperProcess.bash(
            """
            $R -q -d 0 -R r.json -R r.xml -R r.html sh -c 'exit $((RETRY_RUN_ATTEMPT < 2))' hunter2
            head -c 1 r.json; echo; head -c 5 r.xml; echo; head -c 9 r.html; echo
            grep -c '<flakyFailure ' r.xml; grep -c '<svg ' r.html; cat r.* | grep -c hunter2
            """)

        #expect(run.output == "{\n<?xml\n<!DOCTYPE\n1\n1\n0\n")
        #expect(run.error == "")
    }

    @Test("--report-format wins over the suffix")
    func format() throws {
        let run = try WrapperProcess.bash(
            "$R -R out.json --report-format junit true; head -c 5 out.json")

        #expect(run.output == "<?xml")
    }

    @Test("reports of the command line replace those of the variable")
    func variable() throws {
        let run = try WrapperProcess.bash(
            "RETRY_RUN_OPTS='--report one.xml' $R --report two.json true; ls")

        #expect(run.output == "two.json\n")
    }

    @Test("a report that cannot be written keeps none of the others back")
    func oneFails() throws {
        let run = try WrapperProcess.bash(
            "$R -a 1 -q -R /no/such/r.html -R r.xml sh -c 'exit 6'; echo $?; ls")

        #expect(run.output == "6\nr.xml\n")
    }

    @Test("a FIFO that nobody reads delays nothing")
    func unreadFIFO() throws {
        let run = try WrapperProcess.bash("mkfifo r.html; $R -R r.html sh -c 'exit 0'; echo $?")

        #expect(run.output == "0\n")
        #expect(run.error.contains("the report was not written"))
        #expect(run.duration < .seconds(10))
    }

    @Test("a run that a signal ends has its reports, in an attempt and in a pause")
    func cancelled() throws {
        let run = try WrapperProcess.python(
            """
            for options, script in ('', 'touch up; exec sleep $MARK'), ('-d 20s', 'touch up; exit 1'):
                p = start('-q -R r.xml -R r.html ' + options, script)
                wait_for('up')
                time.sleep(0.2)
                p.terminate()
                print(result(p), '<error ' in open('r.xml').read(), 'cancelled' in open('r.html').read())
                os.remove('up')
            """)

        #expect(run.output == "SIGTERM True True\nSIGTERM True True\n")
    }

    @Test("--plot draws the fleet into a file, and says the rest as before")
    func plot() throws {
        let run = try WrapperProcess.bash(
            "$R -n --fleet 100 --outage 12s -a 10 --plot fleet.svg; head -c 4 fleet.svg; ls")

        #expect(run.output.hasPrefix("fleet: 100 jobs"))
        #expect(run.output.hasSuffix("<svgfleet.svg\n"))
    }

    @Test(
        "125: --plot needs a fleet and a file that can be written",
        arguments: [
            "-n --plot x.svg true", "-n --fleet 3 --outage 5s --plot ''",
            "-n --fleet 3 --outage 5s --plot /no/such/x.svg", "--plot x.svg true",
        ])
    func plotRefused(options: String) throws {
        let run = try WrapperProcess.bash("$R \(options)")

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error.contains("--plot"))
    }
}
