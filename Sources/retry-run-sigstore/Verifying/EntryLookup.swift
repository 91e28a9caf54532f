import Console
import HTTP
import RetryEngine
import SigningCrypto
import Sigstore

/// Gets the log entries of signatures that came without.
struct EntryLookup {
    let calls: SigningCalls<SystemClock>
    let roots: [TrustedRoot]
    let isOffline: Bool

    /// The candidates with their entries: for one that was without there may be several.
    /// - Throws: `ServiceError` when a log cannot be asked.
    func completing(
        _ candidates: [Candidate], _ artifact: Artifact, _ policy: VerificationPolicy
    ) throws -> [Candidate] {
        try candidates.flatMap { candidate in
            guard policy.requiresLogEntry, case .success(let bundle) = candidate.bundle,
                bundle.isDetached, bundle.entries.isEmpty
            else { return [candidate] }
            do {
                // What is wrong without a log is wrong with it.
                let proposal = try Verifier(trustedRoot: .empty)
                    .proposal(of: bundle, artifact: artifact, policy: policy)
                if isOffline { throw VerificationFailure.noEntryLookedUp }
                return try entries(of: bundle, proposal).map {
                    candidate.replacing(.success(bundle.adding($0)))
                }
            } catch let failure as VerificationFailure {
                return [candidate.replacing(.failure(failure))]
            }
        }
    }

    private func entries(of bundle: Bundle, _ proposal: ProposedEntry) throws -> [LogEntry] {
        let logs = roots.flatMap(\.searchableLogs)
        for log in logs {
            let url = try url(log)
            let found: [LogEntry]
            if case .envelope(let envelope) = bundle.content {
                found = try entries(about: Digest(of: envelope.payload), in: url)
            } else {
                found = try entry(proposal, in: url)
            }
            if !found.isEmpty { return found }
        }
        throw VerificationFailure.noEntryFound(logs: logs)
    }

    /// The entry of a proposal, if the log has it.
    private func entry(_ proposal: ProposedEntry, in url: HTTPURL) throws -> [LogEntry] {
        guard let form = proposal.v1 else { return [] }
        let request = try RekorV1.entry(form.leafHash.hex, of: url, isSureToBeThere: false)
        return try answer(request) { response in
            if response.status == 404 { return [] }
            let entry = try LogEntry(rekorV1: response.body)
            do {
                try form.check(entry)
            } catch {
                throw VerificationFailure.entrySearch(
                    reason: "\(RekorError.otherEntry(log: "\(url)", reason: "\(error)"))")
            }
            return [entry]
        }
    }

    private func entries(about digest: Digest, in url: HTTPURL) throws -> [LogEntry] {
        let names = try answer(RekorV1.names(about: digest, in: url), RekorV1.readNames)
        guard !names.isEmpty else { return [] }
        return try answer(RekorV1.entries(named: names, in: url), RekorV1.readEntries)
    }

    /// - Throws: `ServiceError` without an answer, `VerificationFailure` for one that cannot be used.
    private func answer<Value>(
        _ request: HTTPRequest, _ read: @escaping (HTTPResponse) throws -> Value
    ) throws -> Value {
        var value: Value?
        var failure: VerificationFailure?
        let outcome = calls.client(.log).send(request, deadline: calls.end) { response in
            do {
                value = try read(response)
            } catch let unusable as VerificationFailure {
                failure = unusable
            }
        }
        if let failure { throw failure }
        switch outcome.result {
        case .success(let response): return try value ?? read(response)
        case .failure(let error):
            let error = RekorError.call(error, mayBeLogged: true)
            throw ServiceError(
                description: "cannot look up the signature's log entry: \(error)",
                failureClass: error.failureClass,
                hint: "a bundle has its log entry inside, and needs no service")
        }
    }

    private func url(_ log: String) throws -> HTTPURL {
        do {
            return try HTTPURL(log)
        } catch {
            throw UsageError("the trusted root's log '\(log)': \(error)")
        }
    }
}
