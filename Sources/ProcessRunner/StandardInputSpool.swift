import Glibc
import OperatingSystem

/// Our standard input, recorded while the first attempt reads it, played to every later one.
///
/// It is read no faster than an attempt asks for more, so nothing waits for the end of an input
/// that the command does not read. Where there is no room to record it, it is handed on all the same.
package final class StandardInputSpool {
    /// Why it is not recorded any more: a later attempt would get a part of it.
    package private(set) var givenUp: ProcessError?
    /// Why it ended before its end: what the command was given is a part of it.
    package private(set) var failure: InputFailure?

    fileprivate private(set) var count = 0
    fileprivate private(set) var isAtEnd = false
    private let spool = Spool()
    /// The latest bytes where they are not recorded.
    private var latest: [UInt8] = []

    package init() {}

    /// - Parameter waitForTerminal: Called where the terminal is somebody else's; true when it is worth
    ///   another read.
    fileprivate func readMore(waitForTerminal: () -> Bool) {
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            let length = readWithoutWaiting(0, buffer)
            if length > 0 {
                keep(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
                count += length
            } else if length == 0 {
                isAtEnd = true
            } else if case let number = errno, number != EAGAIN, number != EINTR {
                if number == EIO, Self.isInBackground, waitForTerminal() { return }
                failure = InputFailure(errorNumber: number)
                isAtEnd = true
            }
        }
    }

    /// True when it is our controlling terminal, and another group may use that.
    private static var isInBackground: Bool {
        let holder = tcgetpgrp(0)
        return holder >= 0 && holder != getpgrp()
    }

    private func keep(_ bytes: UnsafeRawBufferPointer) {
        if givenUp == nil {
            do {
                return try spool.append(bytes)
            } catch {
                givenUp = error
            }
        }
        latest = Array(bytes)
    }

    fileprivate func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        if givenUp == nil || offset < spool.count { return spool.read(at: offset, into: buffer) }
        let rest = latest.suffix(count - offset).prefix(buffer.count)
        buffer.copyBytes(from: rest)
        return rest.count
    }
}

/// A read of our standard input that failed.
package struct InputFailure: Equatable, Sendable {
    package let errorNumber: Int32
}

extension InputFailure: CustomStringConvertible {
    package var description: String { "stdin could not be read: \(errorText(errorNumber))" }
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

    private var needsMore: Bool { offset == input.count && !input.isAtEnd }

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

    func advance(waitForTerminal: () -> Bool) {
        if sink < 0 { return }
        var state = [
            pollfd(fd: sink, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&state, 2, 0)
        if state[0].revents & Int16(POLLERR) != 0 { return finish() }
        if needsMore, state[1].revents != 0 {
            input.readMore(waitForTerminal: waitForTerminal)
        }
        play()
    }

    func finish() {
        if sink >= 0 { close(sink) }
        sink = -1
    }

    private func play() {
        let size = 1 << 16
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
            while case let count = input.read(at: offset, into: buffer), count > 0 {
                let written = write(sink, buffer.baseAddress, count)
                if written < 0 {
                    if errno == EPIPE { finish() }
                    return
                }
                offset += written
            }
            if offset == input.count, input.isAtEnd { finish() }
        }
    }
}
