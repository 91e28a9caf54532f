import Glibc

/// The tree of a command whose retry-run has been killed. The guardian becomes the process that ends it.
package struct OrphanedTree {
    private let command: pid_t
    private let mark: Substring?

    /// Nil unless `arguments` are those that a guardian gives.
    package init?(_ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) {
        guard let name = arguments[0], let mode = arguments[1], let command = arguments[2],
            strcmp(name, stageExecutable.cString) == 0, strcmp(mode, treeEndMarker.cString) == 0
        else { return nil }
        self.command = pid_t(strtol(command, nil, 10))
        mark = RunMark.words(ofNumber: ProcessTable.ownNumber)?.last
    }

    /// A process that cannot be killed is not waited for beyond this.
    private static let patience = Duration.seconds(2)

    /// Kills until nothing is found twice: what forks meanwhile is found by its mark.
    package func end() {
        let end = SuspendingClock.now.advanced(by: Self.patience)
        var known: Set<ProcessIdentity> = []
        var emptySearches = 0
        while emptySearches < 2, SuspendingClock.now < end {
            let living = search(&known)
            for id in living { _ = kill(id, SIGKILL) }
            emptySearches = living.isEmpty ? emptySearches + 1 : 0
            usleep(emptySearches > 0 ? 5000 : 1000)
        }
    }

    /// - Parameter known: all that has been found; grows.
    private func search(_ known: inout Set<ProcessIdentity>) -> [pid_t] {
        let entries = ProcessTable.entries().filter { $0.number != ProcessTable.ownNumber }
        let roots = entries.filter { entry in
            (known.isEmpty && entry.identity.id == command) || known.contains(entry.identity)
                || isMarked(entry.number)
        }
        let below = ProcessTree.below(roots.map(\.number), in: entries) { _ in true }
        let found = roots + below
        known.formUnion(found.map(\.identity))
        return found.filter { !$0.isZombie }.map(\.identity.id)
    }

    private func isMarked(_ number: pid_t) -> Bool {
        guard let mark else { return false }
        return RunMark.words(ofNumber: number)?.contains(mark) == true
    }
}
