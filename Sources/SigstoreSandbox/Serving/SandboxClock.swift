package import FoundationEssentials
import Synchronization

/// The time that all services agree on, which may be off on purpose, and can be moved on.
package struct SandboxClock: Sendable {
    private let read: @Sendable () -> Date
    private let shift = Shift()

    /// What all copies of a clock share: how far it was moved, in seconds.
    private final class Shift: Sendable {
        let seconds = Mutex(0.0)
    }

    /// The machine's time.
    ///
    /// - Parameter offset: Seconds that the services are ahead of it.
    package init(offset: Double = 0) {
        self.init { Date().addingTimeInterval(offset) }
    }

    /// A time of one's own.
    package init(_ read: @escaping @Sendable () -> Date) {
        self.read = read
    }

    package var now: Date { read().addingTimeInterval(shift.seconds.withLock { $0 }) }

    /// The time as it passes, whatever the clock was moved by.
    var unmoved: Date { read() }

    /// Moves the clock on, or back: certificates and tokens end without anybody's waiting for it.
    package func move(bySeconds seconds: Double) {
        shift.seconds.withLock { $0 += seconds }
    }

    /// The present second: certificates and tokens know no fractions.
    var second: Date {
        Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
    }
}

extension Date {
    /// Seconds since 1970-01-01T00:00:00Z.
    var unixSeconds: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }

    /// `2026-01-31T23:59:59Z`
    var timestampText: String { formatted(Date.ISO8601FormatStyle()) }

    /// `20260131235959Z` (RFC 5280 §4.1.2.5.2)
    var generalizedTime: [UInt8] {
        DER.tagged(0x18, timestampText.utf8.filter { !"-:T".utf8.contains($0) })
    }

    /// RFC 5280 §4.1.2.5: years to 2049 are written with two digits, later ones with four.
    var certificateTime: [UInt8] {
        let text = timestampText
        guard text < "2050" else { return generalizedTime }
        return DER.tagged(0x17, text.utf8.filter { !"-:T".utf8.contains($0) }.dropFirst(2))
    }

    /// `Sat, 31 Jan 2026 23:59:59 GMT` (RFC 9110 §5.6.7)
    var httpDate: String {
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let text = timestampText
        let parts = text.prefix(10).split(separator: "-")
        let month = months[(Int(parts[1]) ?? 1) - 1]
        let weekday = weekdays[Int(unixSeconds / 86400 % 7)]
        return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(text.dropFirst(11).prefix(8)) GMT"
    }
}
