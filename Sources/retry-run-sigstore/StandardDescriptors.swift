import CLinux
import Console
import Glibc
import OperatingSystem
import Synchronization

/// Which of stdin, stdout and stderr were closed at the start.
enum StandardDescriptors {
    private static let closed = Mutex<Set<Int32>>([])

    /// Puts something in the place of each that can neither be read nor written, by whatever name: the
    /// next file that is opened would get its number, and what is said would be written into it.
    static func fillHoles() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            if unconnected_socket() < 0 { _ = open("/dev/null", O_RDWR) }
            closed.withLock { _ = $0.insert(descriptor) }
        }
    }

    /// Writes all of it to stdout.
    /// - Throws: `UsageError`.
    static func writeOutput(_ bytes: [UInt8]) throws {
        if wasClosed(1) { throw UsageError("cannot write to stdout: it is closed") }
        guard bytes.withUnsafeBytes({ writeAll(1, $0) }) else {
            throw UsageError("cannot write to stdout: \(errorText(errno))")
        }
    }

    static func wasClosed(_ descriptor: Int32) -> Bool {
        closed.withLock { $0.contains(descriptor) }
    }
}
