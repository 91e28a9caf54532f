import Testing

@Suite("Commands that cannot be run")
struct NotExecutableTests {
    @Test(
        "126: the command is there and cannot be executed, and is not tried again",
        arguments: ["mkdir it; $R ./it", "echo 'exit 0' >it; $R ./it", "$R /"])
    func cannotExecute(script: String) throws {
        let run = try WrapperProcess.bash(script)

        #expect(run.exitCode == 126)
        #expect(!run.error.contains("next in"))
    }

    @Test(
        "127: the command is not found, and is not tried again",
        arguments: ["$R no-such-command", "$R ./no-such-file", "$R /no/such/folder/x", "$R ''"])
    func notFound(script: String) throws {
        let run = try WrapperProcess.bash(script)

        #expect(run.exitCode == 127)
        #expect(!run.error.contains("next in"))
    }

    @Test("127: the interpreter of a script is missing, and the message says so")
    func missingInterpreter() throws {
        let run = try WrapperProcess.bash(
            #"printf '#!/no/interpreter\n' >it; chmod +x it; $R ./it"#)

        #expect(run.exitCode == 127)
        #expect(run.error.contains("interpreter"))
    }

    @Test("a script without #! is run by sh")
    func withoutInterpreter() throws {
        let run = try WrapperProcess.bash(
            #"echo 'echo "got $1"; exit 3' >it; chmod +x it; $R -a 1 ./it 'a b'"#)

        #expect(run.output == "got a b\n")
        #expect(run.exitCode == 3)
    }

    @Test("the command is looked for in PATH")
    func searched() throws {
        let run = try WrapperProcess.bash(
            #"""
            mkdir one two; echo 'exit 8' >one/it; printf '#!/bin/sh\nexit 4\n' >two/it; chmod +x two/it
            export PATH=$PWD/one:$PWD/two:$PATH
            $R -a 1 it
            """#)

        #expect(run.exitCode == 4)
    }

    @Test("a missing command is retried where --retry-on asks for it and --stop-on does not")
    func spawnRetried() throws {
        let run = try WrapperProcess.bash(
            "$R -a 2 -d 0 --retry-on spawn --stop-on 200 no-such-command")

        #expect(run.exitCode == 127)
        #expect(run.error.contains("attempt 2 of 2 failed"))
    }
}
