import Testing

@Suite("Option syntax")
struct OptionSyntaxTests {
    @Test("options end at the first word that is none")
    func optionsEnd() throws {
        let run = try WrapperProcess.bash(#"$R --attempts 1 sh -c 'echo "$1"' _ --timeout"#)

        #expect(run.output == "--timeout\n")
        #expect(run.exitCode == 0)
    }

    @Test("the command's own options and -- reach it", arguments: ["", "-a 1", "--", "-a 1 --"])
    func passedOn(options: String) throws {
        let run = try WrapperProcess.bash(
            #"$R \#(options) printf '<%s>' -a 9 -- --attempts=4 '' 'a  b' -h --version"#)

        #expect(run.output == "<-a><9><--><--attempts=4><><a  b><-h><--version>")
    }

    @Test(
        "an option and its value: apart, with =, and joined to the letter",
        arguments: ["-a3", "-a 3", "--attempts 3", "--attempts=3"])
    func spellings(option: String) throws {
        let run = try WrapperProcess.bash(
            "$R \(option) -d0 sh -c 'echo $RETRY_RUN_MAX_ATTEMPTS >>log; exit 1'; cat log")

        #expect(run.output == "3\n3\n3\n")
    }

    @Test("after -- a word that begins with a dash is the command")
    func dashedCommand() throws {
        let run = try WrapperProcess.bash(
            """
            printf '#!/bin/sh\\nexit 6\\n' >-x; chmod +x -- -x; PATH=$PWD:$PATH; $R -a 1 -- -x
            """)

        #expect(run.exitCode == 6)
    }

    @Test("after -- a signing verb is a command")
    func verbAfterTerminator() throws {
        let run = try WrapperProcess.bash(
            """
            printf '#!/bin/sh\\nexit 7\\n' >sign; chmod +x sign; PATH=$PWD:$PATH; $R -- sign x
            """)

        #expect(run.exitCode == 7)
    }

    @Test("the last of two equal options wins")
    func lastWins() throws {
        let run = try WrapperProcess.bash(
            "$R -a 5 -a 2 -d 0 sh -c 'echo $RETRY_RUN_MAX_ATTEMPTS; exit 1'")

        #expect(run.output == "2\n2\n")
    }
}
