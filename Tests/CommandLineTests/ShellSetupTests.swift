import Testing

@Suite("retry-run init")
struct ShellSetupTests {
    @Test("init prints completions and the function `retry`", arguments: ["bash", "zsh", "fish"])
    func prints(shell: String) throws {
        let run = try WrapperProcess.bash("$R init \(shell)")

        #expect(run.exitCode == 0)
        #expect(run.error == "")
        #expect(run.output.contains("# Completion of retry-run for \(shell)."))
        #expect(run.output.contains("retry [OPTION…] [--] COMMAND [ARG…]"))
        #expect(run.output.contains("--kill-after"))
    }

    @Test(
        "125: another shell, none or two; the way out is named",
        arguments: ["init", "init foo", "init bash zsh", "init --help bash"])
    func refused(words: String) throws {
        let run = try WrapperProcess.bash("$R \(words)")

        #expect(run.exitCode == 125)
        #expect(run.output == "")
        #expect(run.error.contains("'\(words)'"))
        #expect(run.error.contains("retry-run -- init"))
        #expect(run.error.filter { $0 == "\n" }.count == 1)
    }

    @Test("init --help says what it prints and how it is used", arguments: ["--help", "-h"])
    func help(option: String) throws {
        let run = try WrapperProcess.bash("$R init \(option)")

        #expect(run.exitCode == 0)
        #expect(run.output.contains("USAGE: retry-run init bash|zsh|fish\n"))
        #expect(run.error.isEmpty)
    }

    @Test("init is a verb as the first word only", arguments: ["--", "-a 1", "-a 1 --"])
    func program(options: String) throws {
        let run = try WrapperProcess.bash(
            #"printf '#!/bin/sh\necho "mine: $*"\n' >init; chmod +x init; "#
                + "PATH=.:$PATH $R \(options) init bash")

        #expect(run.output == "mine: bash\n")
    }

    @Test("every value that is offered for an option is accepted by it")
    func values() throws {
        let run = try WrapperProcess.python(
            """
            dump = json.loads(subprocess.check_output([R, '--experimental-dump-help']))
            for option in dump['command']['arguments']:
                for value in option.get('completionKind', {}).get('list', {}).get('values', []):
                    name = '--' + option['preferredName']['name']
                    done = subprocess.run([R, '-n', name, value], stdout=subprocess.DEVNULL)
                    print(name, value, done.returncode)
            """)

        let lines = run.output.split(separator: "\n")
        #expect(lines.contains("--signal TERM 0"))
        #expect(lines.contains("--preset sigstore 0"))
        #expect(lines.allSatisfy { $0.hasSuffix(" 0") })
    }
}
