import FoundationEssentials
import HTTP
import OpenIDConnect
import RetryEngine
import SigningCrypto

/// The one certificate of a run, for a key that is made for it and never written; renewed when it has ended.
final class CertificateSource<Clock: RetryClock> {
    private enum State {
        case none
        case requested(call: Int)
        case issued(IssuedCertificate)
        case failed(SigningError)
    }

    /// What a session that needs a certificate is told.
    enum Answer {
        case certificate(IssuedCertificate)
        case failed(SigningError)
        /// It was asked for, and the driver's call of that number will tell.
        case requested
    }

    private var identity: IdentitySession<Clock.Instant>
    private let trustedRoot: TrustedRoot
    private let calls: SigningCalls<Clock>
    private var state = State.none
    private(set) var key: PrivateKey?
    private var token: IdentityToken?
    private var lack: IdentityError?
    private var unusable: FulcioError?
    private var issued: IssuedCertificate?
    private var anchor: (time: Date, instant: Clock.Instant)?

    init(
        _ identity: IdentitySession<Clock.Instant>, trustedRoot: TrustedRoot,
        calls: SigningCalls<Clock>
    ) {
        self.identity = identity
        self.trustedRoot = trustedRoot
        self.calls = calls
    }

    /// The time by the clock of who has issued the certificate; nil while there is none.
    ///
    /// From there on our own monotonic clock counts: no answer stretches a certificate's life.
    var time: Date? {
        anchor.map {
            $0.time.addingTimeInterval($0.instant.duration(to: calls.clock.now) / .seconds(1))
        }
    }

    /// A certificate that can be used for a while, or the beginning of the call for one.
    func certificate(
        from services: SigningServices, endingAfter isUsable: (IssuedCertificate) -> Bool
    ) -> Answer {
        switch state {
        case .issued(let issued) where isUsable(issued): return .certificate(issued)
        case .failed(let error): return .failed(error)
        case .requested: return .requested
        case .none, .issued: break
        }
        do throws(SigningError) {
            state = .requested(call: try request(from: services))
            return .requested
        } catch {
            state = .failed(error)
            return .failed(error)
        }
    }

    private func request(from services: SigningServices) throws(SigningError) -> Int {
        guard let url = services.certificateAuthority?.url else {
            throw SigningError(
                .certificate, .permanent, className: "set-up", "there is no certificate authority")
        }
        let key = try makeKey()
        if token == nil {
            // Seen to before it is sent anywhere.
            try calls.perform(.token) { () throws(SigningError) in
                do throws(IdentityError) {
                    token = try identity.token(at: calls.services.now, deadline: calls.end)
                } catch {
                    throw SigningError(.token, error)
                }
            }
        }
        let question: CertificateQuestion
        do throws(FulcioError) {
            question = try CertificateQuestion(url, key: key)
        } catch {
            throw SigningError(.certificate, error)
        }
        calls.observer(.begins(.certificate), nil)
        services.prepareConnections(calls.services)
        (lack, unusable, issued) = (nil, nil, nil)
        let isPromiseNeeded = services.isPromiseNeeded
        return calls.driver.start(
            HTTPCall(
                "POST \(url)", policy: calls.policy, attemptLimit: calls.attemptLimit,
                deadline: calls.deadline, limit: calls.end,
                isAccident: { [self] failure in
                    // Fulcio says the same of keys of the issuer that it could not get.
                    let isRefused = CertificateQuestion.refusesToken(failure)
                    if isRefused { identity.renew() }
                    return isRefused
                },
                observer: { [calls] in calls.observer(.call(.certificate, $0), nil) },
                request: { [self] _ throws(HTTPFailure) in
                    let token: IdentityToken
                    do throws(IdentityError) {
                        token = try identity.token(at: calls.services.now, deadline: calls.end)
                    } catch {
                        lack = error
                        throw .setUp("send an identity token")
                    }
                    self.token = token
                    return try question.request(token)
                },
                read: { [self] response in
                    let issued = try question.read(response)
                    do throws(FulcioError) {
                        try check(issued, key.publicKey, isPromiseNeeded: isPromiseNeeded)
                        self.issued = issued
                        note(issued, issuedAt: response)
                    } catch {
                        unusable = error
                    }
                    return .done
                }))
    }

    private func makeKey() throws(SigningError) -> PrivateKey {
        if let key { return key }
        do {
            let made = try PrivateKey.generate()
            key = made
            return made
        } catch {
            throw SigningError(.signature, .permanent, className: "key", "\(error)")
        }
    }

    /// Checks what verifiers will check.
    private func check(
        _ issued: IssuedCertificate, _ key: PublicKey, isPromiseNeeded: Bool
    ) throws(FulcioError) {
        try issued.check(
            key: key, trustedRoot: trustedRoot,
            expecting: CertificateExpectations(identity.expectation, token: token),
            isPromiseNeeded: isPromiseNeeded)
    }

    /// A certificate begins a little before it is issued; the authority's answer says when that was.
    private func note(_ issued: IssuedCertificate, issuedAt response: HTTPResponse) {
        let leaf = issued.leaf
        let said = response.serverTime ?? leaf.notBefore
        let isPlausible = leaf.notBefore <= said && said < leaf.notAfter
        anchor = (isPlausible ? said : leaf.notBefore, calls.clock.now)
    }

    /// Takes in the end of a call.
    /// - Returns: Whether it was that for the certificate.
    func take(_ ended: CallDriver<Clock>.Ended) -> Bool {
        guard case .requested(ended.number) = state else { return false }
        do throws(SigningError) {
            let issued = try certificate(in: ended.outcome)
            state = .issued(issued)
            calls.observer(.ended(.certificate, nil), nil)
        } catch {
            state = .failed(error)
            calls.observer(.ended(.certificate, error), nil)
        }
        return true
    }

    private func certificate(
        in outcome: HTTPOutcome
    ) throws(SigningError) -> IssuedCertificate {
        if let issued { return issued }
        if let lack { throw SigningError(.certificate, FulcioError.identity(lack)) }
        if let unusable { throw SigningError(.certificate, unusable) }
        guard case .failure(let error) = outcome.result else { throw .noTime(.certificate) }
        throw SigningError(.certificate, CertificateQuestion.error(error))
    }
}
