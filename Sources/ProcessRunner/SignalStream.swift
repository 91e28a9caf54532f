import CLinux
import Glibc
import OperatingSystem

/// Signals as values: blocked before any thread exists, read from a descriptor on the main thread.
///
/// No code runs in a handler and no disposition changes, so nothing of it reaches a child. A signal
/// that was ignored or blocked at entry is left alone.
package final class SignalStream {
    /// One signal, and whether the kernel sent it (Ctrl-C, Ctrl-\, hang-up, a timer).
    struct Arrival {
        let signal: Signal
        let isFromKernel: Bool
    }

    private let source: SignalDescriptor

    /// There is something to read once a signal has come.
    var descriptor: Int32 { source.descriptor }

    /// To us these are errors of a write, not the end.
    private static let ofWrites = SignalSet([Signal.brokenPipe, Signal.fileSize])

    /// Blocks the handled signals for this thread and all later ones.
    package init(entry: EntryState) throws(ProcessError) {
        var reset = CLinux.kernel_sigaction()
        // With SIGCHLD ignored the kernel reaps children itself and their status is lost.
        _ = kernel_sigaction(SIGCHLD, &reset, nil)

        let ours = SignalSet(bits: handledSignals).subtracting(entry.ignored).subtracting(
            entry.blocked)
        let watched = SignalSet(bits: ours.bits | SignalSet([Signal.child]).bits)
        var blocked = UInt(watched.bits | Self.ofWrites.bits)
        _ = kernel_sigprocmask(SIG_BLOCK, &blocked, nil)
        guard let source = SignalDescriptor(watched.bits) else {
            throw .resource("a signal descriptor", errorNumber: errno)
        }
        self.source = source
    }

    /// The signals that have arrived since the last call.
    func arrivals() -> [Arrival] {
        var arrivals: [Arrival] = []
        while let arrival = source.next() {
            let signal = Signal(arrival.number)
            // A write of ours to a reader that has gone, or beyond the limit on sizes.
            if Self.ofWrites.contains(signal), arrival.sender == getpid() { continue }
            arrivals.append(Arrival(signal: signal, isFromKernel: arrival.isFromKernel))
        }
        return arrivals
    }

    /// Stops this process as `signal` does by default; returns when it has been resumed, or at
    /// once, with false, where the kernel discards the stop (an orphaned process group).
    func suspendProcess(with signal: Signal) -> Bool {
        var set = UInt(SignalSet([signal]).bits)
        // Raised while blocked, it is pending beside one that the kernel may have sent meanwhile;
        // the SIGCONT that resumes us clears both. The other way round we would stop twice.
        raise(signal.rawValue)
        _ = kernel_sigprocmask(SIG_UNBLOCK, &set, nil)
        _ = kernel_sigprocmask(SIG_BLOCK, &set, nil)
        return pending_signals() & UInt(SignalSet([Signal.resume]).bits) != 0
    }
}
