package import FoundationEssentials

/// What a service answered.
package struct HTTPResponse: Equatable, Sendable {
    package let status: Int
    package let headers: [HTTPHeader]
    package let body: [UInt8]
    /// The local time at which the answer began.
    package let receivedAt: Date
    /// Whether the other end of the connection has an address for this machine alone, see `PeerAddress`.
    package var isFromLocalPeer = false

    package init(status: Int, headers: [HTTPHeader], body: [UInt8], receivedAt: Date) {
        self.status = status
        self.headers = headers
        self.body = body
        self.receivedAt = receivedAt
    }

    package var isSuccess: Bool { 200..<300 ~= status }

    /// The value of the first header of that name, in whatever case it is written.
    package subscript(header name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// How far the local clock is ahead of the service's; negative if it is behind, nil without a
    /// `Date` header.
    ///
    /// Good to about a second, and to the time the answer was on its way.
    package var clockSkew: Duration? {
        serverTime.map { receivedAt.duration(since: $0) }
    }

    /// The service's time when it answered. A cache hands on the `Date` of the first answer, and
    /// its `Age` (RFC 9111 §4.2.3).
    package var serverTime: Date? {
        guard let date = self[header: "Date"].flatMap(Date.init(httpDate:)) else { return nil }
        let age = self[header: "Age"].flatMap { Int32($0) } ?? 0
        return date.addingTimeInterval(Double(max(age, 0)))
    }
}

extension HTTPResponse: CustomStringConvertible, CustomReflectable {
    /// Without the body, which may be a token.
    package var description: String { "status \(status), \(body.count) bytes" }
    package var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}

extension Date {
    /// The time from `earlier` to this date, at most 31 years either way.
    func duration(since earlier: Date) -> Duration {
        .seconds(min(max(timeIntervalSince(earlier), -1e9), 1e9))
    }
}
