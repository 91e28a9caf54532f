import Glibc

/// The descriptors above 2 that this process was started with, for the command to have too.
package struct InheritedDescriptors {
    /// A descriptor and the number that the command expects it at.
    struct Entry {
        let target: Int32
        let held: Int32
    }

    private(set) var entries: [Entry] = []

    /// `Process` spends one close action on every number up to the highest that is open.
    private static let highestUnmoved: Int32 = 63

    /// Call it before anything else opens a descriptor.
    package init() throws(ProcessError) {
        guard let numbers = numberedEntries(of: "/proc/self/fd") else {
            throw .descriptorList(errorNumber: errno)
        }
        var limit = rlimit()
        _ = getrlimit(openDescriptors, &limit)
        // What survived our own exec is without the close-on-exec flag; the one that listed the
        // folder is closed.
        for number in numbers where number > 2 && fcntl(number, F_GETFD) & FD_CLOEXEC == 0 {
            if UInt(number) >= limit.rlim_max {
                throw .descriptorAboveLimit(number, limit: limit.rlim_max)
            }
            var held = number
            if number > Self.highestUnmoved {
                let moved = fcntl(number, F_DUPFD_CLOEXEC, 3)
                if moved >= 0 {
                    close(number)
                    held = moved
                }
            }
            _ = fcntl(held, F_SETFD, FD_CLOEXEC)
            entries.append(Entry(target: number, held: held))
        }
    }

    /// Lets go of our copies, so that the command alone decides when others see their end.
    mutating func release() {
        for entry in entries { close(entry.held) }
        entries = []
    }
}
