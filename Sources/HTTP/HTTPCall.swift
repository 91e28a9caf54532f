package import RetryEngine

/// One question to a service until it is answered: how it is asked, how often, and until when.
///
/// An attempt is one exchange, or several that belong together and share its limit: what is answered with
/// 401 is asked again with a token, and what is elsewhere is asked for there.
package struct HTTPCall<Instant: InstantProtocol> where Instant.Duration == Duration {
    /// How it is named where no request was made: the method and the URL, without secrets.
    package let name: String
    /// Calls of the same service share its trouble; nil for a call that is alone.
    package var service: String?
    package var policy: RetryPolicy
    /// The longest that one attempt may take; nil for no limit.
    package var attemptLimit: Duration?
    /// The end of the run.
    package var deadline: Instant?
    /// The end of what the call is for. While the call waits for a service that is down for others, this
    /// end waits with it.
    package var limit: Instant?
    /// The end of something that the call depends on, such as a certificate.
    package var expiry: Instant?
    /// Asked after an attempt with a large body has failed in a way that large bodies make balancers
    /// fail: a service that answers this one is not down.
    package var smallRequest: HTTPRequest?
    /// Whether a refusal is one that accidents make too, so that it is worth one more attempt.
    package var isAccident: (HTTPFailure) -> Bool
    /// Makes the first request of an attempt, counted from 1.
    package let request: (_ attempt: Int) throws(HTTPFailure) -> HTTPRequest
    /// Reads an answer: a 2xx, or a status of `HTTPRequest.answers`. One that it throws at is asked for
    /// once more; where it throws an `HTTPFailure`, such as `.notYet`, that is how the attempt has failed.
    package let read: (HTTPResponse) throws -> Next
    /// What is sent in the same attempt after an exchange has failed, and has the limit of an attempt anew: how
    /// long the other took to fail says nothing of it. Nil where the attempt has failed.
    package let standIn: (HTTPFailure) -> HTTPRequest?
    package let observer: (CallEvent) -> Void

    /// What follows an answer.
    package enum Next {
        /// It is the answer to the call.
        case done
        /// Another request of the same attempt.
        case send(HTTPRequest)
    }

    package init(
        _ name: String, to service: String? = nil, policy: RetryPolicy,
        attemptLimit: Duration? = nil,
        deadline: Instant? = nil, limit: Instant? = nil, expiry: Instant? = nil,
        smallRequest: HTTPRequest? = nil,
        isAccident: @escaping (HTTPFailure) -> Bool = { _ in false },
        observer: @escaping (CallEvent) -> Void = { _ in },
        request: @escaping (_ attempt: Int) throws(HTTPFailure) -> HTTPRequest,
        read: @escaping (HTTPResponse) throws -> Next,
        standIn: @escaping (HTTPFailure) -> HTTPRequest? = { _ in nil }
    ) {
        self.name = name
        self.service = service
        self.policy = policy
        self.attemptLimit = attemptLimit
        self.deadline = deadline
        self.limit = limit
        self.expiry = expiry
        self.smallRequest = smallRequest
        self.isAccident = isAccident
        self.observer = observer
        self.request = request
        self.read = read
        self.standIn = standIn
    }

    /// The first of its ends.
    var end: Instant? { [deadline, limit, expiry].compactMap { $0 }.min() }
}
