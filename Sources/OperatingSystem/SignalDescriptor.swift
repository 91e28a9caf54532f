import CLinux
import Glibc

/// Signals as values: blocked, and read from a descriptor. No code runs in a handler.
package struct SignalDescriptor: Sendable {
    /// A signal that has come.
    package struct Arrival: Sendable {
        /// Its number.
        package let number: Int32
        /// The kernel sent it (Ctrl-C, Ctrl-\, hang-up, a timer), not a process.
        package let isFromKernel: Bool
        /// The process that sent it, 0 where that is out of sight.
        package let sender: Int32
    }

    /// What can be waited for: there is something to read once a signal has come.
    package let descriptor: Int32

    /// One that is open already.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// - Parameter bits: The signals as the kernel keeps them: bit n − 1 is signal n. What is not blocked
    ///   is not read here.
    /// - Returns: Nil, with the reason in `errno`, where there is none to be had.
    package init?(_ bits: UInt64) {
        descriptor = signal_descriptor(UInt(bits))
        if descriptor < 0 { return nil }
    }

    /// The next of the signals that have come; nil when no other has.
    package func next() -> Arrival? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(descriptor, &info, size) == size else { return nil }
        return Arrival(
            number: Int32(info.ssi_signo), isFromKernel: info.ssi_code == Self.kernelOrigin,
            sender: Int32(bitPattern: info.ssi_pid))
    }

    /// `SI_KERNEL`
    private static let kernelOrigin: Int32 = 0x80
}
