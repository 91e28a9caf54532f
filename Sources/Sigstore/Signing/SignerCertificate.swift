import FoundationEssentials
import HTTP
import RetryEngine
import SigningCrypto

extension Signer {
    typealias Identity = SigningIdentity<Clock.Instant>

    /// The time between the last thing that is done under a certificate and its end: 30 s.
    private static var reserve: Duration { .seconds(30) }

    /// Phases 1 and 2.
    func makeIdentity() throws(SigningError) -> Identity {
        switch credential {
        case .key(let key): return Identity(key: key)
        case .identity(let session):
            let key: PrivateKey
            do {
                key = try PrivateKey.generate()
            } catch {
                throw SigningError(.signature, .permanent, className: "key", "\(error)")
            }
            var identity = Identity(key: key, session: session)
            try calls.perform(.token) { () throws(SigningError) in try checkToken(of: &identity) }
            try calls.perform(.certificate) { () throws(SigningError) in
                try renewCertificate(of: &identity)
            }
            return identity
        }
    }

    /// Sees to it that the token is as it should be, before it is sent anywhere.
    private func checkToken(of identity: inout Identity) throws(SigningError) {
        do {
            _ = try identity.token(at: calls.services.now, deadline: calls.deadline)
        } catch {
            throw SigningError(.token, error)
        }
    }

    /// A certificate for the same key, checked by all that verifiers will check.
    ///
    /// Fulcio says the same of a bad token and of keys of the issuer that it could not get, so a refused
    /// token is tried once more, with a newer one where there is one.
    func renewCertificate(of identity: inout Identity) throws(SigningError) {
        guard let service = services.certificateAuthority else { return }
        let authority = FulcioClient(service.url, client: calls.client(.certificate))
        let issued = try calls.askTwice(
            .certificate, isAccident: { (error: FulcioError) in error.isRefusedToken },
            ask: { attempt throws(FulcioError) in
                if attempt > 1 { identity.session?.renew() }
                return try authority.certificate(
                    for: identity.key,
                    token: { () throws(IdentityError) in
                        try identity.token(at: calls.services.now, deadline: calls.deadline)
                    }, deadline: calls.deadline)
            })
        do {
            try issued.check(
                key: identity.key.publicKey, trustedRoot: trustedRoot,
                expecting: identity.certificateExpectations,
                isPromiseNeeded: services.isPromiseNeeded)
        } catch {
            throw SigningError(.certificate, error)
        }
        // By our own monotonic clock: the certificate's times are by another one.
        let life = issued.leaf.notAfter.timeIntervalSince(issued.leaf.notBefore)
        identity.certificate = CurrentCertificate(
            issued: issued, end: calls.clock.now.advanced(by: .seconds(life) - Self.reserve))
    }

    /// The end of what is done under a certificate, or of the run.
    func end(of certificate: CurrentCertificate<Clock.Instant>?) -> Clock.Instant {
        min(certificate?.end ?? calls.deadline, calls.deadline)
    }

    /// Whether something has failed at a certificate's end, and not at that of the run. Waits for that
    /// end if so: a pause that was due would have been longer than what is left.
    func isOver(
        _ end: Clock.Instant, after error: SigningError
    ) throws(SigningError) -> Bool {
        guard error.failureClass == .deadline, end < calls.deadline else { return false }
        let left = calls.clock.now.duration(to: end)
        if left > .zero, !calls.clock.pause(for: left) {
            throw .cancelled(error.phase, after: error.description)
        }
        return true
    }
}

extension FulcioError {
    fileprivate var isRefusedToken: Bool {
        if case .identityToken = self { true } else { false }
    }
}
