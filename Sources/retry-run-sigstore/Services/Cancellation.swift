import CLinux
import Glibc

/// The signals that ask a run to end: read instead of ending the process at once, so that what is left
/// behind is known and said.
///
/// Made before the first thread: all of them inherit the blocked signals. What was ignored at the start
/// stays ignored.
struct Cancellation {
    private static let signals: KeyValuePairs = [
        SIGINT: "INT", SIGTERM: "TERM", SIGHUP: "HUP", SIGQUIT: "QUIT",
    ]

    /// There is something to read once a signal has come.
    let descriptor: Int32

    init() {
        var bits: UInt = 0
        for (number, _) in Self.signals {
            var action = kernel_sigaction()
            _ = kernel_sigaction(number, nil, &action)
            let ignore: UInt = 1
            if action.handler != ignore { bits |= 1 << UInt(number - 1) }
        }
        _ = kernel_sigprocmask(SIG_BLOCK, &bits, nil)
        descriptor = signal_descriptor(bits)
    }

    /// The signal that has come, taken; nil while there was none.
    func takeSignal() -> String? {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(descriptor, &information, size) == size else { return nil }
        return Self.signals.first { $0.key == Int32(information.ssi_signo) }?.value
    }
}
