import Glibc

/// How a command is made to end.
package struct Ending: Sendable {
    /// The signal that asks it to.
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
    private let tree: ProcessTree
    private var killAt: Instant?
    private var isKilling = false
    private var untouchable: Set<ProcessIdentity> = []
    private var remaining: [ProcessIdentity] = []

    /// A process that neither dies nor can be signalled is not waited for beyond this.
    private static let patience = Duration.seconds(2)
    /// The end of a process that is not our child is not announced.
    private static let pollInterval = Duration.milliseconds(10)

    init(_ cause: Cause, of tree: ProcessTree, gracePeriod: Duration?, now: Instant) {
        self.cause = cause
        self.tree = tree
        killAt = gracePeriod.map { now.advanced(by: $0) }
    }

    /// Processes that refused a signal (a set-uid child).
    var refused: [pid_t] { untouchable.map(\.id).sorted() }

    /// Asks the command and everything below it to end. A stopped process wakes up to hear it.
    mutating func ask(_ child: ChildProcess, with signal: Signal, now: Instant) {
        if let group = child.group {
            _ = kill(-group, signal.rawValue)
            _ = kill(-group, SIGCONT)
        }
        for process in tree.descendants() where getpgid(process.id) != child.group {
            send(signal, to: process)
            _ = kill(process.id, SIGCONT)
        }
        if signal == .kill { killAt = now }
    }

    mutating func killNow(_ now: Instant) {
        killAt = now
    }

    /// Takes the step that is due; true when there is nothing left to end.
    mutating func isDone(commandHasEnded: Bool, now: Instant) -> Bool {
        if let killAt, now >= killAt {
            isKilling = true
            for process in tree.descendants() { send(.kill, to: process) }
        }
        if isKilling || (cause == .timeLimit && killAt != nil) {
            remaining = tree.descendants().filter { !untouchable.contains($0) }
        }
        if commandHasEnded, remaining.isEmpty { return true }
        guard isKilling, let killAt else { return false }
        return now >= killAt.advanced(by: Self.patience)
    }

    /// When to look again without a signal.
    func wakeUp(commandHasEnded: Bool, now: Instant) -> Instant? {
        if isKilling || commandHasEnded { return now.advanced(by: Self.pollInterval) }
        return killAt
    }

    private mutating func send(_ signal: Signal, to process: ProcessIdentity) {
        if kill(process.id, signal.rawValue) < 0, errno == EPERM { untouchable.insert(process) }
    }
}
