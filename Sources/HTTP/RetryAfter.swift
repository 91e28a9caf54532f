import CCurl
import FoundationEssentials
import RetryEngine

/// How long a service asks to be left alone (RFC 9110 §10.2.3).
enum RetryAfter: Equatable {
    case delay(Duration)
    case date(Date)

    /// Reads whole seconds or an HTTP-date; nil for anything else.
    init?(_ text: String) {
        let text = text.utf8[...].trimmed
        if !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            // More digits than fit are still a wish, and a long one.
            self = .delay(Int64(text).map { .seconds($0) } ?? .longest)
        } else if let date = Date(httpDate: text) {
            self = .date(date)
        } else {
            return nil
        }
    }

    /// The pause from `now`, the time by the clock of the one who asks.
    func pause(from now: Date) -> Duration {
        switch self {
        case .delay(let delay): delay
        case .date(let date): max(date.duration(since: now), .zero)
        }
    }
}

extension HTTPResponse {
    /// The pause that a status asks for which may be another then.
    ///
    /// A date is compared with the answer's own `Date`, so the local clock may be wrong.
    var retryAfter: Duration? { isTransient(status: status) ? retryAfterHeader : nil }

    /// The pause that the header asks for, whatever the status.
    package var retryAfterHeader: Duration? {
        self[header: "Retry-After"].flatMap(RetryAfter.init)?
            .pause(from: serverTime ?? receivedAt)
    }
}

extension Date {
    /// Reads an HTTP-date in any of its three forms (RFC 9110 §5.6.7).
    init?(httpDate text: String) {
        let time = curl_getdate(text, nil)
        guard time != -1 else { return nil }
        self.init(timeIntervalSince1970: Double(time))
    }
}

extension BidirectionalCollection<UInt8> where SubSequence == Self {
    /// The text without the blanks and line ends at both ends. Of each header line, so by bytes.
    var trimmed: String {
        func isBlank(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: " ") || 0x09...0x0D ~= byte
        }
        var rest = self
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
