import Console
import HTTP
import OCI
import OpenIDConnect
import SigningCrypto
import Sigstore

/// Who signs, and by which services.
struct SignerPreparation {
    let credential: SigningDriver<SystemClock>.Credential
    let services: SigningServices
    let trustedRoot: TrustedRoot

    var terms: SigningRecord.Terms {
        guard case .identity(let session) = credential else { return SigningRecord.Terms() }
        return SigningRecord.Terms(tokenEnd: session.end, isLogTimed: services.isLogTimed)
    }

    /// A token of whom it signs for, where it has an identity.
    func token(_ calls: SigningCalls<SystemClock>) throws -> IdentityToken {
        guard case .identity(var session) = credential else {
            preconditionFailure("a key signs without a token")
        }
        do {
            return try session.token(at: calls.services.now, deadline: calls.end)
        } catch {
            throw SigningError(.token, error)
        }
    }
}

extension SignRequest {
    /// Brings jobs to their ends: their bundles are written, or what there is of them is kept.
    ///
    /// - Parameter renewServices: By the newest signing config, after a log was frozen.
    /// - Throws: The worst failure.
    func run(
        _ jobs: [SigningJob], _ credential: SigningDriver<SystemClock>.Credential,
        _ trustedRoot: TrustedRoot, _ calls: SigningCalls<SystemClock>,
        _ registries: KnownRegistries?, _ record: SigningRecord,
        _ reporter: Reporter, renewServices: @escaping () throws -> SigningServices?
    ) throws {
        let driver = SigningDriver(
            credential, trustedRoot: trustedRoot, calls: calls, parallel: parallel)
        driver.renewServices = renewServices
        driver.registries = registries
        let results = SigningResults(jobs, deferral: pending.deferral, record, reporter)
        var actions = SigningDriver<SystemClock>.Actions(
            session: { try jobs[$0].session() }, ended: { results.take($1, of: $0) })
        actions.store = { try jobs[$0].pending?.write($1) }
        actions.signsAnew = { reporter.warn("\(jobs[$0].item.name) is signed anew: \($1)") }
        actions.write = { place, bundle in
            let job = jobs[place]
            try job.checkFiles()
            do {
                try job.item.target.write(bundle)
            } catch {
                // The log has its entry by now: what it is of must not be lost.
                reporter.fail("\(error); the bundle of \(job.item.name) follows")
                reporter.writeVerbatim(String(decoding: bundle.json, as: UTF8.self))
                throw error
            }
            record.keep(bundle.verification, of: job.number)
        }
        driver.run(jobs.count, actions)
        try results.check()
    }

    /// What is there of a file from an earlier run, to go on with.
    ///
    /// - Throws: `UsageError` for a file of that name that is no pending signature.
    func earlierPending(_ item: Item) throws -> PendingFile? {
        guard pending.keeps, let place = item.pendingPlace, let file = try place.read() else {
            return nil
        }
        return place.overwrites && !pending.resumes ? nil : file
    }

    /// A signature that is pending is not lost for another one, of something else.
    ///
    /// - Throws: `UsageError` where it would be.
    func check(_ earlier: PendingFile?, of item: Item, _ content: SignableContent) throws {
        guard let earlier, item.refusal == nil, !earlier.session.content.isSame(as: content),
            let place = item.pendingPlace, !place.overwrites
        else { return }
        if isOutdated(earlier, by: content) { return }
        throw Self.taken(place, "of something else")
    }

    /// Whether what is pending is of a file that has changed since, so that nobody can finish it: with
    /// `--resume` that is no loss. An image never changes.
    func isOutdated(_ earlier: PendingFile, by content: SignableContent) -> Bool {
        let session = earlier.session
        return pending.resumes && session.image == nil && session.content.saysSame(as: content)
    }

    private static func taken(_ place: PendingPlace, _ what: String) -> UsageError {
        UsageError(
            "\(quoted(place.path)) is there already, \(what): 'retry-run finish' completes it, "
                + "--overwrite replaces it")
    }

    /// The session to go on with, or a new one where what is there is of something else.
    ///
    /// - Throws: `UsageError` for a pending signature in another name that is not to be replaced.
    func session(
        _ content: SignableContent, _ key: (any SigningKey)?, _ services: SigningServices,
        from earlier: PendingFile?, of item: Item, by signer: VerificationPolicy.Signer?,
        _ reporter: Reporter
    ) throws -> SigningSession {
        var session = SigningSession(content, services: services, key: key?.publicKey)
        if let earlier, let signer {
            if !earlier.session.content.isSame(as: content) {
                reporter.warn("\(item.name) has changed since it was signed, and is signed anew")
            } else if !earlier.session.isSigned(by: signer) {
                if let place = item.pendingPlace, !pending.resumes, !place.overwrites {
                    throw Self.taken(place, "signed in another name")
                }
                reporter.warn("\(item.name) was signed in another name, and is signed anew")
            } else if let entry = entry(by: earlier.session.services, unlike: services) {
                if let place = item.pendingPlace, !place.overwrites {
                    throw Self.taken(place, "to be signed \(entry)")
                }
            } else {
                session = earlier.session
                if let authority = services.certificateAuthority {
                    session.takeCertificates(from: authority)
                }
            }
        }
        session.image = item.image?.resuming(session.image)
        session.defersLog = pending.deferral == .always
        return session
    }

    /// What is pending has another entry to come than is asked for; nil where that is the same, or left open.
    private func entry(
        by earlier: SigningServices, unlike services: SigningServices
    ) -> String? {
        guard earlier.isLogged == services.isLogged else {
            return "with\(services.isLogged ? "out" : "") a log entry"
        }
        guard needs.logVersions.count == 1, !needs.fallsBack,
            let version = earlier.logs.candidates.first?.majorVersion,
            !needs.logVersions.contains(version)
        else { return nil }
        return "with an entry in a log of Rekor v\(version)"
    }

    /// There is nothing to put off where the log's own time counts.
    static let undeferrable = UsageError(
        "--defer-log does not work with Rekor v1 under a certificate: an entry after the certificate's "
            + "end is refused by verifiers; use Rekor v2, or --log-fallback, or a key")

    func checkDeferral(_ services: SigningServices) throws {
        guard pending.deferral != nil, services.certificateAuthority != nil, services.isLogTimed,
            services.fallbackLogs?.candidates.first?.majorVersion ?? 1 == 1
        else { return }
        throw Self.undeferrable
    }
}
