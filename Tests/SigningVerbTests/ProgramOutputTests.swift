import Foundation
import Glibc
import Testing

@testable import retry_run_sigstore

@Suite("The output of another program")
struct ProgramOutputTests {
    private let folder: ScriptFolder

    init() throws {
        folder = try ScriptFolder()
    }

    private func output(
        of script: String, within limit: Duration = .seconds(20)
    ) throws -> ProgramOutput {
        ProgramOutput(
            of: ["sh", try folder.write("program", script)], own: [], until: .now + limit,
            cancellation: nil)
    }

    @Test("it is all that was written, with the status")
    func whole() throws {
        guard case .ended(let output, let status) = try output(of: "echo abc; exit 3") else {
            Issue.record("it has ended")
            return
        }
        #expect(output == Array("abc\n".utf8))
        #expect(status == 3 << 8)
    }

    @Test("one that closes its output and ends later is waited for")
    func closed() throws {
        guard case .ended([], 0) = try output(of: "exec >&-; sleep 0.2") else {
            Issue.record("it has ended")
            return
        }
    }

    @Test(
        "one that goes on is given up in time, and with it what it has started",
        arguments: ["exec >&-; sleep 77.7", "sleep 77.7 & wait", "sleep 77.7 & exit"])
    func goesOn(script: String) throws {
        let pid = folder.file("pid")
        guard
            case .givenUp = try output(
                of: "echo $$ >'\(pid)'; \(script)", within: .milliseconds(300))
        else {
            Issue.record("it goes on")
            return
        }
        let group = try folder.lines(of: "pid")[0]
        let end = soon()
        while isThere(group), ContinuousClock.now < end { usleep(2000) }
        #expect(!isThere(group))
    }

    /// Whether a process of that group is more than a status that nobody has asked for.
    private func isThere(_ group: String) -> Bool {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.contains { process in
            let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            // PID (NAME) STATE PARENT GROUP …
            let fields = status?.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 2 && fields[2] == group && fields[0] != "Z"
        }
    }

    @Test("more than any answer has is given up")
    func tooMuch() throws {
        guard case .givenUp = try output(of: "exec cat /dev/zero") else {
            Issue.record("it is too much")
            return
        }
    }
}
