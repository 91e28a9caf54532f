import HTTP
import SigningCrypto

/// The end of a certificate, after which entries in a log of Rekor v1 are worth nothing: its time has to lie
/// within the certificate's, for every verifier.
extension SigningSession {
    /// Asks a log for the time before it gets an entry under a certificate of an earlier run: our own clock
    /// is not enough to tell whether that one lasts.
    ///
    /// Nil where the certificate is of this run, whose end is known by the clock of who has issued it.
    func timeCall() -> ServiceCall? {
        guard isInherited, !isTimeKnown, services.isLogTimed, let log = nextLog else { return nil }
        let url = log.url
        var call = ServiceCall(.time, "GET \(url)", to: url) { _ throws(HTTPFailure) in
            try RekorV1.smallRequest(to: url)
        }
        call.expiry = certificateEnd
        return call
    }

    /// A log that refuses the question has told the time all the same.
    mutating func failTime(_ error: HTTPError) throws(SigningError) {
        guard error.failureClass == .permanent else {
            return try failLog(.call(error, mayBeLogged: mayBeLogged))
        }
        isTimeKnown = true
    }

    /// A log of Rekor v1 has taken the entry after the certificate's end.
    package var isLoggedTooLate: Bool {
        guard let certificate else { return false }
        return zip(entries, loggedIn).contains { entry, log in
            log.majorVersion == 1 && entry.integrated.map { $0 > certificate.notAfter } ?? false
        }
    }

    /// Why it is signed anew; nil for what was not signed yet.
    package var renewalReason: String? {
        guard signature != nil else { return nil }
        return isLoggedTooLate
            ? "the log took its entry after the certificate's end, where verifiers refuse it"
            : "its certificate has ended"
    }

    /// What is signed anew stays in the same name.
    func checkName(of leaf: Certificate) throws(SigningError) {
        guard isInherited, let certificate else { return }
        guard
            certificate.identities != leaf.identities
                || certificate.identityIssuer != leaf.identityIssuer
        else { return }
        throw SigningError(
            .certificate, .permanent, className: "identity-mismatch",
            "it was signed as \(certificate.name) and has to be signed anew, and the identity here is "
                + leaf.name)
    }
}

extension Certificate {
    fileprivate var name: String {
        identities.map { "'\($0)'" }.joined(separator: ", ")
            + (identityIssuer.map { " of '\($0)'" } ?? "")
    }
}

// MARK: - Searching

extension SigningSession {
    /// Asks for the entry that an upload without an answer may have made; nil where that was done.
    func searchCall() -> ServiceCall? {
        guard found.count < services.logs.count else { return nil }
        return searchCall(in: services.logs.candidates[found.count])
    }

    /// Asks a log that has failed, before another one stands in.
    func doubtCall() -> ServiceCall? { doubted.flatMap { searchCall(in: $0) } }

    private func searchCall(in log: SigningServices.Service) -> ServiceCall? {
        guard let identifier = proposal?.v1?.leafHash.hex else { return nil }
        let url = log.url
        return ServiceCall(.search, "GET \(url)", to: url) { _ throws(HTTPFailure) in
            try RekorV1.entry(identifier, of: url, isSureToBeThere: false)
        }
    }

    mutating func readSearch(_ response: HTTPResponse) throws {
        let entry = try sought(response)
        if let log = doubted {
            doubted = nil
            if let entry { return add(entry, of: log) }
            if hasOtherLog {
                failedLogs.append(log)
                upload = nil
            } else {
                turnToFallback()
            }
            return
        }
        guard let entry else {
            // It is in no log under this certificate.
            (upload, found) = (nil, [])
            return
        }
        found.append(entry)
        if found.count == services.logs.count {
            entries = found
            loggedIn = Array(services.logs.candidates.prefix(found.count))
            (upload, found) = (nil, [])
        }
    }

    /// The entry in an answer; nil for one that is not there.
    private func sought(_ response: HTTPResponse) throws -> LogEntry? {
        guard let form = proposal?.v1, response.status != 404 else { return nil }
        let entry = try LogEntry(rekorV1: response.body)
        do {
            try form.check(entry)
        } catch {
            throw FinalAnswer(RekorError.otherEntry(log: "the log", reason: "\(error)"))
        }
        return entry
    }

    /// Whether the log has the entry stays unknown.
    mutating func failSearch(_ error: HTTPError) throws(SigningError) {
        guard doubted != nil else {
            throw SigningError(.log, RekorError.call(error, mayBeLogged: true))
        }
        doubted = nil
        let isOfRun = [.cancelled, .deadline].contains(error.failureClass)
        if !isOfRun, mayTurn, turnToFallback() { return }
        throw failure ?? SigningError(.log, RekorError.call(error, mayBeLogged: true))
    }
}
