import HTTP
import RetryEngine
import SigningCrypto

extension Signer {
    /// Phase 4: what there will be in a bundle but the log entries. The timestamps have to lie within the
    /// certificate's time: if none comes while it lasts, there is another certificate for the same key.
    func draft(
        of content: Bundle.Content, by identity: inout Identity
    ) throws(SigningError) -> Draft<Clock.Instant> {
        while true {
            let end = end(of: identity.certificate)
            if end < calls.deadline, end <= calls.clock.now {
                try renewCertificate(of: &identity)
                continue
            }
            do throws(SigningError) {
                return Draft(
                    content: content, certificate: identity.certificate,
                    timestamps: try timestamps(of: content, until: end))
            } catch {
                guard try isOver(end, after: error) else { throw error }
            }
        }
    }

    private func timestamps(
        of content: Bundle.Content, until end: Clock.Instant
    ) throws(SigningError) -> [[UInt8]] {
        let client = calls.client(.timestamp)
        do {
            return try services.timestampAuthorities.answers(
                isReplaceable: { (error: TimestampAuthorityError) in
                    error.failureClass != .cancelled && error.failureClass != .deadline
                },
                ask: { service throws(TimestampAuthorityError) in
                    try TimestampAuthorityClient(
                        service.url, client: client, trustedRoot: trustedRoot
                    ).timestamp(of: content.signature, deadline: end)
                })
        } catch {
            throw SigningError(.timestamp, error)
        }
    }

    /// Phase 5: the entry in each log that is to have one.
    ///
    /// Rekor v1 has to take the entry while the certificate lasts. If it has not by then, nor turns out to
    /// have it all the same, the signature is logged under a new certificate for the same key. Rekor v2
    /// does not mind.
    func entries(
        of draft: inout Draft<Clock.Instant>, by identity: inout Identity
    ) throws(SigningError) -> [LogEntry] {
        let isTimed = services.logs.candidates.first?.majorVersion == 1
        while true {
            let proposal = try proposal(of: draft, by: identity.key.publicKey)
            let end = end(of: isTimed ? draft.certificate : nil)
            do throws(SigningError) {
                return try services.logs.answers(isReplaceable: \.isOfAbsentLog) {
                    service throws(SigningError) in
                    try upload(proposal, to: service, until: end)
                }
            } catch {
                guard try isOver(end, after: error) else { throw error }
                if error.mayBeLogged, let found = try lateEntries(of: proposal) { return found }
                draft = try self.draft(of: draft.content, by: &identity)
            }
        }
    }

    /// Rekor v1 is sent the whole of an attestation, and does not take every size.
    func checkSizes(_ contents: [SignableContent]) throws(SigningError) {
        guard services.logs.chosen.contains(where: { $0.majorVersion == 1 }) else { return }
        for case .statement(let payload, _) in contents
        where payload.count > Statement.sizeLimitOfRekorV1 {
            throw SigningError(
                .log, .permanent, className: "too-large",
                "the attestation has \(payload.count) bytes, Rekor v1 takes at most "
                    + "\(Statement.sizeLimitOfRekorV1); a log of Rekor v2 takes any, as it is sent a "
                    + "digest only")
        }
    }

    /// Logs that would refuse an entry are not worth a timestamp.
    func checkLogs(take content: Bundle.Content, by identity: Identity) throws(SigningError) {
        guard let log = services.logs.chosen.first else { return }
        let draft = Draft(content: content, certificate: identity.certificate, timestamps: [])
        let proposal = try proposal(of: draft, by: identity.key.publicKey)
        guard (log.majorVersion == 1 ? proposal.v1 : proposal.v2) != nil else {
            throw SigningError(.log, RekorError.unsupportedKey(log: "\(log.url)"))
        }
    }

    private func proposal(
        of draft: Draft<Clock.Instant>, by key: PublicKey
    ) throws(SigningError) -> ProposedEntry {
        guard let proposal = draft.proposal(key: key) else {
            throw SigningError(.log, .permanent, className: "set-up", "there is no digest to log")
        }
        return proposal
    }

    /// The log's entry with proofs that hold. Those that do not are asked for once more.
    private func upload(
        _ proposal: ProposedEntry, to service: SigningServices.Service, until end: Clock.Instant
    ) throws(SigningError) -> LogEntry {
        let client = calls.client(.log)
        return try calls.askTwice(
            .log, isAccident: { (error: RekorError) in error.isUnproven },
            ask: { _ throws(RekorError) in
                let entry =
                    service.majorVersion == 1
                    ? try RekorV1Client(service.url, client: client)
                        .upload(proposal, deadline: end)
                    : try RekorV2Client(service.url, client: client, trustedRoot: trustedRoot)
                        .upload(proposal, deadline: end)
                do throws(VerificationFailure) {
                    try verifier.checkProofs(of: entry)
                } catch {
                    throw .unproven(error)
                }
                return entry
            })
    }

    /// The entries that uploads without an answer have made; nil unless all are there.
    private func lateEntries(of proposal: ProposedEntry) throws(SigningError) -> [LogEntry]? {
        var entries: [LogEntry] = []
        for service in services.logs.chosen {
            do {
                let client = RekorV1Client(service.url, client: calls.client(.log))
                guard let entry = try client.find(proposal, deadline: calls.deadline) else {
                    return nil
                }
                entries.append(entry)
            } catch {
                throw SigningError(.log, error)
            }
        }
        return entries
    }
}

extension SigningError {
    /// Whether the log does not have the entry for sure, and another one may.
    fileprivate var isOfAbsentLog: Bool {
        switch failureClass {
        case .notSent, .unknownOutcome: !mayBeLogged
        case .permanent: className == RekorError.frozenClass
        case .cancelled, .deadline: false
        }
    }
}

extension RekorError {
    fileprivate var isUnproven: Bool {
        if case .unproven = self { true } else { false }
    }
}
