import HTTP
import OCI
import RetryEngine

/// A session on its way, as its driver knows it.
struct ActiveSession<Instant: InstantProtocol> where Instant.Duration == Duration {
    var session: SigningSession
    var phase: SigningPhase?
    /// The end of its calls, from the first one on.
    var limit: Instant?
    /// Whether it is to be stored after each step.
    var isStored = false

    var awaitsCertificate = false
    /// When it goes on by itself.
    var pauseEnd: Instant?
    var call: ServiceCall?
    /// Of an image: what of it is on its way into its registry.
    var push: PushCall<Instant>?
    /// Of those that were answered.
    var longestPushCall = Duration.zero
    var callNumber: Int?
    var attempt = 1
    /// What has failed at the certificate's end.
    var spentBy: SigningError?
    /// An answer that is no.
    var refusal: (any PhaseFailure)?
    /// Why the last answer could not be used.
    var unusable: (any PhaseFailure)?

    /// How many attempts of each part of a push have failed.
    var pushFailures: [SigningSession.PushStage: Int] = [:]

    var signatures: RetryState?
    var signatureAttempts = 0

    init(_ session: SigningSession) {
        self.session = session
    }

    /// - Parameter waited: How long for a service that was down for others: that is not the call's time.
    mutating func endCall(waited: Duration) {
        (callNumber, call, push) = (nil, nil, nil)
        limit = limit?.advanced(by: waited)
    }

    func isAwake(_ now: Instant) -> Bool { pauseEnd.map { $0 <= now } ?? false }
}
