import Foundation
import Glibc
import Testing

/// A script that has run the real `retry-run` and has ended.
///
/// The script finds the binary in `$R`, an empty folder as its working directory, and in `$MARK` an
/// argument for `sleep` by which its processes are told from all others. It is the leader of a
/// session without a terminal, nothing is ignored or blocked, and its stdin is `/dev/null`.
struct WrapperProcess {
    /// Nil when a signal ended the script.
    let exitCode: Int32?
    let signal: Int32?
    let output: String
    let error: String
    let duration: Duration
    /// The processes with `$MARK` among their arguments that outlived the script; they are gone
    /// now.
    let survivors: Int

    /// Runs a script for bash.
    static func bash(_ script: String, limit: Duration = .seconds(120)) throws -> WrapperProcess {
        try run(["bash", "-c", script, "script"], limit: limit)
    }

    /// Runs a script for Python, after the definitions of `pythonPrelude`.
    static func python(_ script: String, limit: Duration = .seconds(120)) throws -> WrapperProcess {
        try run(["python3", "-c", pythonPrelude + script], limit: limit)
    }

    /// The binary beside the test bundle.
    static let binary: String = {
        let bundle = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = URL(fileURLWithPath: bundle ?? CommandLine.arguments[0])
        return folder.deletingLastPathComponent().appendingPathComponent("retry-run").path
    }()

    private static func run(_ arguments: [String], limit: Duration) throws -> WrapperProcess {
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("retry-run-test-\(UUID().uuidString)")
        let folder = scratch.appendingPathComponent("work")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let mark = "7000.\(UInt32.random(in: 100_000_000 ... .max))"
        let output = scratch.appendingPathComponent("stdout").path
        let error = scratch.appendingPathComponent("stderr").path

        let clock = ContinuousClock()
        let start = clock.now
        let id = try spawn(arguments, in: folder.path, mark: mark, output: output, error: error)
        let status = wait(for: id, until: start.advanced(by: limit))
        let duration = start.duration(to: clock.now)
        let survivors = MarkedProcesses(mark)
        defer { survivors.kill() }

        let ended = try #require(status, "the script did not end within \(limit)")
        return WrapperProcess(
            exitCode: ended & 0x7F == 0 ? ended >> 8 & 0xFF : nil,
            signal: ended & 0x7F == 0 ? nil : ended & 0x7F,
            output: try text(output), error: try text(error), duration: duration,
            survivors: survivors.count)
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    /// The status as `waitpid` gives it, nil when the script had to be killed.
    private static func wait(for id: pid_t, until end: ContinuousClock.Instant) -> Int32? {
        var status: Int32 = 0
        while waitpid(id, &status, WNOHANG) == 0 {
            if ContinuousClock.now > end {
                kill(-id, SIGKILL)
                waitpid(id, &status, 0)
                return nil
            }
            usleep(2000)
        }
        return status
    }

    private static func spawn(
        _ arguments: [String], in folder: String, mark: String, output: String, error: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT, 0o600)
        for descriptor: Int32 in 3..<256 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        let newSession: Int16 = 0x80
        let signalState = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, newSession | signalState)
        var signals = sigset_t()
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)

        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        // Where a build that measures coverage puts its figures.
        let profile =
            ProcessInfo.processInfo.environment["LLVM_PROFILE_FILE"].map {
                ["LLVM_PROFILE_FILE=\($0)"]
            } ?? []
        let environment =
            ["PATH=\(path)", "HOME=\(folder)", "R=\(binary)", "MARK=\(mark)"] + profile
        let command = ["env", "-C", folder] + arguments
        var list = command.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { (list + variables).forEach { free($0) } }
        var id = pid_t()
        let result = posix_spawnp(&id, command[0], &actions, &attributes, &list, &variables)
        try #require(result == 0, "cannot start \(arguments[0])")
        return id
    }
}
