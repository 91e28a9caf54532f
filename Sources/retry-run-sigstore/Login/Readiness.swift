import Glibc

/// Waits until there is something to read from one of the descriptors, or its other end is closed.
///
/// - Parameter descriptors: Negative ones are passed over.
/// - Returns: The place of the first that is ready; nil when the deadline comes before.
func firstReady(
    of descriptors: [Int32], until deadline: ContinuousClock.Instant
) -> Int? {
    var watched = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while true {
        let left = ContinuousClock.now.duration(to: deadline)
        // Rounded up, so that no turn of the loop is for less than a millisecond.
        let milliseconds = max(left, .zero) / .milliseconds(1)
        let limit = Int32(min(milliseconds.rounded(.up), 60_000))
        if poll(&watched, nfds_t(watched.count), limit) > 0 {
            return watched.firstIndex { $0.revents != 0 }
        }
        if ContinuousClock.now >= deadline { return nil }
    }
}

/// Whether a terminal is that of our job, so that what is typed there is for us; of what is no terminal
/// everything is.
func isInForeground(_ terminal: Int32) -> Bool {
    let group = tcgetpgrp(terminal)
    return group < 0 || group == getpgrp()
}
