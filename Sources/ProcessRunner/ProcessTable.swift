import CLinux
import Glibc

/// A process that is told apart from a later one with the same id.
struct ProcessIdentity: Hashable {
    let id: pid_t
    /// Clock ticks since boot.
    let start: UInt64
}

/// The processes in `/proc`.
///
/// `/proc` may be that of a pid namespace around ours (`unshare -p` without `--mount-proc`): then it
/// counts otherwise than the kernel does for us, and an id is looked up.
enum ProcessTable {
    struct Entry {
        let identity: ProcessIdentity
        /// Its number and its parent's in `/proc`.
        let number: pid_t
        let parent: pid_t
        let state: UInt8

        var isZombie: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }
        var isStopped: Bool { state == UInt8(ascii: "T") }
    }

    /// Our own number in `/proc`.
    static let ownNumber: pid_t =
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
            guard let start = buffer.baseAddress else { return getpid() }
            let length = readlink("/proc/self", start, 31)
            start[max(0, length)] = 0
            return pid_t(strtol(start, nil, 10))
        }

    /// The position of our own ids among those of a process, nil where `/proc` counts as we do.
    private static let level: Int? =
        ownNumber == getpid() ? nil : ids(ofNumber: ownNumber).map { $0.count - 1 }

    static func entries() -> [Entry] {
        (numberedEntries(of: "/proc") ?? []).compactMap(entry)
    }

    /// The children of this process that the kernel names; nil where it cannot be asked.
    ///
    /// Complete: none goes while the only one that reaps them reads.
    static func children() -> [pid_t]? {
        contents(of: "/proc/thread-self/children").map { bytes in
            bytes.split(separator: UInt8(ascii: " ")).compactMap { number($0).map { pid_t($0) } }
        }
    }

    /// The id by which a process is signalled.
    static func id(ofNumber number: pid_t) -> pid_t? {
        guard ownNumber != getpid() else { return number }
        guard let level, let ids = ids(ofNumber: number), ids.count > level else { return nil }
        return ids[level]
    }

    /// Source: proc_pid_stat(5): field 3 is the state, 4 the parent, 22 the start time. The name
    /// in field 2 may hold spaces and parentheses.
    static func entry(ofNumber process: pid_t) -> Entry? {
        guard let bytes = contents(of: "/proc/\(process)/stat"),
            let end = bytes.lastIndex(of: UInt8(ascii: ")")), let id = id(ofNumber: process)
        else { return nil }
        let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "))
        guard fields.count > 19, let state = fields[0].first,
            let parent = number(fields[1]), let start = number(fields[19])
        else { return nil }
        return Entry(
            identity: ProcessIdentity(id: id, start: start), number: process,
            parent: pid_t(parent), state: state)
    }

    /// True when the process has a handler for the signal, or ignores it.
    static func handles(_ id: pid_t, _ signal: Signal) -> Bool {
        guard ownNumber == getpid() else { return false }
        return ["SigIgn:", "SigCgt:"].contains { key in
            guard let line = line(key, ofNumber: id) else { return false }
            let digits = String(decoding: line, as: UTF8.self).filter(\.isHexDigit)
            return SignalSet(bits: UInt64(digits, radix: 16) ?? 0).contains(signal)
        }
    }

    /// The ids of a process, from the namespace of `/proc` down to its own.
    ///
    /// Source: proc_pid_status(5), NSpid.
    private static func ids(ofNumber process: pid_t) -> [pid_t]? {
        line("NSpid:", ofNumber: process)?.split(separator: UInt8(ascii: "\t"))
            .compactMap { number($0).map { pid_t($0) } }
    }

    /// What stands after `key` in the status of a process.
    private static func line(_ key: String, ofNumber process: pid_t) -> ArraySlice<UInt8>? {
        let key = Array(key.utf8)
        let lines = contents(of: "/proc/\(process)/status")?.split(separator: UInt8(ascii: "\n"))
        return lines?.first { $0.starts(with: key) }?.dropFirst(key.count)
    }

    private static func number(_ digits: some Sequence<UInt8>) -> UInt64? {
        UInt64(String(decoding: Array(digits), as: UTF8.self))
    }
}
