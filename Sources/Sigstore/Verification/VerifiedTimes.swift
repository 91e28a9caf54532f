import SigningCrypto

extension Verifier {
    /// Step 2: every time that an authority or a log vouches for.
    ///
    /// A bundle under a key needs none. A timestamp that does not verify says nothing: its authority
    /// may be one that is unknown here.
    func verifiedTimes(
        of bundle: Bundle, _ policy: VerificationPolicy
    ) throws(VerificationFailure) -> [Verification.VerifiedTime] {
        var reasons: [String] = []
        var times: [Verification.VerifiedTime] = []
        for response in bundle.timestamps {
            switch verifiedTime(of: response, signature: bundle.content.signature) {
            case .success(let time): times.append(time)
            case .failure(let reason): reasons.append(reason.text)
            }
        }
        if policy.requiresTimestamp, times.isEmpty { throw .noTimestamp(reasons: reasons) }
        for entry in bundle.entries {
            switch promised(entry) {
            case .success(let time): times.append(time)
            case .failure(let reason): reasons.append(reason.text)
            }
        }
        if bundle.timestamps.isEmpty, bundle.entries.isEmpty {
            reasons.append("the bundle has neither a timestamp nor a log entry")
        }
        if times.isEmpty, bundle.certificate != nil { throw .noVerifiedTime(reasons: reasons) }
        return times
    }

    struct Reason: Error {
        let text: String
    }

    /// When a trusted authority has stamped the signature: of a `TimeStampResp` in DER.
    func verifiedTime(
        of response: [UInt8], signature: [UInt8]
    ) -> Result<Verification.VerifiedTime, Reason> {
        do {
            return verifiedTime(of: try TimestampToken(response: response), signature: signature)
        } catch {
            return .failure(Reason(text: "\(error)"))
        }
    }

    /// When a trusted authority has stamped the signature, within the authority's time.
    ///
    /// - Parameter nonce: That of the request, which the answer must repeat; nil where it is unknown.
    func verifiedTime(
        of token: TimestampToken, signature: [UInt8], nonce: [UInt8]? = nil
    ) -> Result<Verification.VerifiedTime, Reason> {
        var furthest: TimestampError?
        var period: ValidityPeriod?
        for authority in trustedRoot.timestampAuthorities {
            do throws(TimestampError) {
                try token.verify(signature: signature, chain: authority.chain, nonce: nonce)
                if authority.period.contains(token.genTime) {
                    return .success(
                        .init(time: token.genTime, source: .timestamp, authority: authority.uri))
                }
                period = authority.period
            } catch {
                if error.isFurther(than: furthest) { furthest = error }
            }
        }
        if let period {
            return .failure(
                Reason(
                    text: "the timestamp is of \(timeText(token.genTime)), the timestamp authority "
                        + "is trusted from \(period)"))
        }
        return .failure(
            Reason(text: furthest.map { "\($0)" } ?? "no timestamp authority is trusted"))
    }

    /// The integrated time of an entry whose signed entry timestamp is good (Rekor v1).
    private func promised(_ entry: LogEntry) -> Result<Verification.VerifiedTime, Reason> {
        let logs = trustedRoot.logs(of: entry)
        guard let log = logs.first(where: entry.hasValidPromise) ?? logs.first else {
            return .failure(Reason(text: "the log with ID \(entry.logID.base64) is not trusted"))
        }
        guard let time = entry.integrated, entry.signedEntryTimestamp != nil else {
            return .failure(Reason(text: "the log \(log.baseURL) has promised no time"))
        }
        guard entry.hasValidPromise(of: log) else {
            return .failure(
                Reason(text: "the log \(log.baseURL) has not signed the integrated time"))
        }
        guard log.period.contains(time) else {
            return .failure(
                Reason(
                    text: "the integrated time is \(timeText(time)), the log \(log.baseURL) is "
                        + "trusted from \(log.period)"))
        }
        return .success(.init(time: time, source: .log, authority: log.baseURL))
    }
}

extension TrustedRoot {
    /// The logs of the ID that an entry names; where there are several, for several periods, those for the
    /// time at which it took the entry come first, then the newest.
    func logs(of entry: LogEntry) -> [Log] {
        let named = logs.filter { $0.id == entry.logID }
        guard let time = entry.integrated else { return named.reversed() }
        return named.filter { $0.period.contains(time) }
            + named.filter { !$0.period.contains(time) }.reversed()
    }
}
