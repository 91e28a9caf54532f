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
            let client = RekorV1Client(try url(log), client: calls.client(.log))
            do throws(RekorError) {
                let found: [LogEntry]
                if case .envelope(let envelope) = bundle.content {
                    found = try client.entries(
                        about: .init(of: envelope.payload), deadline: calls.deadline)
                } else {
                    found = try client.find(proposal, deadline: calls.deadline).map { [$0] } ?? []
                }
                if !found.isEmpty { return found }
            } catch {
                guard case .call = error else {
                    throw VerificationFailure.entrySearch(reason: "\(error)")
                }
                throw ServiceError(
                    description: "cannot look up the signature's log entry: \(error)",
                    failureClass: error.failureClass,
                    hint: "a bundle has its log entry inside, and needs no service")
            }
        }
        throw VerificationFailure.noEntryFound(logs: logs)
    }

    private func url(_ log: String) throws -> HTTPURL {
        do {
            return try HTTPURL(log)
        } catch {
            throw UsageError("the trusted root's log '\(log)': \(error)")
        }
    }
}
