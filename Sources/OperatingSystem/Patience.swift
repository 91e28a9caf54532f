import CLinux
import Glibc

/// How long an output may keep us waiting.
package struct Patience: Sendable {
    /// For somebody who opens the other end of a FIFO.
    package let reader: Duration
    /// For the next byte to be taken.
    package let progress: Duration
    /// Something to read here ends every wait; nil for nothing.
    package let cancellation: Int32?
    /// The bytes of one write: as much as a pipe takes at once when it takes something.
    private let chunk: Int

    /// What comes beside the result must not delay it.
    package static let forReports = Patience(reader: .zero, progress: .milliseconds(300))

    package init(
        reader: Duration, progress: Duration, cancellation: Int32? = nil, chunk: Int = 4096
    ) {
        self.chunk = chunk
        self.reader = reader
        self.progress = progress
        self.cancellation = cancellation
    }

    /// Waits until `descriptor` takes something; -1 waits for the time alone.
    func wait(for descriptor: Int32, atMost limit: Duration) throws(SystemError) {
        let end = ContinuousClock.now.advanced(by: limit)
        switch firstReady(of: [.writing(descriptor), .reading(cancellation ?? -1)], until: end) {
        case 0: return
        case 1: throw SystemError(ECANCELED)
        default:
            if descriptor < 0 { return }
            throw SystemError(ETIMEDOUT, "nobody takes what is written there")
        }
    }

    /// Writes all of it. The signals for a broken pipe and a limit on sizes are kept from the process.
    func write(_ content: [UInt8], to descriptor: Int32) throws(SystemError) {
        var signals = sigset_t()
        var before = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGPIPE, SIGXFSZ] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        defer {
            // What was blocked before may be somebody else's.
            for signal in [SIGPIPE, SIGXFSZ] where sigismember(&before, signal) == 1 {
                sigdelset(&signals, signal)
            }
            var none = timespec()
            while sigtimedwait(&signals, nil, &none) > 0 {}
            pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        var rest = content[...]
        while !rest.isEmpty {
            try wait(for: descriptor, atMost: progress)
            let count = rest.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, min($0.count, chunk))
            }
            if count < 0, errno != EINTR, errno != EAGAIN { throw SystemError(errno) }
            rest = rest.dropFirst(max(count, 0))
        }
    }
}
