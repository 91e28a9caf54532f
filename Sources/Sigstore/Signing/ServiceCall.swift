package import FoundationEssentials
package import HTTP

/// A question to a service, made anew for each attempt. Its answer is read by the session that asks.
package struct ServiceCall: Sendable {
    /// What its answer is read as.
    enum Kind: Sendable {
        case timestamp(TimestampQuestion)
        case log
        /// For the time by a log's clock, which any answer tells.
        case time
        /// For an entry that an upload without an answer may have made.
        case search
    }

    package let phase: SigningPhase
    let kind: Kind
    /// How messages name it: the method and the address.
    package let name: String
    /// Calls of the same service share its trouble.
    package let service: String
    /// The answer is sure to come and may take a while: 10 attempts at least.
    package var isPatient = false
    /// The end of the certificate that the answer depends on.
    package var expiry: Date?
    /// See `HTTPCall.smallRequest`.
    package var smallRequest: HTTPRequest?
    package let request: @Sendable (_ attempt: Int) throws(HTTPFailure) -> HTTPRequest

    init(
        _ kind: Kind = .log, _ name: String, to url: HTTPURL,
        request: @escaping @Sendable (_ attempt: Int) throws(HTTPFailure) -> HTTPRequest
    ) {
        self.kind = kind
        phase = if case .timestamp = kind { .timestamp } else { .log }
        self.name = name
        service = "\(url)"
        self.request = request
    }
}
