import CLinux
import Glibc
import OperatingSystem
import Synchronization

/// What ends this process from outside, whatever it is doing: a signal, or the deadline for everything.
///
/// A thread of its own takes the signals, so that none is left pending, and tells the work, which ends
/// by itself and says how far it got. Work that does not, because it computes or hangs in a call of the
/// system, is ended by the thread after the grace period, or at once by a second signal. In the end
/// the process dies of the signal, so that a shell knows; what was ignored at the start stays ignored.
enum Cancellation {
    private struct State {
        var stopped: Stopped?
        var deadline: ContinuousClock.Instant?
        var lastWords: (@Sendable (Stopped) -> Void)?
    }

    private static let state = Mutex(State())
    private static let ends = makePipe() ?? (reader: -1, writer: -1)
    private static let gracePeriod = Duration.milliseconds(400)

    /// There is something to read once a signal has come; nothing is ever read.
    static var descriptor: Int32 { ends.reader }

    /// Takes the signals from here on. To be called before the first thread is made: all of them inherit
    /// the blocked ones.
    static func begin() {
        // A closed pipe and a limit on sizes are errors of a write.
        for signal in [SIGPIPE, SIGXFSZ] { _ = Glibc.signal(signal, SIG_IGN) }
        var bits: UInt = 0
        for (number, _) in Stopped.signals where !isIgnored(number) { bits |= bit(number) }
        // Nor does a terminal of somebody else stop us: a stopped process hears no signal.
        var blocked = bits | bit(SIGTTOU) | bit(SIGTTIN)
        _ = kernel_sigprocmask(SIG_BLOCK, &blocked, nil)
        guard let signals = SignalDescriptor(UInt64(bits)), startThread({ watch(signals) }) else {
            // Then they end the process as they end any.
            _ = kernel_sigprocmask(SIG_UNBLOCK, &bits, nil)
            return
        }
    }

    /// The signal that has come.
    static var signal: Int32? {
        if case .bySignal(let signal) = state.withLock(\.stopped) { signal } else { nil }
    }

    /// - Throws: What has come, if anything.
    static func check() throws(Stopped) {
        let (stopped, deadline) = state.withLock { ($0.stopped, $0.deadline) }
        if let stopped { throw stopped }
        if let deadline, deadline <= .now { throw .byDeadline }
    }

    /// Dies of the signal that has come; returns where none has.
    static func endBySignal() {
        if let signal { endProcess(bySignal: signal) }
    }

    /// What is done by the thread where it has to end the process; it must not take long.
    static func setLastWords(_ words: (@Sendable (Stopped) -> Void)?) {
        state.withLock { $0.lastWords = words }
    }

    // MARK: - The deadline

    /// The end of everything, computing included; nil where only the calls have one.
    static var deadline: ContinuousClock.Instant? { state.withLock(\.deadline) }

    static func setDeadline(_ deadline: ContinuousClock.Instant?) {
        state.withLock { $0.deadline = deadline }
    }

    /// Does something that takes a person's time, which is not that of the run.
    static func withoutDeadline<Value>(_ body: () throws -> Value) rethrows -> Value {
        let start = ContinuousClock.now
        let before = state.withLock { state in
            defer { state.deadline = nil }
            return state.deadline
        }
        defer { setDeadline(before?.advanced(by: start.duration(to: .now))) }
        return try body()
    }

    // MARK: - The thread

    private static func watch(_ signals: SignalDescriptor) -> Never {
        while true {
            let soon = ContinuousClock.now + .milliseconds(200)
            let isSignalled = firstReady(of: [signals.descriptor], until: soon) != nil
            if isSignalled, let signal = signals.next()?.number {
                state.withLock { $0.stopped = .bySignal(signal) }
                _ = write(ends.writer, "x", 1)
                _ = firstReady(of: [signals.descriptor], until: .now + gracePeriod)
                end(.bySignal(signal))
            }
            // What has a deadline of its own ends by that.
            if let deadline, deadline + gracePeriod <= .now { end(.byDeadline) }
        }
    }

    private static func end(_ stopped: Stopped) -> Never {
        UnfinishedFiles.unlinkAll()
        PasswordPrompt.restoreTerminal()
        state.withLock(\.lastWords)?(stopped)
        if case .bySignal(let signal) = stopped { endProcess(bySignal: signal) }
        endProcess(code: stopped.exitCode)
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = kernel_sigaction()
        _ = kernel_sigaction(number, nil, &action)
        let ignore: UInt = 1
        return action.handler == ignore
    }

    private static func bit(_ number: Int32) -> UInt { 1 << UInt(number - 1) }
}
