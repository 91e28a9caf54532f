import Glibc

/// True for a pipe whose reader has gone.
private func hasNoReader(_ descriptor: Int32) -> Bool {
    var state = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLERR) != 0
}

/// Moves one stream of the command from its pipe to its capture.
final class OutputPump {
    let capture: OutputCapture
    private var source: Int32
    private var pending: [UInt8] = []
    private var written = 0
    /// What was held before holding was given up, and how much of it has been passed on.
    private var backlog: (spool: Spool, offset: Int, next: [UInt8])?
    private(set) var lastProgress: SuspendingClock.Instant = .now

    private static let size = 1 << 16

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
            ? pollfd(fd: capture.descriptor, events: Int16(POLLOUT), revents: 0)
            : pollfd(fd: source, events: Int16(POLLIN), revents: 0)
    }

    /// Moves what can be moved without waiting.
    func advance() {
        passOn()
        if !isOpen || isBlocked { return }
        withUnsafeTemporaryAllocation(byteCount: Self.size, alignment: 16) { buffer in
            let count = read(source, buffer.baseAddress, Self.size)
            if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { finish() }
            guard count > 0 else { return }
            lastProgress = .now
            receive(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        passOn()
    }

    /// Ends the stream: the command's next write there fails.
    func finish() {
        if source >= 0 { close(source) }
        source = -1
        pending = []
        written = 0
        backlog = nil
    }

    /// The command has ended and nobody waits for its reader any more.
    func giveUp() {
        if isBlocked { capture.failure = capture.failure ?? .notTaken }
        finish()
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) {
        switch capture.receive(bytes) {
        case .kept:
            // It would fill the disk for nobody: the command is to learn of it as it would have.
            if capture.held?.isInFile == true, hasNoReader(capture.descriptor) { finish() }
        case .toPassOn: load(bytes)
        case .toPassOnAfter(let spool):
            backlog = (spool, 0, Array(bytes))
            refill()
        }
    }

    private func load(_ bytes: some Collection<UInt8>) {
        pending.replaceSubrange(0..., with: bytes)
        written = 0
    }

    private func refill() {
        guard let (spool, offset, next) = backlog else { return }
        withUnsafeTemporaryAllocation(byteCount: Self.size, alignment: 16) { buffer in
            let count = spool.read(at: offset, into: buffer)
            if count > 0 {
                backlog?.offset += count
                load(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            } else {
                backlog = nil
                load(next)
            }
        }
    }

    private func passOn() {
        while isBlocked {
            let result = pending.withUnsafeBytes {
                UnwaitingWrite(
                    UnsafeRawBufferPointer(rebasing: $0[written...]), to: capture.descriptor)
            }
            switch result {
            case .notNow: return
            // The reader has gone: the command is to learn of it as it would have.
            case .failed(EPIPE), .failed(ECONNRESET): return finish()
            case .failed(let number):
                capture.failure = .write(errorNumber: number)
                written = pending.count
                backlog = nil
            case .written(let count):
                written += count
                lastProgress = .now
                if !isBlocked { refill() }
            }
        }
    }
}
