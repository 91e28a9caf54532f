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
        var thereMayBeRoom = true
        // What survived our own exec is without the close-on-exec flag; the one that listed the
        // folder is closed.
        for number in numbers where number > 2 && fcntl(number, F_GETFD) & FD_CLOEXEC == 0 {
            if UInt(number) >= limit.rlim_max {
                throw .descriptorAboveLimit(number, limit: limit.rlim_max)
            }
            var held = number
            if number > Self.highestUnmoved, thereMayBeRoom, !holdsRecordLock(number) {
                let moved = Self.moveDown(number)
                thereMayBeRoom = moved != nil
                held = moved ?? number
            }
            _ = fcntl(held, F_SETFD, FD_CLOEXEC)
            entries.append(Entry(target: number, held: held))
        }
    }

    /// Nil where no lower number is free.
    private static func moveDown(_ number: Int32) -> Int32? {
        let free = open("/", pathOnly | O_CLOEXEC)
        guard free >= 0, free < number else {
            close(free)
            return nil
        }
        dup2(number, free)
        close(number)
        return free
    }

    /// Where a descriptor of that number is now; nil where there is none.
    func held(for number: Int32) -> Int32? {
        entries.first { $0.target == number }?.held
    }

    /// Lets go of our copies, so that the command alone decides when others see their end. What others
    /// would lose by that, and the `kept` numbers, stay.
    mutating func release(keeping kept: Set<Int32>) {
        entries.removeAll { entry in
            if kept.contains(entry.target) || holdsRecordLock(entry.held) { return false }
            close(entry.held)
            return true
        }
    }
}
