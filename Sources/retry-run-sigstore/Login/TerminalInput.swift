import Glibc
import OpenIDConnect
import OperatingSystem
import Sigstore

/// What a person types on the terminal of this process.
struct TerminalInput: ~Copyable {
    private let descriptor: Int32

    /// - Throws: `.unavailable` where there is no terminal.
    init(_ path: String) throws(Unavailable) {
        descriptor = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Unavailable(reason: errorText(errno)) }
    }

    deinit {
        close(descriptor)
    }

    struct Unavailable: Error {
        let reason: String
    }

    /// More than any code has.
    private static let limit = 4096

    /// The next line, without its end.
    ///
    /// - Parameter cancellation: Ends the wait once there is something to read from it.
    borrowing func line(
        until deadline: ContinuousClock.Instant, cancellation: Int32?
    ) -> LoginInput {
        var line: [UInt8] = []
        while true {
            switch firstReady(of: [cancellation ?? -1, descriptor], until: deadline) {
            case nil: return .timedOut
            case 0: return .cancelled
            default: break
            }
            guard isInForeground(descriptor) else {
                // It is typed for another job.
                _ = firstReady(of: [cancellation ?? -1], until: .now + .milliseconds(100))
                continue
            }
            var byte: UInt8 = 0
            let count = read(descriptor, &byte, 1)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count >= 0 else { return .unavailable(reason: errorText(errno)) }
            if count == 0 || byte == UInt8(ascii: "\n") {
                return .text(String(decoding: line, as: UTF8.self))
            }
            guard line.count < Self.limit else {
                return .unavailable(reason: "the line is longer than \(Self.limit) bytes")
            }
            line.append(byte)
        }
    }
}
