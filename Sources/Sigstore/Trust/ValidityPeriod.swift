package import FoundationEssentials
import SigningCrypto

/// The time in which a key, a certificate authority or a service is to be used: a closed interval,
/// without an end as long as it is in use.
package struct ValidityPeriod: Equatable, Sendable {
    package let start: Date
    package let end: Date?

    package init(start: Date, end: Date? = nil) {
        self.start = start
        self.end = end
    }

    package func contains(_ time: Date) -> Bool {
        start <= time && end.map { time <= $0 } ?? true
    }
}

extension ValidityPeriod: CustomStringConvertible {
    package var description: String {
        "\(timeText(start)) to \(end.map(timeText) ?? "now")"
    }
}
