package import FoundationEssentials

/// The time that all services agree on, which may be off on purpose.
package struct SandboxClock: Sendable {
    private let read: @Sendable () -> Date

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

    package var now: Date { read() }

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
