import CLinux
import Glibc
import OperatingSystem

/// What has come of a program that was started for its standard output.
enum ProgramOutput {
    /// It could not be started; the error number tells why.
    case notStarted(Int32)
    /// The time was over, the wait was cancelled, or there was more than any answer has. It was killed.
    case givenUp
    /// Its output, and its status as `waitpid` gives it.
    case ended([UInt8], status: Int32)

    /// More than any answer has: 1 MiB.
    private static let limit = 1 << 20

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - input, own: As for `Program.start`.
    ///   - end: When it is killed; nil for no limit.
    ///   - cancellation: Ends the wait once there is something to read from it.
    init(
        of words: [String], input: Int32? = nil, own: [String],
        until end: ContinuousClock.Instant?, cancellation: Int32?
    ) {
        guard let (reader, writer) = makePipe() else {
            self = .notStarted(errno)
            return
        }
        defer { close(reader) }
        let started = Program.start(words, input: input, output: writer, own: own)
        let number = errno
        close(writer)
        guard let process = started else {
            self = .notStarted(number)
            return
        }
        if let output = Self.content(of: reader, until: end, cancellation),
            let status = Self.status(of: process, until: end, cancellation)
        {
            self = .ended(output, status: status)
            return
        }
        // It leads a group, and may have started others.
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        self = .givenUp
    }

    /// How the program has ended; nil when that comes too late. One that has closed its output may go on.
    private static func status(
        of process: pid_t, until end: ContinuousClock.Instant?, _ cancellation: Int32?
    ) -> Int32? {
        let watched = process_descriptor(process)
        defer { if watched >= 0 { close(watched) } }
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            if let end, ContinuousClock.now >= end { return nil }
            let look = ContinuousClock.now + .milliseconds(watched < 0 ? 10 : 1000)
            if firstReady(of: [cancellation ?? -1, watched], until: min(look, end ?? look)) == 0 {
                return nil
            }
        }
        return status
    }

    /// All that comes until the other end is closed; nil when it is too much, or too late.
    private static func content(
        of descriptor: Int32, until end: ContinuousClock.Instant?, _ cancellation: Int32?
    ) -> [UInt8]? {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while content.count <= limit {
            guard firstReady(of: [cancellation ?? -1, descriptor], until: end) == 1 else {
                return nil
            }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return content }
            if count < 0, errno != EINTR { return nil }
            content += buffer.prefix(max(count, 0))
        }
        return nil
    }
}
