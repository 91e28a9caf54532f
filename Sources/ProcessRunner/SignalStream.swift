import CLinux
import Glibc

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

    let descriptor: Int32

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
        descriptor = signal_descriptor(UInt(watched.bits))
        if descriptor < 0 { throw .resource("a signal descriptor", errorNumber: errno) }
    }

    /// The signals that have arrived since the last call.
    func arrivals() -> [Arrival] {
        var arrivals: [Arrival] = []
        var info = signalfd_siginfo()
        while read(descriptor, &info, MemoryLayout<signalfd_siginfo>.size) > 0 {
            let signal = Signal(Int32(info.ssi_signo))
            // A write of ours to a reader that has gone, or beyond the limit on sizes.
            if Self.ofWrites.contains(signal), info.ssi_pid == UInt32(getpid()) { continue }
            let isFromKernel = info.ssi_code == Int32(kernelOrigin)
            arrivals.append(Arrival(signal: signal, isFromKernel: isFromKernel))
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

private let kernelOrigin = 0x80

/// Ends this process at once: what an unwinding thread would cost is not worth it.
package func endProcess(code: Int32) -> Never {
    write_profile()
    _exit(code)
}

/// Ends this process as `signal` ends one by default, without a core file.
///
/// As process 1, which no signal of its own ends, and for signals that do not end a process, it
/// exits with 128 + n.
package func endProcess(by signal: Signal) -> Never {
    write_profile()
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = setrlimit(__rlimit_resource_t(4), &none)
    _ = process_control(PR_SET_DUMPABLE, 0)
    var action = CLinux.kernel_sigaction()
    _ = kernel_sigaction(signal.rawValue, &action, nil)
    var set = UInt(SignalSet([signal]).bits)
    _ = kernel_sigprocmask(SIG_UNBLOCK, &set, nil)
    raise(signal.rawValue)
    _exit(128 + signal.rawValue)
}
