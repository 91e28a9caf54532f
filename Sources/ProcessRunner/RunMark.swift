import CLinux
import Glibc

/// What everything that one run starts has in its environment: `RETRY_RUN_ID`, one word for each
/// retry-run around it, the innermost last.
///
/// By it an orphan, whose parents are gone, is told from those of earlier runs.
struct RunMark {
    static let variable = "RETRY_RUN_ID"

    /// This process, now and for ever: its id and when it began, in nanoseconds since boot.
    private let supervisor: String
    private let number: Int

    /// The mark of the first run.
    init() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        supervisor = "\(getpid()).\(now.tv_sec * 1_000_000_000 + now.tv_nsec)"
        number = 0
    }

    private init(_ supervisor: String, _ number: Int) {
        self.supervisor = supervisor
        self.number = number
    }

    /// The mark of the run after this one.
    var next: RunMark { RunMark(supervisor, number + 1) }

    /// Adds the mark to what `command` has inherited.
    func set(on command: inout Command) {
        let prefix = Array("\(Self.variable)=".utf8)
        guard let inherited = command.environment.first(where: { $0.starts(with: prefix) }) else {
            return command.set(Self.variable, to: "\(supervisor).\(number)")
        }
        // What marks the run before this one is not around it.
        let words = String(decoding: inherited[prefix.count...], as: UTF8.self)
            .split(separator: " ").filter { !$0.hasPrefix(supervisor + ".") }
        command.set(Self.variable, to: (words + ["\(supervisor).\(number)"]).joined(separator: " "))
    }

    /// Whose a process is, by its environment.
    enum Kinship {
        case thisRun
        case earlierRun
        /// It was started by somebody else, or has cleared its environment, or does not show it.
        case unmarked
    }

    /// - Parameter process: its number in `/proc`.
    func kinship(ofNumber process: pid_t) -> Kinship {
        guard let bytes = contents(of: "/proc/\(process)/environ") else { return .unmarked }
        // It is in the middle of an exec or not reaped yet, and will say more when asked again; or it
        // has cleared its environment.
        if bytes.isEmpty { return .thisRun }
        guard let words = Self.words(in: bytes) else { return .unmarked }
        if words.contains("\(supervisor).\(number)") { return .thisRun }
        return words.contains { $0.hasPrefix(supervisor + ".") } ? .earlierRun : .unmarked
    }

    /// The value of the variable in a process, in words; nil without.
    static func words(ofNumber process: pid_t) -> [Substring]? {
        contents(of: "/proc/\(process)/environ").flatMap(words)
    }

    private static func words(in bytes: [UInt8]) -> [Substring]? {
        let prefix = Array("\(variable)=".utf8)
        let entry = bytes.split(separator: 0).first { $0.starts(with: prefix) }
        return entry.map { String(decoding: $0.dropFirst(prefix.count), as: UTF8.self) }
            .map { $0.split(separator: " ") }
    }
}
