import Glibc

/// Our standard input, recorded while the first attempt reads it, played to every later one.
///
/// It is read no faster than an attempt asks for more, so nothing waits for the end of an input
/// that the command does not read.
package final class StandardInputSpool {
    fileprivate let spool = Spool()
    fileprivate var isAtEnd = false

    package init() {}

    fileprivate func readMore() throws(ProcessError) {
        let size = 1 << 16
        let result: Result<Void, ProcessError> = withUnsafeTemporaryAllocation(
            byteCount: size, alignment: 16
        ) { buffer in
            let count = read(0, buffer.baseAddress, size)
            if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { isAtEnd = true }
            guard count > 0 else { return .success(()) }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            return Result { () throws(ProcessError) in try spool.append(bytes) }
        }
        try result.get()
    }
}

/// Feeds one attempt from the spool.
final class InputPump {
    private let input: StandardInputSpool
    private var sink: Int32
    private var offset = 0

    /// Takes over `sink`, the writing end of the command's standard input.
    init(_ input: StandardInputSpool, sink: Int32) {
        self.input = input
        self.sink = sink
        _ = fcntl(sink, F_SETFL, O_NONBLOCK)
    }

    deinit { finish() }

    private var needsMore: Bool { offset == input.spool.count && !input.isAtEnd }

    /// What to wait for: room in the command's pipe, and once it has everything, more input.
    /// Without readers the pipe reports an error, asked for or not.
    var interests: [pollfd] {
        if sink < 0 { return [] }
        if needsMore {
            return [
                pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
                pollfd(fd: sink, events: 0, revents: 0),
            ]
        }
        return [pollfd(fd: sink, events: Int16(POLLOUT), revents: 0)]
    }

    func advance() throws(ProcessError) {
        if sink < 0 { return }
        var state = [
            pollfd(fd: sink, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&state, 2, 0)
        if state[0].revents & Int16(POLLERR) != 0 { return finish() }
        if needsMore, state[1].revents != 0 { try input.readMore() }
        play()
    }

    func finish() {
        if sink >= 0 { close(sink) }
        sink = -1
    }

    private func play() {
        let size = 1 << 16
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
            while case let count = input.spool.read(at: offset, into: buffer), count > 0 {
                let written = write(sink, buffer.baseAddress, count)
                if written < 0 {
                    if errno == EPIPE { finish() }
                    return
                }
                offset += written
            }
            if offset == input.spool.count, input.isAtEnd { finish() }
        }
    }
}
