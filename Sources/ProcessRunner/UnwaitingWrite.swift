import CLinux
import Glibc
import OperatingSystem

/// What a write that does not wait came to.
enum UnwaitingWrite {
    /// So many bytes were taken.
    case written(Int)
    /// Nothing is taken now.
    case notNow
    /// It cannot be written there; the number says why.
    case failed(Int32)

    /// Writes what is taken at once.
    ///
    /// Whether a write waits is a flag of the open file, and that is not ours alone: the command has
    /// it too. So it is asked for with each write, and of a terminal on a file of our own.
    init(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
        let count = Self.write(bytes, to: descriptor)
        if count >= 0 {
            self = .written(count)
        } else {
            self = errno == EAGAIN || errno == EINTR ? .notNow : .failed(errno)
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return -1 }
        switch status.st_mode & S_IFMT {
        case S_IFIFO, S_IFSOCK:
            let count = write_unless_waiting(descriptor, bytes.baseAddress, bytes.count)
            if count >= 0 || ![EOPNOTSUPP, EINVAL, ENOSYS].contains(errno) { return count }
            // A pipe that is told to have room takes at least this much.
            return writeWhenReady(bytes, to: descriptor, atMost: 4096)
        case S_IFCHR where isatty(descriptor) == 1:
            return writeToTerminal(bytes, descriptor, status.st_rdev)
        default:
            return Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        }
    }

    private static func writeWhenReady(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, atMost limit: Int
    ) -> Int {
        guard Readiness.writing(descriptor).isThere else {
            errno = EAGAIN
            return -1
        }
        return Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, limit))
    }

    private static func writeToTerminal(
        _ bytes: UnsafeRawBufferPointer, _ descriptor: Int32, _ device: dev_t
    ) -> Int {
        // To open the controlling side of a pseudo-terminal makes a new one.
        let controllingSide: dev_t = 0x502
        if device != controllingSide {
            let flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
            let own = open("/proc/self/fd/\(descriptor)", flags)
            if own >= 0 {
                let count = Glibc.write(own, bytes.baseAddress, bytes.count)
                let number = errno
                close(own)
                errno = number
                return count
            }
        }
        return writeWhenReady(bytes, to: descriptor, atMost: 64)
    }
}

/// Reads what is there at once; -1 with `EAGAIN` where another reader was faster.
func readWithoutWaiting(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = read_unless_waiting(descriptor, buffer.baseAddress, buffer.count)
    if count >= 0 || ![EOPNOTSUPP, EINVAL, ENOSYS].contains(errno) { return count }
    return read(descriptor, buffer.baseAddress, buffer.count)
}
