import Glibc
import Testing

@testable import ProcessRunner

@Suite("A command and its end")
struct CommandTests {
    @Test(
        "the name is the program without its folder",
        arguments: [
            ("/usr/bin/cosign", "cosign"), ("cosign", "cosign"), ("", ""), ("/", "/"), ("é", "é"),
        ])
    func name(program: String, name: String) {
        let command = Command(arguments: [Array(program.utf8)], environment: [])

        #expect(command.name == name)
    }

    @Test("a variable is replaced, added and removed; others keep their bytes")
    func variables() {
        var command = Command(
            arguments: [], environment: [[0xFF, 0x3D], Array("A=1".utf8), Array("AB=2".utf8)])

        command.set("A", to: "3")
        #expect(command.environment == [[0xFF, 0x3D], Array("AB=2".utf8), Array("A=3".utf8)])
        command.set("A", to: nil)
        #expect(command.environment == [[0xFF, 0x3D], Array("AB=2".utf8)])
    }

    @Test(
        "127 is not found, 126 cannot be executed",
        arguments: [
            (ENOENT, false, 127, "command not found: 'x'"),
            (ENOENT, true, 127, "cannot execute 'x': its interpreter is missing"),
            (EACCES, false, 126, "cannot execute 'x': permission denied"),
            (ENOEXEC, false, 126, "cannot execute 'x': exec format error"),
        ])
    func failures(number: Int32, missing: Bool, code: Int32, text: String) {
        let failure = ExecFailure(program: "x", errorNumber: number, missingInterpreter: missing)

        #expect(failure.exitCode == code)
        #expect("\(failure)" == text)
        #expect("\(Completion.notStarted(failure))" == text)
    }

    @Test("an end is told in words")
    func words() {
        #expect("\(Completion.ended(.exited(3)))" == "exit status 3")
        #expect("\(Completion.ended(.signalled(.kill)))" == "killed by SIGKILL")
        #expect("\(Completion.timedOut(nil))" == "timed out")
    }

    @Test("an error of our own says what can be done")
    func errors() {
        let limit = ProcessError.descriptorAboveLimit(40, limit: 20)
        #expect("\(limit)".contains("descriptor 40") && "\(limit)".contains("ulimit -n"))
        #expect("\(ProcessError.processGroup(errorNumber: EAGAIN))".contains("ulimit -u"))
        #expect("\(ProcessError.descriptors(errorNumber: EMFILE))".contains("ulimit -n"))
        #expect("\(ProcessError.tooFewDescriptors(limit: 9))".contains("9 open files"))
        #expect("\(ProcessError.spool(errorNumber: ENOSPC))".contains("TMPDIR"))
        #expect("\(ProcessError.launch(reason: "x"))".hasPrefix("cannot start a process: x; "))
    }

    @Test("a variable that names us names the command in our place, and of no other process")
    func serviceVariables() {
        let ours = ["LISTEN_PID=7", "LISTEN_FDS=1", "WATCHDOG_PID=7", "LISTEN_PIDFDID=9", "X=7"]
        let environment = ours.map { Array($0.utf8) }
        let command = Command(arguments: [], environment: environment)
        let hook = Command(shell: "", environment: environment)

        #expect(
            command.environment(for: 123, insteadOf: 7).map { String(decoding: $0, as: UTF8.self) }
                == ["LISTEN_PID=123", "LISTEN_FDS=1", "WATCHDOG_PID=123", "X=7"])
        #expect(command.environment(for: 123, insteadOf: 77) == environment)
        #expect(hook.environment(for: 123, insteadOf: 7) == environment)
    }
}
