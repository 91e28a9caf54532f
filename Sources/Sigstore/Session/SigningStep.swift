package import FoundationEssentials
package import HTTP
package import OCI
package import SigningCrypto

/// What has to happen next for a signature.
package enum SigningStep: Sendable {
    /// A certificate, which may be that of other sessions too.
    case certificate
    case sign(SigningInput)
    case call(ServiceCall)
    /// A certificate ends then, and there is no use in asking before.
    case pause(until: Date)
    /// The log takes no more entries: its owners say in the signing config which one does.
    case renewServices
    /// The certificate has ended, and a log of another version does not check its validity.
    case turnToFallback
    /// Whether verifiers will accept what there is.
    case check
    /// The bundle is complete and verified.
    case write(SignedBundle)
    /// A registry is to get what is signed. The answer is taken in by `SigningSession.read`.
    case push(RegistryCall)
    /// A registry is looked at again after a pause.
    case rest(PushPause)
}

extension SigningStep {
    /// What has come of a step. An answer of a service is taken in by `SigningSession.read`.
    package enum Result: Sendable {
        case certificate(IssuedCertificate)
        case signature([UInt8], by: PublicKey)
        /// A service has not answered, or not as it should.
        ///
        /// - Parameter isExpired: The time was over for what the call depended on, and for nothing else.
        case failed(ServiceCall, HTTPError, mayHaveTakenEffect: Bool, isExpired: Bool)
        /// An answer is no, and would be again.
        case refused(ServiceCall, any PhaseFailure)
        /// The services by the newest signing config; nil where there is none.
        case services(SigningServices?)
        case turnedToFallback
        case checked(SignedBundle)
        case written
        case rested
    }
}

/// Another version of the log that has stood in, where that was allowed.
package struct LogFallback: Codable, Equatable, Sendable {
    package struct Log: Codable, Equatable, Sendable {
        package let url: String
        package let majorVersion: Int64
    }

    package let from: Log
    package let to: Log
}
