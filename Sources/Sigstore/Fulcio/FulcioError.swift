package import HTTP
package import OpenIDConnect
package import SigningCrypto

/// No certificate that could be signed under.
package enum FulcioError: Error, Equatable {
    case call(HTTPError)
    /// There is no identity token to ask with.
    case identity(IdentityError)
    /// The authority does not take the identity token. It says the same when it could not get the
    /// issuer's keys, so one more call with a fresh token is worth it, and no more than one.
    case identityToken(HTTPError)
    case signingRequest(CryptoError)
    case unreadable(String)
    case otherKey
    /// The certificate is not one that verifiers accept.
    case certificate(VerificationFailure)
}

extension FulcioError {
    package var failureClass: FailureClass {
        switch self {
        case .call(let error): error.failureClass
        case .identity(let error): error.failureClass
        default: .permanent
        }
    }

    /// A name for machines that does not change.
    package var className: String {
        switch self {
        case .call(let error): error.className
        case .identity(let error): error.className
        case .identityToken: "identity-token"
        case .signingRequest: "signing-request"
        case .unreadable: "bad-response"
        case .otherKey: "cert-key"
        case .certificate(let failure): failure.className
        }
    }
}

extension FulcioError: CustomStringConvertible {
    package var description: String {
        let service = "certificate authority"
        return switch self {
        case .call(let error): "\(service): \(error)"
        case .identity(let error): "\(error)"
        case .identityToken(let error):
            "\(service): the identity token is refused; it is expired, for another audience, of an "
                + "unknown issuer, or its e-mail address is not verified: \(error)"
        case .signingRequest(let error): "\(service): \(error)"
        case .unreadable(let reason): "\(service): unreadable answer: \(reason)"
        case .otherKey: "\(service): the certificate is for another key than the one sent"
        case .certificate(let failure): "\(service): the certificate cannot be used: \(failure)"
        }
    }
}
