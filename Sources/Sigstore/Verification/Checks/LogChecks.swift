import SigningCrypto

/// An entry that a trusted log has shown to have, and what it says.
struct LoggedEntry {
    let record: Verification.LogRecord
    let body: EntryBody
}

extension Verifier {
    /// Step 6: the entries that a trusted log shows to have. Those of unknown logs say nothing.
    func checkLog(
        _ bundle: Bundle, times: [Verification.VerifiedTime]
    ) throws(VerificationFailure) -> [LoggedEntry] {
        guard !bundle.entries.isEmpty else { throw .noLogEntry }
        var seen: Set<EntryPlace> = []
        var logged: [LoggedEntry] = []
        for entry in bundle.entries {
            let logs = trustedRoot.logs(of: entry)
            guard let first = logs.first else { continue }
            let index = entry.provenIndex
            guard seen.insert(EntryPlace(logID: entry.logID, index: index)).inserted else {
                throw .duplicateEntry(log: first.baseURL, index: index)
            }
            let (log, body) = try Self.first(of: logs) { log throws(VerificationFailure) in
                try check(entry, of: log, bundle, times)
            }
            let record = Verification.LogRecord(
                index: index, log: log.baseURL, kind: entry.kind,
                integrated: entry.signedEntryTimestamp == nil ? nil : entry.integrated)
            logged.append(LoggedEntry(record: record, body: body))
        }
        guard !logged.isEmpty else {
            throw .untrustedLog(ids: bundle.entries.map(\.logID.hex))
        }
        return logged
    }

    private struct EntryPlace: Hashable {
        let logID: [UInt8]
        let index: Int64
    }

    private func check(
        _ entry: LogEntry, of log: TrustedRoot.Log, _ bundle: Bundle,
        _ times: [Verification.VerifiedTime]
    ) throws(VerificationFailure) -> EntryBody {
        // Version 0.1 may have a proof without a checkpoint, which proves nothing.
        let isProofNeeded = bundle.version != .v01
        let body = try checkProofs(of: entry, in: log, isInclusionNeeded: isProofNeeded)
        if let time = entry.integrated, !log.period.contains(time) {
            throw .logTime(log: log.baseURL, validity: log.period, time: time)
        }
        // A log that has not signed when it took the entry took it after the signature was made: its
        // key may be younger than that, but not have ended before.
        if entry.signedEntryTimestamp == nil {
            for time in times.map(\.time) where log.period.end.map({ $0 < time }) == true {
                throw .logTime(log: log.baseURL, validity: log.period, time: time)
            }
        }
        if let time = entry.integrated, let leaf = bundle.certificate, !leaf.isValid(at: time) {
            throw .integratedTime(validity: leaf.validity, time: time)
        }
        return body
    }

    /// What a log has answered to an upload: an entry in its tree, and a promise that it has signed.
    func checkProofs(of entry: LogEntry) throws(VerificationFailure) {
        let logs = trustedRoot.logs(of: entry)
        guard !logs.isEmpty else { throw .untrustedLog(ids: [entry.logID.hex]) }
        _ = try Self.first(of: logs) { log throws(VerificationFailure) in
            try checkProofs(of: entry, in: log, isInclusionNeeded: true)
        }
    }

    /// The first log that can vouch for an entry, and what it vouches for; else the failure that came
    /// furthest.
    private static func first(
        of logs: [TrustedRoot.Log],
        _ check: (TrustedRoot.Log) throws(VerificationFailure) -> EntryBody
    ) throws(VerificationFailure) -> (TrustedRoot.Log, EntryBody) {
        var furthest: VerificationFailure?
        for log in logs {
            do {
                return (log, try check(log))
            } catch {
                if error.isFurther(than: furthest) { furthest = error }
            }
        }
        throw furthest ?? .untrustedLog(ids: [])
    }

    private func checkProofs(
        of entry: LogEntry, in log: TrustedRoot.Log, isInclusionNeeded: Bool
    ) throws(VerificationFailure) -> EntryBody {
        let body: EntryBody
        do {
            body = try EntryBody(entry.canonicalizedBody, kind: entry.kind)
            if isInclusionNeeded || entry.inclusionProof?.checkpoint.isEmpty == false {
                try entry.verifyInclusion(in: log)
            }
        } catch {
            throw .logEntry(log: log.baseURL, error)
        }
        if entry.signedEntryTimestamp != nil, !entry.hasValidPromise(of: log) {
            throw .promise(log: log.baseURL)
        }
        return body
    }
}
