import Glibc

/// What a descriptor is waited for. A negative descriptor is never ready.
package enum Readiness {
    /// There is something to read, or nobody is at the other end any more.
    case reading(Int32)
    /// Something is taken there, or nobody is at the other end any more.
    case writing(Int32)

    fileprivate var watched: pollfd {
        switch self {
        case .reading(let descriptor):
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        case .writing(let descriptor):
            pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        }
    }

    /// True when it need not be waited for.
    package var isThere: Bool {
        var descriptor = watched
        return poll(&descriptor, 1, 0) > 0
    }
}

/// Waits until one of several descriptors is ready. Among them may be one that cancels the wait.
///
/// - Parameter deadline: Nil waits for ever.
/// - Returns: The place of the first that is ready; nil when the deadline comes before.
package func firstReady(of wanted: [Readiness], until deadline: ContinuousClock.Instant?) -> Int? {
    var watched = wanted.map(\.watched)
    while true {
        let left = deadline.map { ContinuousClock.now.duration(to: $0) } ?? .seconds(60)
        // Rounded up, so that no turn of the loop is for less than a millisecond.
        let milliseconds = max(left, .zero) / .milliseconds(1)
        let limit = Int32(min(milliseconds.rounded(.up), 60_000))
        if poll(&watched, nfds_t(watched.count), limit) > 0 {
            return watched.firstIndex { $0.revents != 0 }
        }
        if let deadline, ContinuousClock.now >= deadline { return nil }
    }
}

/// The same, for something to read on each.
package func firstReady(
    of descriptors: [Int32], until deadline: ContinuousClock.Instant?
) -> Int? {
    firstReady(of: descriptors.map { .reading($0) }, until: deadline)
}
