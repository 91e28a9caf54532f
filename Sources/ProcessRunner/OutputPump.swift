import Glibc

/// What becomes of the bytes of a stream that is piped: passed on at once or held, and looked at.
package final class OutputCapture {
    let destination: Int32?
    let tail: OutputTail?
    /// The bytes of the attempt, when they are held.
    package private(set) var held: Spool?

    /// Passes everything on to `destination`.
    package init(passingTo destination: Int32, tail: OutputTail) {
        self.destination = destination
        self.tail = tail
    }

    /// Holds everything back.
    package init(holdingFor tail: OutputTail?) {
        destination = nil
        self.tail = tail
        held = Spool()
    }

    func receive(_ bytes: UnsafeRawBufferPointer) throws(ProcessError) {
        tail?.append(bytes)
        try held?.append(bytes)
    }
}

/// Moves one stream of the command from its pipe to its capture.
final class OutputPump {
    let capture: OutputCapture
    private var source: Int32
    private var pending: [UInt8] = []
    private var written = 0
    private(set) var lastProgress: SuspendingClock.Instant = .now

    /// A pipe's reader that is told it can be written to takes at least this much at once.
    private static let pipeBuffer = 4096

    /// Takes over `source`, the reading end of the command's pipe.
    init(_ capture: OutputCapture, source: Int32) {
        self.capture = capture
        self.source = source
        _ = fcntl(source, F_SETFL, O_NONBLOCK)
    }

    deinit { finish() }

    var isOpen: Bool { source >= 0 }
    var isBlocked: Bool { written < pending.count }

    /// What to wait for; nothing is read while the last bytes have not been passed on.
    var interest: pollfd {
        isBlocked
            ? pollfd(fd: capture.destination ?? -1, events: Int16(POLLOUT), revents: 0)
            : pollfd(fd: source, events: Int16(POLLIN), revents: 0)
    }

    /// Moves what can be moved without waiting.
    func advance() throws(ProcessError) {
        passOn()
        if !isOpen || isBlocked { return }
        let size = 1 << 16
        let result: Result<Void, ProcessError> = withUnsafeTemporaryAllocation(
            byteCount: size, alignment: 16
        ) { buffer in
            let count = read(source, buffer.baseAddress, size)
            if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { finish() }
            guard count > 0 else { return .success(()) }
            lastProgress = .now
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            if capture.destination != nil {
                pending.replaceSubrange(0..., with: bytes)
                written = 0
            }
            return Result { () throws(ProcessError) in try capture.receive(bytes) }
        }
        try result.get()
        passOn()
    }

    /// Ends the stream: the command's next write there fails.
    func finish() {
        if source >= 0 { close(source) }
        source = -1
        pending = []
        written = 0
    }

    private func passOn() {
        guard let destination = capture.destination else { return }
        while isBlocked {
            var ready = pollfd(fd: destination, events: Int16(POLLOUT), revents: 0)
            guard poll(&ready, 1, 0) > 0 else { return }
            let length = min(pending.count - written, Self.pipeBuffer)
            let count = pending.withUnsafeBytes {
                write(destination, $0.baseAddress?.advanced(by: written), length)
            }
            if count < 0 {
                if errno == EAGAIN || errno == EINTR { return }
                // The reader has gone: the command is to learn of it as it would have.
                if errno == EPIPE { return finish() }
                // A full disk: the bytes are lost, the command's result is not.
                written = pending.count
                return
            }
            written += count
            lastProgress = .now
        }
    }
}
