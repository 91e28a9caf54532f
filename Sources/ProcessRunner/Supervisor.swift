import CLinux
import Glibc
import OperatingSystem

/// Runs commands one after another and waits in between, on the main thread, deaf to nothing.
///
/// One `ppoll` waits for signals, the start of the command, its streams and the next point in time.
package final class Supervisor {
    package typealias Instant = SuspendingClock.Instant

    /// The first signal that asked us to stop; once set there is no further attempt.
    package internal(set) var stopRequest: Signal?
    /// What we say on standard error.
    package let messages = MessageQueue()
    /// Descriptors that are needed after the last attempt: nobody sees their end before ours.
    package var keptDescriptors: Set<Int32> = []
    /// Processes of the last run that could not be signalled.
    package private(set) var refused: [Int32] = []
    /// The process of the last run.
    package private(set) var lastProcess: Int32?

    let entry: EntryState
    let signals: SignalStream
    let terminal: Terminal?
    var inherited: InheritedDescriptors
    private let inputStart: off_t
    /// When a first SIGTERM came; a second one kills.
    var terminatedAt: Instant?
    var suspended = Duration.zero
    var run: Run?
    private var mark = RunMark()
    private let adoptsOrphans: Bool
    /// That of the last run: it also tells how long we were stopped in the pause after it.
    private(set) var guardian: Attendant?
    /// The last run had to end before its output was passed on.
    private var hasLostOutput = false
    var outOfTimeSince: Instant?
    /// Commands that have ended and that Foundation still has to notice.
    private var retired: [ChildProcess] = []

    /// Everything that belongs to one command while it runs.
    struct Run {
        let child: ChildProcess
        let tree: ProcessTree
        /// It runs beside the command: nothing of it stays when we are asked to stop.
        let isHook: Bool
        let termination: TerminationPolicy
        let isLast: Bool
        var progress = ChildProcess.Progress.pending
        var hasJoined = false
        var status: ExitStatus?
        var endedAt: Instant?
        var teardown: Teardown?
        /// What came for it while it ran.
        var received: Set<Signal> = []
        /// What its sentinel has seen.
        var groupSignals = GroupSignals()
        /// A signal that may stop it, handed on: if it stops, so do we.
        var forwardedStop: Signal?
        /// Since when nobody waits for a slow reader of its output any more.
        var cutAt: Instant?

        /// The command is there to be signalled.
        var isAlive: Bool { status == nil }
    }

    /// - Parameter adoptsOrphans: Descendants of a command whose parents are gone become our children;
    ///   without, those of process 1.
    package init(
        entry: EntryState, signals: SignalStream, inherited: InheritedDescriptors,
        terminal: Terminal?, adoptsOrphans: Bool = true
    ) {
        self.entry = entry
        self.signals = signals
        self.inherited = inherited
        self.terminal = terminal
        self.adoptsOrphans = adoptsOrphans || getpid() == 1
        inputStart =
            entry.hadClosed(0) || isOutputToo(inherited.entries.map(\.held))
            ? -1 : lseek(0, 0, SEEK_CUR)
        raiseDescriptorLimit()
        if adoptsOrphans { _ = process_control(PR_SET_CHILD_SUBREAPER, 1) }
    }

    /// True while this process may draw on its terminal.
    package var isInForeground: Bool { terminal?.isForeground == true }

    /// Ends what is ours beside the commands; no further run follows.
    package func finish() {
        guardian?.end()
        guardian = nil
    }

    /// The time, without the spans in which this process was stopped.
    package var now: Instant { SuspendingClock.now - suspended }

    /// A standard input that can be wound back needs no recording.
    package var inputIsSeekable: Bool { inputStart >= 0 }

    /// A standard input that is closed or open for writing only gives the command an error of its own.
    package var inputIsReadable: Bool {
        if entry.hadClosed(0) { return false }
        let flags = fcntl(0, F_GETFL)
        return flags & O_ACCMODE != O_WRONLY && flags & pathOnly == 0
    }

    /// Winds a seekable standard input back to where it was at entry.
    package func rewindInput() {
        if inputIsSeekable { lseek(0, inputStart, SEEK_SET) }
    }

    /// Waits; false when a signal asked us to stop. `tick` is told the time that is left, at the
    /// start and once a second.
    package func pause(for duration: Duration, tick: ((Duration) -> Void)? = nil) -> Bool {
        let end = now.advanced(by: duration)
        while true {
            handleSignals()
            let left = now.duration(to: end)
            if stopRequest != nil { return false }
            if left <= .zero { return true }
            tick?(left)
            let second = Duration.seconds(1)
            let untilTick = left - second * ((left - .nanoseconds(1)) / second).rounded(.down)
            wait(until: tick == nil ? end : min(end, now.advanced(by: untilTick)), extra: [])
        }
    }

    /// Runs a command to its end, or until `limit`.
    ///
    /// - Parameters:
    ///   - isLast: no further run follows, so our copies of its descriptors can go.
    ///   - whenCreated: called once nothing keeps the command from being executed, before it is.
    /// - Throws: a `ProcessError` when nothing could be started.
    package func run(
        _ command: Command, streams: Streams = Streams(), until limit: Instant? = nil,
        termination: TerminationPolicy = TerminationPolicy(), isLast: Bool = false,
        isHook: Bool = false, whenCreated: () -> Void = {}
    ) throws(ProcessError) -> Completion {
        retired.removeAll { $0.release() }
        finish()
        let plan = try StreamPlan(streams, entry: entry)
        mark = mark.next
        var command = command
        mark.set(on: &command)
        var tree = ProcessTree(mark, adoptsOrphans: adoptsOrphans)
        terminal?.save()
        let child: ChildProcess
        do {
            child = try ChildProcess(
                command, descriptors: plan.descriptors + inherited.entries, closed: plan.closed,
                inOurGroup: terminal != nil, entry: entry)
        } catch {
            plan.closeHandedOver()
            throw error
        }
        plan.closeHandedOver()
        guardian = child.guardian
        lastProcess = child.id
        tree.attendants = Set([child.guardian, child.sentinel].compactMap { $0?.id })
        run = Run(
            child: child, tree: tree, isHook: isHook, termination: termination, isLast: isLast)
        defer {
            let isLast = run?.status == .exited(0) && !isHook
            run = nil
            child.dismissAttendants(isLast: isLast)
            retired.append(child)
        }
        // What the kernel sent until here may have missed the stage; it is forwarded.
        handleSignals()
        run?.hasJoined = true
        whenCreated()
        child.proceed()

        superviseRun(plan, until: limit)
        return completion(child)
    }

    private func completion(_ child: ChildProcess) -> Completion {
        guard let run else { return .timedOut(nil) }
        if case .failed(let failure) = run.progress { return .notStarted(failure) }
        refused = run.teardown?.refused ?? []
        let wasKilled = run.teardown != nil || run.status.map(\.isSignalled) == true
        if wasKilled { terminal?.restore(isOfAttempt: isGroupOfRun) }
        if run.teardown?.cause == .timeLimit { return .timedOut(run.status) }
        if hasLostOutput, run.status == .exited(0) {
            // The command itself would still have been writing.
            return stopRequest.map { .ended(.signalled($0)) } ?? .timedOut(run.status)
        }
        return run.status.map(Completion.ended) ?? .timedOut(nil)
    }

    // MARK: - The loop

    private func superviseRun(_ plan: StreamPlan, until limit: Instant?) {
        while true {
            handleSignals()
            learnProgress(of: plan)
            for pump in plan.outputs { pump.advance() }
            plan.input?.advance(waitForTerminal: stopForTerminal)

            let now = self.now
            if let limit, now >= limit, run?.isAlive == true, run?.teardown?.cause != .timeLimit {
                beginTeardown(.timeLimit, now: now)
            }
            let commandHasEnded = run?.status != nil
            if commandHasEnded, run?.cutAt == nil,
                run?.teardown != nil || stopRequest != nil
                    || limit.map({ now >= $0 }) == true
            {
                run?.cutAt = now
            }
            let isTornDown =
                run?.teardown?.proceed(commandHasEnded: commandHasEnded, now: now)
                ?? commandHasEnded
            if isTornDown, drainEnd(plan).map({ now >= $0 }) ?? false {
                hasLostOutput = plan.outputs.contains(where: \.isBlocked)
                for pump in plan.outputs { pump.giveUp() }
                return
            }
            wait(until: wakeUp(plan, limit: limit, now: now), extra: interests(plan))
        }
    }

    private func wakeUp(_ plan: StreamPlan, limit: Instant?, now: Instant) -> Instant? {
        let hasEnded = run?.status != nil
        var times: [Instant] = []
        if let teardown = run?.teardown {
            if let next = teardown.wakeUp(now: now) { times.append(next) }
        }
        if !hasEnded, run?.teardown?.cause != .timeLimit, let limit { times.append(limit) }
        if hasEnded, run?.cutAt == nil, let limit { times.append(limit) }
        if hasEnded, let end = drainEnd(plan) { times.append(end) }
        return times.min()
    }

    /// When the output of a command that has ended counts as complete: at its end, or after 250 ms
    /// of silence, for a background process may hold the pipe open. A reader that is slow is waited
    /// for until the time limit, unless we were asked to stop; a stop ends an output without end too.
    private func drainEnd(_ plan: StreamPlan) -> Instant? {
        let open = plan.outputs.filter(\.isOpen)
        guard !open.isEmpty else { return .now - .seconds(1 << 40) }
        let cutAt = run?.cutAt
        if cutAt == nil, open.contains(where: \.isBlocked) { return nil }
        let lastProgress = open.map(\.lastProgress).max() ?? .now
        let silence = max(lastProgress - suspended, run?.endedAt ?? now)
            .advanced(by: .milliseconds(250))
        return cutAt.map { min(silence, $0.advanced(by: .seconds(1))) } ?? silence
    }

    private func interests(_ plan: StreamPlan) -> [pollfd] {
        var interests = plan.outputs.filter { $0.isOpen || $0.isBlocked }.map(\.interest)
        interests += plan.input?.interests ?? []
        if let run, run.progress == .pending {
            interests.append(pollfd(fd: run.child.socket, events: Int16(POLLIN), revents: 0))
        }
        return interests
    }

    func wait(until instant: Instant?, extra: [pollfd]) {
        messages.flush()
        var descriptors =
            [pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)]
            + messages.interests + extra
        let count = nfds_t(descriptors.count)
        guard let instant else {
            _ = wait_for_events(&descriptors, count, nil)
            return
        }
        let (seconds, attoseconds) = max(now.duration(to: instant), .zero).components
        // Rounded up to a nanosecond, so that a wake-up is never too early.
        var time = timespec(
            tv_sec: time_t(min(seconds, 1 << 40)), tv_nsec: Int(attoseconds / 1_000_000_000) + 1)
        if time.tv_nsec == 1_000_000_000 { time = timespec(tv_sec: time.tv_sec + 1, tv_nsec: 0) }
        _ = wait_for_events(&descriptors, count, &time)
    }

    /// Notices that the command has started, or that it cannot.
    private func learnProgress(of plan: StreamPlan) {
        guard let child = run?.child, run?.progress == .pending else { return }
        guard Readiness.reading(child.socket).isThere else { return }
        run?.progress = child.progress()
        if run?.progress == .running, run?.isLast == true { releaseDescriptors(plan) }
    }
}
