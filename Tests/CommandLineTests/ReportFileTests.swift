import Testing

@Suite("Report file")
struct ReportFileTests {
    @Test("every field is there, absent values are null")
    func fields() throws {
        let run = try WrapperProcess.python(
            """
            subprocess.run([R, '-R', 'report', 'true'])
            report = json.load(open('report'))
            print(*report)
            print(*report['attempts'][0])
            print(report['deadline'], report['signal'], report['attempts'][0]['delay_after'])
            """)
        let lines = run.output.split(separator: "\n")

        try #require(lines.count == 3)
        #expect(
            lines[0].split(separator: " ").sorted() == [
                "attempts", "command", "deadline", "duration", "exit_code", "result", "signal",
                "started", "version", "worst_case",
            ])
        #expect(
            lines[1].split(separator: " ").sorted() == [
                "delay_after", "duration", "exit_code", "number", "outcome", "reason", "signal",
                "started", "verdict",
            ])
        #expect(lines[2] == "None None None")
    }

    @Test("it is written also when a signal ends the run, in an attempt or in a pause")
    func cancelled() throws {
        let run = try WrapperProcess.python(
            """
            for options, script in ('', 'touch up; exec sleep $MARK'), ('-d 20s', 'touch up; exit 1'):
                p = start('-R report ' + options, script)
                wait_for('up')
                time.sleep(0.2)
                p.terminate()
                code = result(p)
                report = json.load(open('report'))
                print(code, report['result'], report['exit_code'], report['signal'],
                    len(report['attempts']))
                os.remove('up'), os.remove('report')
            """)

        #expect(
            run.output == "SIGTERM cancelled None SIGTERM 1\nSIGTERM cancelled None SIGTERM 1\n")
    }

    @Test("an older report is replaced as a whole, and nothing else is left in the folder")
    func replaced() throws {
        let run = try WrapperProcess.bash(
            "seq 10000 >report; $R -R report true; ls; head -c 1 report; umask 022; stat -c %a report"
        )

        #expect(run.output == "report\n{644\n")
    }

    @Test("one that cannot be written is a warning, never the command's failure")
    func notWritable() throws {
        let run = try WrapperProcess.bash("$R -R /no/such/report true")

        #expect(run.exitCode == 0)
        #expect(run.error.hasPrefix("retry-run: warning: "))
        #expect(run.error.contains("/no/such/report"))
    }

    @Test("one that cannot be written does not change a code")
    func notWritableAndFailed() throws {
        let run = try WrapperProcess.bash("mkdir report; $R -q -a 1 -R report sh -c 'exit 6'")

        #expect(run.exitCode == 6)
    }

    @Test("a device such as /dev/null is written to, not replaced")
    func device() throws {
        let run = try WrapperProcess.bash(
            "mkfifo pipe; timeout 5 cat pipe >copy & $R -R pipe true; wait; cat copy")

        #expect(run.output.contains("\"result\":\"succeeded\""))
    }

    @Test("--dry-run and the report give the same worst case", arguments: ["-t 9s -k 1s", "-T 7s"])
    func sameNumbers(options: String) throws {
        let run = try WrapperProcess.python(
            """
            options = '\(options)'.split()
            text = subprocess.run([R, '-n'] + options, stdout=subprocess.PIPE).stdout.decode()
            subprocess.run([R, '-R', 'report'] + options + ['true'])
            dry = float(re.search('worst case: ([0-9.]+) s', text)[1])
            print(dry == json.load(open('report'))['worst_case'])
            """)

        #expect(run.output == "True\n")
    }
}
