package import FoundationEssentials
package import HTTP
import OCI
package import SigningCrypto

/// One signature on its way, from its content to a bundle that has been verified, and of an image to its
/// registry. Stored, it is what a pending file holds.
///
/// What has been given is kept: after a failure of the log nobody asks for another certificate while this
/// one lasts, and what is sent again is the same to the byte, so that one signature is one entry. There is
/// no secret in it, neither a key nor a token.
package struct SigningSession: Sendable {
    package let content: SignableContent
    package internal(set) var services: SigningServices
    /// Whether the log is not asked now.
    package var defersLog = false
    /// Of an image: where the signature goes.
    package var image: ImageDestination?

    /// Whose signature it is, once there is one.
    package internal(set) var key: PublicKey?
    package internal(set) var certificate: Certificate?
    /// Whether the log's promise that it has the certificate came beside it, and was checked there.
    var isPromiseBeside = false
    package internal(set) var signature: [UInt8]?
    package internal(set) var timestamps: [[UInt8]] = []
    /// The authorities that `timestamps` are of.
    var stampedBy: [SigningServices.Service] = []
    package internal(set) var entries: [LogEntry] = []
    /// The logs that `entries` are of.
    var loggedIn: [SigningServices.Service] = []
    /// The entry on its way into the present log.
    var upload: LogUpload?
    package internal(set) var fallback: LogFallback?
    /// An entry that a log may have from which was turned away.
    var abandoned: LogUpload?

    // Of this run only.
    /// Whether an earlier run has got the certificate.
    var isInherited = false
    /// Whether a log has told the time by which the certificate of an earlier run ends.
    var isTimeKnown = false
    /// Whether it was signed anew because a log had taken its entry too late. Once: that log's clock may be
    /// the one that is off.
    var isLateEntryReplaced = false
    /// A log that may have the entry, and is asked for it before another one stands in.
    var doubted: SigningServices.Service?
    var failedAuthorities: [SigningServices.Service] = []
    var failedLogs: [SigningServices.Service] = []
    /// Whether the logs of the other version have been turned to.
    var hasTurned = false
    /// Of several failures the one that came furthest.
    var failure: SigningError?
    /// Nothing more can be done under the certificate; its end may still be to come.
    var isCertificateSpent = false
    /// The entries that uploads without an answer have made, as far as they were looked for.
    var found: [LogEntry] = []
    /// What the logs of a version are sent.
    var proposed: (version: Int64, form: ProposedEntry.Form)?
    var isRenewalDue = false
    var isRenewed = false
    /// The bundle, once it is there and has been verified.
    package internal(set) var verified: SignedBundle?
    var isWritten = false
    /// What is not in the registry yet, the first of it on its way.
    var pushes: [ImagePush] = []
    /// By what digests the signature is known in the registry.
    package internal(set) var pushed: [Digest] = []

    /// - Parameters:
    ///   - services: What it takes; with a certificate authority it is signed under a certificate.
    ///   - key: The key that signs, if verifiers know it.
    package init(_ content: SignableContent, services: SigningServices, key: PublicKey? = nil) {
        self.content = content
        self.services = services
        self.key = key
    }

    /// Until when things are done under the certificate; nil without one.
    package var certificateEnd: Date? { certificate?.usableUntil }

    /// All that comes before the log is there.
    package var lacksOnlyLog: Bool {
        signature != nil && timestamps.count == services.timestampAuthorities.count && !isLogged
    }

    package var isLogged: Bool { entries.count == services.logs.count }
    /// A log may have an entry of it, of which no answer has come.
    package var mayBeLogged: Bool { upload?.mayBeLogged ?? false }

    /// The bundle as far as it goes; nil before there is a signature.
    package var bundle: Bundle? {
        guard let key, let signed else { return nil }
        return Bundle(
            signer: certificate.map { .certificates(leaf: $0, others: []) }
                ?? .publicKey(hint: key.hint),
            entries: entries, timestamps: timestamps, content: signed)
    }

    /// The bundle's part that the signature is in.
    var signed: Bundle.Content? {
        guard let key, let signature else { return nil }
        return content.signed(signature, by: key)
    }

    /// The bytes that a log is sent, always the same for the same certificate.
    var proposal: ProposedEntry? {
        guard let key, let proposal = signed?.proposal else { return nil }
        return ProposedEntry(
            proposal, signer: certificate.map { .certificate($0) } ?? .key(key))
    }
}

extension Certificate {
    /// Its end but for a reserve: 30 s, of a short life its half.
    var usableUntil: Date {
        notAfter.addingTimeInterval(-min(30, notAfter.timeIntervalSince(notBefore) / 2))
    }
}

extension PublicKey {
    /// How bundles name a key: the base64 of the SHA-256 of its SubjectPublicKeyInfo.
    var hint: String { Digest(of: subjectPublicKeyInfo).bytes.base64 }
}

// MARK: - The steps

extension SigningSession {
    /// What has to happen next; nil when all is done, or all that is to be done now.
    ///
    /// 1. certificate, 2. signature, 3. timestamps, 4. log entries, 5. self-check, 6. bundle, 7. push.
    /// - Parameter now: The time by the clock that certificates are made by.
    package func next(
        at now: Date, in trustedRoot: TrustedRoot
    ) throws(SigningError) -> SigningStep? {
        if let verified { return isWritten ? pushStep : .write(verified) }
        if signature == nil { try checkSize() }
        if let step = certificateStep(at: now) { return step }
        guard signature != nil else { return .sign(try content.input(for: key)) }
        try checkLogTakesKey()
        if timestamps.count < services.timestampAuthorities.count {
            guard let call = timestampCall() else { throw failure ?? .noTime(.timestamp) }
            return .call(call)
        }
        if !isLogged {
            if defersLog { return nil }
            if isRenewalDue { return .renewServices }
            if let call = doubtCall() ?? timeCall() { return .call(call) }
            return .call(try logCall(trustedRoot))
        }
        return .check
    }

    /// 1. A certificate has to last until the timestamps are made; for Rekor v1 until it has the entry.
    private func certificateStep(at now: Date) -> SigningStep? {
        guard services.certificateAuthority != nil else { return nil }
        guard let end = certificateEnd else { return .certificate }
        let isStamped =
            signature != nil && timestamps.count == services.timestampAuthorities.count
        if isLoggedTooLate, !isLateEntryReplaced {
            return isStamped && services.fallbackLogs != nil ? .turnToFallback : .certificate
        }
        let isNeeded = !isStamped || !isLogged && services.isLogTimed
        guard isNeeded else { return nil }
        if now < end { return isCertificateSpent ? .pause(until: end) : nil }
        // What no answer has come of may be there all the same.
        if isStamped, mayBeLogged, let call = searchCall() { return .call(call) }
        return isStamped && services.fallbackLogs != nil ? .turnToFallback : .certificate
    }

    /// Takes in what a step has given.
    package mutating func apply(_ result: SigningStep.Result) throws(SigningError) {
        switch result {
        case .certificate(let issued):
            try checkName(of: issued.leaf)
            isLateEntryReplaced = isLoggedTooLate
            (isInherited, doubted) = (false, nil)
            // Another key would make another signature.
            if key != issued.leaf.publicKey { signature = nil }
            key = issued.leaf.publicKey
            certificate = issued.leaf
            isPromiseBeside = issued.detachedTimestamp != nil
            isCertificateSpent = false
            proposed = nil
            (timestamps, stampedBy, failedAuthorities) = ([], [], [])
            (entries, loggedIn, failedLogs, upload, found) = ([], [], [], nil, [])
        case .signature(let bytes, let key):
            self.key = key
            signature = bytes
            proposed = nil
        case .failed(let call, let error, let mayHaveTakenEffect, let isExpired):
            if isExpired {
                if case .log = call.kind { upload?.end(mayHaveTakenEffect: mayHaveTakenEffect) }
                isCertificateSpent = true
                if call.phase == .log { turnToFallback() }
                return
            }
            switch call.kind {
            case .timestamp: try failTimestamp(.call(error))
            case .log: try failLog(error, mayHaveTakenEffect: mayHaveTakenEffect)
            case .time: try failTime(error)
            case .search: try failSearch(error)
            }
        case .refused(let call, let failure):
            switch (call.kind, failure) {
            case (.timestamp, let failure as TimestampAuthorityError): try failTimestamp(failure)
            case (.log, let failure as RekorError): try failLog(failure)
            default: throw SigningError(call.phase, failure)
            }
        case .services(let services): try renew(services)
        case .turnedToFallback: turnToFallback()
        case .checked(let bundle): verified = bundle
        case .written:
            isWritten = true
            preparePush()
        case .rested: applyRest()
        }
    }

    /// Takes in the answer to a call.
    /// - Throws: What makes the attempt one that has failed; `FinalAnswer` where another one would, too.
    package mutating func read(
        _ response: HTTPResponse, to call: ServiceCall, attempt: Int, in trustedRoot: TrustedRoot
    ) throws {
        switch call.kind {
        case .timestamp(let question):
            let timestamp = try question.read(
                response, attempt: attempt, trustedRoot: trustedRoot)
            timestamps.append(timestamp)
            if let authority = nextAuthority { stampedBy.append(authority) }
        case .log: try readLog(response, trustedRoot)
        case .time: isTimeKnown = true
        case .search: try readSearch(response)
        }
    }
}
