/// What goes wrong with one TLS handshake.
package enum HandshakeFault: Equatable, Sendable {
    /// The connection is closed instead of an answer.
    case eof
    /// It is reset.
    case reset
    /// An alert by its number (RFC 8446 §6), then the end.
    case alert(UInt8)
    /// An answer in plain HTTP.
    case http
    /// Half of the first answer, then the end.
    case half
    /// Never an answer; the connection stays open.
    case hang
    /// A certificate by an authority that nobody knows.
    case untrusted
    /// A certificate that ended an hour ago.
    case expired
    /// A certificate of another host.
    case wrongHost
}

extension HandshakeFault {
    /// The words of fault plans, each with what may follow its colon.
    package static let grammar =
        "eof, reset, alert:NUMBER, http, half, hang, untrusted, expired or wrong-host"

    private static let plain: [String: HandshakeFault] = [
        "eof": .eof, "reset": .reset, "http": .http, "half": .half, "hang": .hang,
        "untrusted": .untrusted, "expired": .expired, "wrong-host": .wrongHost,
    ]

    /// Reads `KIND[:ARGUMENT]`; nil for any other text.
    init?(_ text: Substring) {
        if let fault = Self.plain[String(text)] {
            self = fault
        } else if text.hasPrefix("alert:"), let number = UInt8(text.dropFirst(6)) {
            self = .alert(number)
        } else {
            return nil
        }
    }
}
