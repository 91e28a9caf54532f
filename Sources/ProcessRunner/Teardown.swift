import Glibc

/// How a command is made to end.
package struct TerminationPolicy: Sendable {
    /// The signal that asks it to; with `Signal.none` nothing is sent.
    package var signal: Signal
    /// The time between that signal and SIGKILL; nil when SIGKILL never follows.
    package var gracePeriod: Duration?

    package init(signal: Signal = .terminate, gracePeriod: Duration? = .seconds(5)) {
        self.signal = signal
        self.gracePeriod = gracePeriod
    }
}

/// The ending of one command: asked, then killed, then given up on.
struct Teardown {
    typealias Instant = SuspendingClock.Instant

    enum Cause {
        /// The attempt ran out of time: nothing of it may stay.
        case timeLimit
        /// We were asked to stop; the command was told, and its children are its own matter
        /// until it has to be killed.
        case stopRequest
    }

    let cause: Cause
    /// It is over when no process of the run is left, not when the command has ended.
    let leavesNothing: Bool
    private let tree: ProcessTree
    private var killAt: Instant?
    private var isKilling = false
    private var untouchable: Set<pid_t> = []

    /// A process that neither dies nor can be signalled is not waited for beyond this.
    private static let patience = Duration.seconds(2)
    /// How often the tree is searched for processes that are not our children.
    private static let searchInterval = Duration.milliseconds(10)

    init(
        _ cause: Cause, of tree: ProcessTree, leavesNothing: Bool, gracePeriod: Duration?,
        now: Instant
    ) {
        self.cause = cause
        self.tree = tree
        self.leavesNothing = leavesNothing
        killAt = gracePeriod.map { now.advanced(by: $0) }
    }

    /// Processes that refused a signal (a set-uid child).
    var refused: [pid_t] { untouchable.sorted() }

    /// Asks the command and everything below it to end. A stopped process wakes up to hear it.
    mutating func ask(_ child: ChildProcess, with signal: Signal, now: Instant) {
        if signal == .none { return }
        if let group = child.group {
            _ = kill(-group, signal.rawValue)
            _ = kill(-group, SIGCONT)
        }
        // `/proc` may hide even the command.
        for process in Set(tree.descendants().map(\.id) + [child.id])
        where child.group == nil || getpgid(process) != child.group {
            send(signal, to: process)
            _ = kill(process, SIGCONT)
        }
        if signal == .kill { killAt = now }
    }

    mutating func killNow(_ now: Instant) {
        killAt = now
    }

    /// Takes the step that is due.
    /// - Returns: Whether there is nothing left to end.
    mutating func proceed(commandHasEnded: Bool, now: Instant) -> Bool {
        if let killAt, now >= killAt {
            isKilling = true
            killAll()
        }
        // Without a KILL to come there is nothing to wait for.
        if commandHasEnded, killAt == nil || !(leavesNothing || isKilling) { return true }
        if commandHasEnded, Set(tree.children()).subtracting(untouchable).isEmpty,
            tree.isEmpty || !untouchable.isEmpty
        {
            return true
        }
        guard isKilling, let killAt else { return false }
        return now >= killAt.advanced(by: Self.patience)
    }

    /// When to look again without a signal. The end of a child is announced by one.
    func wakeUp(now: Instant) -> Instant? {
        isKilling ? now.advanced(by: Self.searchInterval) : killAt
    }

    /// Kills all that there is, from the top and from below: whoever loses its parent becomes our
    /// child. A process that forks faster than /proc is read is met among our children.
    private mutating func killAll() {
        for process in tree.descendants() { send(.kill, to: process.id) }
        var known: Set<pid_t> = []
        var searchesInVain = 0
        while searchesInVain < Self.searchesInVain {
            let new = tree.children().filter { known.insert($0).inserted }
            for process in new { send(.kill, to: process) }
            searchesInVain = new.isEmpty ? searchesInVain + 1 : 0
            if known.count > Self.mostAtOnce { return }
        }
    }

    private static let searchesInVain = 4
    /// Signals are to be heard in between.
    private static let mostAtOnce = 1000

    private mutating func send(_ signal: Signal, to process: pid_t) {
        if kill(process, signal.rawValue) < 0, errno == EPERM { untouchable.insert(process) }
    }
}
