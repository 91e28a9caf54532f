/// What the calls of one service know of it together: its trouble is the service's, not that of one call.
///
/// | the service | its calls |
/// | --- | --- |
/// | has not answered yet | the first goes ahead, the others follow after `headStart` |
/// | answers | all go |
/// | has asked for a pause | all wait for its end |
/// | is down | the one that has found out asks on; the others wait, and spend no attempts |
/// | was given up | one other call makes sure; then all end as the first did |
struct ServiceGate<Instant: InstantProtocol> where Instant.Duration == Duration {
    /// A service that is down mostly says so within this time.
    static var headStart: Duration { .milliseconds(250) }

    enum Admission: Equatable {
        case goes
        case waits(until: Instant?)
        /// The service has asked for that.
        case pauses(until: Instant, after: HTTPError)
        case ends(HTTPError)
    }

    private var isProven = false
    private var firstAloneUntil: Instant?
    private var pause: (end: Instant, reason: HTTPError)?
    /// The call that asks while the service is down.
    private(set) var prober: Int?
    /// How the service has failed for the call that gave it up.
    private var failure: HTTPError?
    private var isConfirmed = false

    /// Whether a call may make an attempt now.
    mutating func admit(_ call: Int, at now: Instant) -> Admission {
        if let pause, now < pause.end { return .pauses(until: pause.end, after: pause.reason) }
        if let prober { return prober == call ? .goes : .waits(until: nil) }
        if let failure {
            if isConfirmed { return .ends(failure) }
            prober = call
            return .goes
        }
        if isProven { return .goes }
        if let firstAloneUntil {
            return now < firstAloneUntil ? .waits(until: firstAloneUntil) : .goes
        }
        firstAloneUntil = now.advanced(by: Self.headStart)
        return .goes
    }

    /// The service has said something definite.
    mutating func noteAnswer() {
        isProven = true
        prober = nil
        failure = nil
        isConfirmed = false
    }

    /// An attempt has failed by the service's trouble.
    ///
    /// - Parameter pauseEnd: Until when it asks to be left alone.
    /// - Returns: Whether it counts as an attempt of the call. Else another call has found out before.
    mutating func noteTrouble(
        of call: Int, _ error: HTTPError, pauseEnd: Instant?
    ) -> Bool {
        if let pauseEnd, pause.map({ $0.end < pauseEnd }) ?? true { pause = (pauseEnd, error) }
        if prober == nil, failure == nil { prober = call }
        return prober == call
    }

    /// The service was given up before, and the call that made sure has failed as well.
    func isGivenUp(after call: Int) -> Bool { failure != nil && prober == call }

    /// The call ends without an answer.
    ///
    /// - Parameter error: Where all that a call may try was in vain.
    mutating func leave(_ call: Int, givingUpAfter error: HTTPError?) {
        guard prober == call else { return }
        prober = nil
        guard let error else { return }
        if failure == nil { failure = error } else { isConfirmed = true }
    }
}
