import CLinux
import Glibc

/// The processes below this one that belong to one run.
///
/// This process is a child subreaper, so a descendant that called `setsid` or whose parent is gone
/// is still below it. Without that an orphan is found by its mark alone.
struct ProcessTree {
    /// Processes of ours beside the command.
    var attendants: Set<pid_t> = []

    private let mark: RunMark
    private let adoptsOrphans: Bool
    private let spared: Set<ProcessIdentity>
    /// Somebody else's processes may fall to us that do not bear a mark of ours.
    private let sparesUnmarked: Bool

    /// What is there now belongs to somebody else and is never touched, nor what descends from it.
    init(_ mark: RunMark, adoptsOrphans: Bool) {
        self.mark = mark
        self.adoptsOrphans = adoptsOrphans
        let isInit = getpid() == 1
        guard Self.hasChildren else {
            (spared, sparesUnmarked) = ([], isInit)
            return
        }
        let present = Self.below([ProcessTable.ownNumber], in: ProcessTable.entries()) { _ in true }
        spared = Set(present.map(\.identity))
        sparesUnmarked =
            isInit || present.contains { mark.kinship(ofNumber: $0.number) == .unmarked }
    }

    /// Everything alive that was started since, as far as `/proc` shows it.
    func descendants() -> [ProcessIdentity] {
        let entries = ProcessTable.entries()
        let own = ProcessTable.ownNumber
        var roots = [own]
        if !adoptsOrphans {
            roots += entries.map(\.number).filter {
                $0 != own && mark.kinship(ofNumber: $0) == .thisRun
            }
        }
        let below = Self.below(roots, in: entries) { entry in
            !spared.contains(entry.identity) && !attendants.contains(entry.identity.id)
                && (entry.parent != own || isOurs(entry.number))
        }
        let orphans = entries.filter { roots.dropFirst().contains($0.number) }
        return (below + orphans).filter { !$0.isZombie }.map(\.identity)
    }

    /// The children of this process that belong to the run, living or not yet reaped: no process of
    /// the run is left when there are none.
    func children() -> [pid_t] {
        guard Self.hasChildren else { return [] }
        let numbers =
            ProcessTable.children()
            ?? ProcessTable.entries().filter { $0.parent == ProcessTable.ownNumber }.map(\.number)
        return numbers.compactMap { number in
            guard let id = ProcessTable.id(ofNumber: number), !attendants.contains(id) else {
                return nil
            }
            if spared.isEmpty && !sparesUnmarked { return id }
            if let entry = ProcessTable.entry(ofNumber: number), spared.contains(entry.identity) {
                return nil
            }
            return isOurs(number) ? id : nil
        }
    }

    /// True when nothing of the run is left.
    var isEmpty: Bool { children().isEmpty && (adoptsOrphans || descendants().isEmpty) }

    /// Whether a child of this process is of this run, and not an orphan of what is spared.
    private func isOurs(_ number: pid_t) -> Bool {
        if spared.isEmpty && !sparesUnmarked { return true }
        switch mark.kinship(ofNumber: number) {
        case .thisRun: return true
        case .earlierRun: return false
        case .unmarked: return !sparesUnmarked
        }
    }

    private static var hasChildren: Bool {
        var info = siginfo_t()
        return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0
    }

    /// The processes below `roots`, as far as each and all between are `included`.
    static func below(
        _ roots: [pid_t], in entries: [ProcessTable.Entry],
        included: (ProcessTable.Entry) -> Bool
    ) -> [ProcessTable.Entry] {
        let children = Dictionary(grouping: entries, by: \.parent)
        var found: [ProcessTable.Entry] = []
        var open = roots
        while let parent = open.popLast() {
            for child in children[parent] ?? [] where included(child) {
                open.append(child.number)
                found.append(child)
            }
        }
        return found
    }

    /// False while it is known not to be stopped by a signal.
    static func mayBeStopped(_ id: pid_t) -> Bool {
        guard ProcessTable.ownNumber == getpid(), let entry = ProcessTable.entry(ofNumber: id)
        else {
            return true
        }
        return entry.isStopped
    }
}
