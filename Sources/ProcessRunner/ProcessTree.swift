import CLinux
import Glibc

/// A process that is told apart from a later one with the same id.
struct ProcessIdentity: Hashable {
    let id: pid_t
    /// Clock ticks since boot.
    let start: UInt64
}

/// The living processes below this one.
///
/// This process is a child subreaper, so a descendant that called `setsid` or whose parent is gone
/// is still below it.
struct ProcessTree {
    private let spared: Set<ProcessIdentity>

    /// What is there now belongs to somebody else and is never touched.
    init() {
        var info = siginfo_t()
        let options = WEXITED | WNOHANG | WNOWAIT
        let hasChildren = waitid(P_ALL, 0, &info, options) == 0
        spared = hasChildren ? Set(Self.descendants(sparing: []).map(\.identity)) : []
    }

    /// Everything that was started since.
    func descendants() -> [ProcessIdentity] {
        Self.descendants(sparing: spared).map(\.identity)
    }

    private struct Status {
        let identity: ProcessIdentity
        let parent: pid_t
        let state: UInt8

        var isZombie: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }
    }

    private static func descendants(sparing: Set<ProcessIdentity>) -> [Status] {
        var children: [pid_t: [Status]] = [:]
        for id in numberedEntries(of: "/proc") ?? [] {
            guard let status = status(of: id) else { continue }
            children[status.parent, default: []].append(status)
        }
        var found: [Status] = []
        var open = [getpid()]
        while let parent = open.popLast() {
            for child in children[parent] ?? [] where !sparing.contains(child.identity) {
                open.append(child.identity.id)
                if !child.isZombie { found.append(child) }
            }
        }
        return found
    }

    /// Source: proc_pid_stat(5): field 3 is the state, 4 the parent, 22 the start time. The name
    /// in field 2 may hold spaces and parentheses.
    private static func status(of id: pid_t) -> Status? {
        let file = open("/proc/\(id)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
            let length = read(file, buffer.baseAddress, buffer.count)
            guard length > 0, let end = buffer[..<length].lastIndex(of: UInt8(ascii: ")"))
            else { return nil }
            let fields = buffer[(end + 1)..<length].split(separator: UInt8(ascii: " "))
            guard fields.count > 19, let state = fields[0].first,
                let parent = number(fields[1]), let start = number(fields[19])
            else { return nil }
            return Status(
                identity: ProcessIdentity(id: id, start: start), parent: pid_t(parent),
                state: state)
        }
    }

    private static func number(_ digits: some Sequence<UInt8>) -> UInt64? {
        UInt64(String(decoding: Array(digits), as: UTF8.self))
    }

    /// True while the process is stopped by a signal.
    static func isStopped(_ id: pid_t) -> Bool {
        status(of: id)?.state == UInt8(ascii: "T")
    }
}
