import Console
import FoundationEssentials
import HTTP
import OpenIDConnect
import Sigstore

/// What has to be known before anything is signed: whom to trust, which services, whose name.
struct SigningPreparation {
    let request: SignRequest
    let calls: SigningCalls<SystemClock>
    let cancellation: Int32
    let reporter: Reporter

    /// - Throws: `SigningError` of the phase `trust` where something has to be fetched and cannot be.
    func trust() throws -> SigningTrust {
        let needs = request.needs
        guard !needs.isNobody else { return .nobody }
        calls.observer(.begins(.trust), nil)
        do {
            var trust = try request.trust.signingTrust(
                config: request.signingConfig, logVersions: needs.logVersions, calls: calls,
                reporter: reporter)
            trust.signingConfig = request.ownServices.replacing(in: trust.signingConfig)
            calls.observer(.ended(.trust, nil), nil)
            return trust
        } catch let error as ServiceError {
            let failure = SigningError(
                .trust, error.failureClass,
                className: error.failureClass == .cancelled ? "cancelled" : "trust", "\(error)")
            calls.observer(.ended(.trust, failure), nil)
            throw failure
        }
    }

    /// - Throws: `UsageError` where no choice follows from the signing config.
    func services(_ trust: SigningTrust) throws -> SigningServices {
        do {
            return try SigningServices(
                trust.signingConfig, at: calls.services.now, needs: request.needs)
        } catch {
            throw UsageError("\(error)")
        }
    }

    /// Who issues certificates to this run; nil where nobody does.
    func certificateAuthority(_ trust: SigningTrust) -> SigningServices.Service? {
        try? SigningServices.certificateAuthority(
            trust.signingConfig, at: calls.services.now)
    }

    /// Whose name there is to sign in.
    func identitySource() throws -> IdentityPreparation.Source {
        do {
            return try identityPreparation.source()
        } catch let error as IdentityError {
            throw SigningError(.token, error)
        }
    }

    /// The session of a token that is there already, which is looked at before anybody is asked
    /// anything; nil for another source.
    func sessionAtHand(
        _ source: IdentityPreparation.Source
    ) throws -> IdentitySession<ContinuousClock.Instant>? {
        guard case .ambient(let place) = source, place.isAtHand else { return nil }
        var session = try session(source, .nobody)
        do throws(IdentityError) {
            _ = try session.token(at: calls.services.now, deadline: calls.end)
        } catch {
            let failure = SigningError(.token, error)
            calls.observer(.begins(.token), nil)
            calls.observer(.ended(.token, failure), nil)
            throw failure
        }
        return session
    }

    func session(
        _ source: IdentityPreparation.Source, _ trust: SigningTrust
    ) throws -> IdentitySession<ContinuousClock.Instant> {
        let issuer = try? trust.signingConfig.identityProvider(at: calls.services.now).url
        return IdentitySession(
            provider: try identityPreparation.provider(source, loggingInAt: issuer),
            audience: request.signer.oidcClientID, expectation: request.signer.expectation)
    }

    private var identityPreparation: IdentityPreparation {
        IdentityPreparation(
            options: request.signer, calls: calls, cancellation: cancellation, reporter: reporter)
    }

    /// Has a person log in, who may take ten minutes for it.
    func logIn(
        _ session: inout IdentitySession<ContinuousClock.Instant>
    ) throws(SigningError) {
        try calls.perform(.token) { () throws(SigningError) in
            do throws(IdentityError) {
                _ = try session.token(
                    at: calls.services.now, deadline: calls.clock.now.advanced(by: .seconds(600)))
            } catch {
                throw SigningError(.token, error)
            }
        }
    }
}
