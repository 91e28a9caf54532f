import SigningCrypto

extension Verifier {
    /// Step 2: every time that an authority or a log vouches for.
    ///
    /// A bundle under a key needs none.
    func verifiedTimes(
        of bundle: Bundle, _ policy: VerificationPolicy
    ) throws(VerificationFailure) -> [Verification.VerifiedTime] {
        var reasons: [String] = []
        var times: [Verification.VerifiedTime] = []
        for response in bundle.timestamps {
            switch stamped(response, signature: bundle.content.signature) {
            case .success(let time): times.append(time)
            case .failure(let reason): reasons.append(reason.text)
            }
        }
        if policy.requiresTimestamp, times.isEmpty { throw .noTimestamp(reasons: reasons) }
        times += bundle.entries.compactMap(promisedTime)
        if times.isEmpty, bundle.certificate != nil { throw .noVerifiedTime(reasons: reasons) }
        return times
    }

    private struct Reason: Error {
        let text: String
    }

    /// The authority that has made the timestamp, within its time.
    private func stamped(
        _ response: [UInt8], signature: [UInt8]
    ) -> Result<Verification.VerifiedTime, Reason> {
        var reason = "no timestamp authority is trusted"
        do {
            let token = try TimestampToken(response: response)
            for authority in trustedRoot.timestampAuthorities {
                do {
                    try token.verify(signature: signature, chain: authority.chain)
                    guard authority.period.contains(token.genTime) else {
                        reason =
                            "the timestamp is of \(timeText(token.genTime)), the timestamp "
                            + "authority is trusted from \(authority.period)"
                        continue
                    }
                    return .success(
                        .init(time: token.genTime, source: .timestamp, authority: authority.uri))
                } catch {
                    reason = "\(error)"
                }
            }
        } catch {
            reason = "\(error)"
        }
        return .failure(Reason(text: reason))
    }

    /// The integrated time of an entry whose signed entry timestamp is good (Rekor v1).
    private func promisedTime(of entry: LogEntry) -> Verification.VerifiedTime? {
        guard let time = entry.integrated, let log = trustedRoot.log(entry.logID),
            log.period.contains(time), entry.hasValidPromise(of: log)
        else { return nil }
        return .init(time: time, source: .log, authority: log.baseURL)
    }
}

extension TrustedRoot {
    func log(_ id: [UInt8]) -> Log? {
        logs.first { $0.id == id }
    }
}
