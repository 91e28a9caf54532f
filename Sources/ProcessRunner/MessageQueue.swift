import Glibc
import OperatingSystem

/// What we have to say on standard error. A reader that takes nothing delays nothing: what is left
/// waits here and goes out as the reader goes on.
package final class MessageQueue {
    private let descriptor: Int32
    private var pending: [UInt8] = []

    /// More than anybody will read when it comes late.
    private static let limit = 1 << 16

    package init(descriptor: Int32 = 2) {
        self.descriptor = descriptor
    }

    var isEmpty: Bool { pending.isEmpty }

    package func say(_ text: String) {
        if pending.count + text.utf8.count > Self.limit { return }
        pending += Array(text.utf8)
        flush()
    }

    /// Says what is worth nothing later; false when it was left out.
    package func draw(_ text: String) -> Bool {
        flush()
        if !isEmpty { return false }
        say(text)
        return true
    }

    /// Gives the reader a moment, where no event loop runs.
    package func finish() {
        let end = ContinuousClock.now + .milliseconds(100)
        if !isEmpty, firstReady(of: [.writing(descriptor)], until: end) != nil { flush() }
    }

    /// What to wait for.
    var interests: [pollfd] {
        isEmpty ? [] : [pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)]
    }

    /// Writes what is taken now. A standard error that is closed, full or gone is nobody's failure.
    func flush() {
        while !isEmpty {
            switch pending.withUnsafeBytes({ UnwaitingWrite($0, to: descriptor) }) {
            case .written(let count): pending.removeFirst(count)
            case .notNow: return
            case .failed: pending = []
            }
        }
    }
}
