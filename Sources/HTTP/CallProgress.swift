import RetryEngine

/// What one call remembers from attempt to attempt.
struct CallProgress {
    private(set) var mayHaveTakenEffect = false
    private var hasAskedAnew = false

    /// Takes note of a failed attempt and says what it means for the next one.
    ///
    /// - Parameter isAccident: Whether an accident makes such a failure too, which would not happen twice.
    mutating func verdict(on failure: HTTPFailure, isAccident: Bool = false) -> Verdict {
        if failure.mayHaveTakenEffect { mayHaveTakenEffect = true }
        switch failure.failureClass {
        case .notSent, .unknownOutcome:
            return .retry(after: failure.retryAfter)
        case .permanent, .cancelled, .deadline:
            // An unreadable answer may come from something in between; a second one does not.
            let isUnreadable = if case .badResponse = failure { true } else { false }
            guard isUnreadable || isAccident, !hasAskedAnew else { return .stop }
            hasAskedAnew = true
            return .retry()
        }
    }
}
