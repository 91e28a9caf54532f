import HTTP

/// 3. When the signature existed. The authorities are asked one after the other until as many as needed
/// have answered.
extension SigningSession {
    var nextAuthority: SigningServices.Service? {
        services.timestampAuthorities.candidates.first {
            !stampedBy.contains($0) && !failedAuthorities.contains($0)
        }
    }

    func timestampCall() -> ServiceCall? {
        guard let signature, let url = nextAuthority?.url else { return nil }
        let question = TimestampQuestion(url, signature: signature)
        var call = ServiceCall(.timestamp(question), "POST \(url)", to: url) {
            attempt throws(HTTPFailure) in try question.request(attempt)
        }
        call.expiry = certificateEnd
        return call
    }

    /// Has another authority stand in for one that fails for sure.
    /// - Throws: Of several failures the one that came furthest, where there is no other.
    mutating func failTimestamp(_ error: TimestampAuthorityError) throws(SigningError) {
        let error = SigningError(.timestamp, error)
        if error.isFurther(than: failure) { failure = error }
        let isReplaceable = error.failureClass != .cancelled && error.failureClass != .deadline
        if let nextAuthority { failedAuthorities.append(nextAuthority) }
        let choice = services.timestampAuthorities
        guard isReplaceable, choice.candidates.count - failedAuthorities.count >= choice.count
        else { throw failure ?? error }
    }
}
