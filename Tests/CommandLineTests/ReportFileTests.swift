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

    @Test(
        "one of our own descriptors gets it after what the command has written, also on a last failure",
        arguments: [
            ("/dev/stdout", ">file"), ("/dev/fd/1", ">file"), ("/dev/fd/3", "3>file"),
            ("/proc/self/fd/100", "100>file"), ("/dev/stdout", "| cat >file"),
            ("/dev/fd/7", "7> >(cat >file)"), ("link", ">file"),
        ], ["true", "false"])
    func ownDescriptor(path: (String, String), command: String) throws {
        let run = try WrapperProcess.bash(
            """
            ln -s /dev/stdout link
            $R -q -d 0 -a 2 -R \(path.0) bash -c 'echo out >&${1##*/}; \(command)' x \
                '\(path.0 == "/dev/stdout" || path.0 == "link" ? "1" : path.0)' \(path.1)
            sleep 0.2; cat file
            """)
        let lines = run.output.split(separator: "\n")

        #expect(lines.dropLast().allSatisfy { $0 == "out" })
        #expect(lines.count == (command == "true" ? 2 : 3))
        #expect(lines.last?.hasPrefix("{") == true)
        #expect(run.error == "")
    }

    @Test(
        "a descriptor that we were not given is none", arguments: ["/dev/fd/5", "/proc/self/fd/6"])
    func foreignDescriptor(path: String) throws {
        let run = try WrapperProcess.bash("$R -R \(path) sh -c 'exit 0'")

        #expect(run.exitCode == 0)
        #expect(run.error.contains("\(path): bad file descriptor"))
    }

    @Test(
        "where it cannot be replaced it is written in place",
        .enabled(if: Capability.mountNamespace))
    func inPlace() throws {
        let run = try WrapperProcess.bash(
            """
            touch outside mounted; n=$(printf 'n%.0s' {1..250})
            unshare -m sh -c 'mount --bind outside mounted; $R -R mounted true'
            head -c 1 outside; $R -R $n true; head -c 1 $n
            """)

        #expect(run.output == "{{")
        #expect(run.error == "")
    }

    @Test(
        "a file in a folder that takes no new names is written in place",
        .enabled(if: Capability.otherUser))
    func readOnlyFolder() throws {
        let run = try WrapperProcess.bash(
            """
            chmod 755 .; mkdir -m 755 closed; touch closed/report; chmod 666 closed/report
            \(Capability.nobody) $R -R closed/report true
            head -c 1 closed/report; stat -c %a closed/report; ls closed
            """)

        #expect(run.output == "{666\nreport\n")
    }

    @Test("mode and owner of a file that is there stay", .enabled(if: Capability.otherUser))
    func modeAndOwner() throws {
        let run = try WrapperProcess.bash(
            """
            echo old >report; chmod 640 report; chown 65534:65533 report
            $R -R report true; head -c 1 report; stat -c '%a %u:%g' report
            """)

        #expect(run.output == "{640 65534:65533\n")
    }

    @Test("never through a link that others may have planted")
    func planted() throws {
        let run = try WrapperProcess.bash(
            """
            echo kept >victim; mkdir -m 1777 shared; ln -s ../victim shared/report
            $R -R shared/report sh -c 'exit 3'; echo $?; cat victim
            ln -s victim own; $R -R own true; head -c 1 victim
            """)

        #expect(run.output == "3\nkept\n{")
        #expect(run.error.contains("the report was not written: shared/report"))
    }

    @Test(
        "nor into somebody else's file in a folder that others may write",
        .enabled(if: Capability.otherUser))
    func strangersFile() throws {
        let run = try WrapperProcess.bash(
            """
            chmod 711 . ..; mkdir -m 1777 shared; echo kept >shared/report; chmod 666 shared/report
            \(Capability.nobody) "$R" -R shared/report -- true; echo $?; cat shared/report
            """)

        #expect(run.output == "0\nkept\n")
        #expect(run.error.contains("the report was not written: shared/report"))
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
