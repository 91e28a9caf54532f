package import HTTP

/// The steps of signing, in their order. What one has given survives the failure of a later one.
package enum SigningPhase: String, CaseIterable, Sendable {
    case trust
    case token
    case certificate
    case signature
    case timestamp
    case log
    case selfCheck = "self-check"
    /// Of an image: its signature goes into a registry.
    case push
}

/// What happens while something is signed, told while it happens.
package enum SigningEvent: Sendable {
    case begins(SigningPhase)
    case call(SigningPhase, CallEvent)
    /// Without an error the phase has given what it should.
    case ended(SigningPhase, SigningError?)
}
