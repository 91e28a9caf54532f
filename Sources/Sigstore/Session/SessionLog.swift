import HTTP
import SigningCrypto

/// 4. The entry in each log that is to have one.
///
/// Rekor v1 has to take the entry while the certificate lasts. If it has not by then, nor turns out to have
/// it all the same, the signature is logged under a new certificate. Rekor v2 does not check the
/// certificate's validity.
extension SigningSession {
    /// Rekor v1 is sent the whole of an attestation, and does not take every size.
    func checkSize() throws(SigningError) {
        guard services.isLogTimed, services.fallbackLogs == nil,
            case .statement(let payload, _) = content,
            payload.count > Statement.sizeLimitOfRekorV1
        else { return }
        throw SigningError(
            .log, .permanent, className: "too-large",
            "the attestation has \(payload.count) bytes, Rekor v1 takes at most "
                + "\(Statement.sizeLimitOfRekorV1); a log of Rekor v2 takes any, as it is sent a "
                + "digest only")
    }

    /// A log that would refuse an entry is not worth a timestamp.
    func checkLogTakesKey() throws(SigningError) {
        guard let log = nextLog, !isLogged else { return }
        if form(for: log) != nil { return }
        guard proposal != nil else {
            throw SigningError(.log, .permanent, className: "set-up", "there is no digest to log")
        }
        throw SigningError(.log, RekorError.unsupportedKey(log: "\(log.url)"))
    }

    /// What the log is sent, and what it will store.
    private func form(for log: SigningServices.Service) -> ProposedEntry.Form? {
        if let known = proposed, known.version == log.majorVersion { return known.form }
        return log.majorVersion == 1 ? proposal?.v1 : proposal?.v2
    }

    /// Makes what the next log is sent, once: of a large attestation that takes time.
    mutating func prepareEntry() {
        guard signature != nil, !isLogged, let log = nextLog,
            proposed?.version != log.majorVersion, let form = form(for: log)
        else { return }
        proposed = (log.majorVersion, form)
    }

    var nextLog: SigningServices.Service? {
        if let upload { return upload.log }
        return services.logs.candidates.first {
            !loggedIn.contains($0) && !failedLogs.contains($0)
        }
    }

    func logCall(_ trustedRoot: TrustedRoot) throws(SigningError) -> ServiceCall {
        guard let log = nextLog, let form = form(for: log) else { throw failure ?? .noTime(.log) }
        var call = (upload ?? LogUpload(to: log)).call(form, in: trustedRoot)
        if log.majorVersion == 1 { call.expiry = certificateEnd }
        return call
    }

    /// Takes note that a call begins.
    /// - Returns: Whether its outcome could be lost: then what is known has to be stored before.
    package mutating func begin(_ call: ServiceCall) -> Bool {
        guard case .log = call.kind, let log = nextLog else { return false }
        var upload = self.upload ?? LogUpload(to: log)
        upload.begin()
        self.upload = upload
        return true
    }

    mutating func readLog(_ response: HTTPResponse, _ trustedRoot: TrustedRoot) throws {
        guard let log = nextLog, let form = form(for: log) else { return }
        var upload = self.upload ?? LogUpload(to: log)
        let entry = try upload.read(response, form, in: trustedRoot)
        if let entry {
            do throws(VerificationFailure) {
                try Verifier(trustedRoot: trustedRoot).checkProofs(of: entry)
            } catch {
                throw RekorError.unproven(error)
            }
        }
        self.upload = upload
        if let entry { add(entry, of: log) }
    }

    mutating func add(_ entry: LogEntry, of log: SigningServices.Service) {
        entries.append(entry)
        loggedIn.append(log)
        upload = nil
    }

    mutating func failLog(
        _ error: HTTPError, mayHaveTakenEffect: Bool
    ) throws(SigningError) {
        guard let upload else { return }
        try failLog(upload.error(error, mayHaveTakenEffect: mayHaveTakenEffect))
    }

    /// Has another log stand in for one that does not have the entry for sure.
    /// - Throws: Of several failures the one that came furthest, where there is no other.
    mutating func failLog(_ error: RekorError) throws(SigningError) {
        guard let log = nextLog else { throw SigningError(.log, error) }
        var upload = self.upload ?? LogUpload(to: log)
        let final = upload.note(error)
        self.upload = upload
        guard let final else { return }
        let failed = SigningError(.log, final)
        if failed.isFurther(than: failure) { failure = failed }
        if final.isOfAbsentLog, hasOtherLog {
            failedLogs.append(log)
            self.upload = nil
        } else if final.isFrozen, !isRenewed {
            failedLogs.append(log)
            isRenewalDue = true
        } else if isSearchable(log, after: failed) {
            doubted = log
        } else if !failed.isOfRun, mayTurn, turnToFallback() {
            return
        } else {
            throw failure ?? failed
        }
    }

    /// Whether there is another log to take the place of the present one.
    var hasOtherLog: Bool {
        services.logs.candidates.count - failedLogs.count - 1 >= services.logs.count
    }

    /// Whether the log can be asked if it has the entry, and another one could stand in if it has not.
    private func isSearchable(
        _ log: SigningServices.Service, after failed: SigningError
    ) -> Bool {
        log.majorVersion == 1 && failed.mayBeLogged && upload?.isUploading == true
            && [.notSent, .unknownOutcome].contains(failed.failureClass)
            && (hasOtherLog || mayTurn)
    }

    /// Whether the logs of the other version may stand in for those that fail: once in a run.
    var mayTurn: Bool { services.fallbackLogs != nil && !hasTurned }

    /// Turns to the logs of another version, where that was asked for; or back from them.
    @discardableResult
    mutating func turnToFallback() -> Bool {
        guard let log = upload?.log ?? failedLogs.last ?? services.logs.candidates.first,
            let next = services.fallbackLogs?.candidates.first
        else { return false }
        fallback =
            fallback == nil
            ? LogFallback(from: LogFallback.Log(log), to: LogFallback.Log(next)) : nil
        services.fallBack()
        let present = upload.flatMap { $0.mayBeLogged ? $0 : nil }
        upload = abandoned.flatMap { services.logs.candidates.contains($0.log) ? $0 : nil }
        abandoned = present
        (entries, loggedIn, failedLogs, failure) = ([], [], [], nil)
        hasTurned = true
        return true
    }

    /// Goes on with the services of a newer signing config after a log was frozen.
    mutating func renew(_ newer: SigningServices?) throws(SigningError) {
        (isRenewalDue, isRenewed) = (false, true)
        if let newer, newer.logs.candidates.contains(where: { !failedLogs.contains($0) }) {
            services.replaceLogs(by: newer)
            upload = nil
        } else if !(mayTurn && turnToFallback()), let failure {
            throw failure
        }
    }
}

extension LogFallback.Log {
    init(_ service: SigningServices.Service) {
        self.init(url: "\(service.url)", majorVersion: service.majorVersion)
    }
}

extension SigningError {
    /// Whether the run has ended, not the log's answers.
    fileprivate var isOfRun: Bool { failureClass == .cancelled || failureClass == .deadline }
}

extension RekorError {
    fileprivate var isFrozen: Bool { if case .frozen = self { true } else { false } }

    /// Whether the log does not have the entry for sure, and another one may take it.
    fileprivate var isOfAbsentLog: Bool {
        switch self {
        case .frozen: return true
        case .call(let error, mayBeLogged: false):
            if case .untrusted = error.failure { return true }
            return [.notSent, .unknownOutcome].contains(error.failureClass)
        default: return false
        }
    }
}
