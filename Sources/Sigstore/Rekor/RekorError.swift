package import HTTP

/// No entry in a log.
package enum RekorError: Error, Equatable {
    /// `mayBeLogged`: an attempt may have made the entry all the same; the same bytes will find it.
    case call(HTTPError, mayBeLogged: Bool)
    /// The log takes no more entries. Another one of the same operator does.
    case frozen(log: String)
    /// The log does not accept signatures of this type of key.
    case unsupportedKey(log: String)
    /// The log does not accept a body of that many bytes; `reason` is how it has said so.
    case tooLarge(log: String, size: Int, reason: String)
    /// The log has the entry and does not say where.
    case unknownIndex(log: String)
    /// The log has something else where the entry should be.
    case otherEntry(log: String, reason: String)
    /// The trusted root has no key of the log, so nothing that it publishes can be checked.
    case unknownLog(String)
    /// What the log publishes does not prove that it has the entry.
    case proof(log: String, LogError)
    /// The entry in an answer is not proved to be in the log.
    case unproven(VerificationFailure)
}

extension RekorError {
    package var failureClass: FailureClass {
        if case .call(let error, _) = self { error.failureClass } else { .permanent }
    }

    /// A name for machines that does not change.
    package var className: String {
        switch self {
        case .call(let error, _): error.className
        case .frozen: Self.frozenClass
        case .unsupportedKey: "unsupported-key"
        case .tooLarge: "too-large"
        case .unknownIndex: "conflict"
        case .otherEntry: "tlog-mismatch"
        case .unknownLog: "tlog-untrusted"
        case .proof: "tlog-proof"
        case .unproven(let failure): failure.className
        }
    }

    static let frozenClass = "frozen"

    /// Whether the log may have the entry all the same.
    package var mayBeLogged: Bool {
        switch self {
        case .call(_, let mayBeLogged): mayBeLogged
        case .frozen, .unsupportedKey, .tooLarge: false
        case .unknownIndex, .otherEntry, .unknownLog, .proof, .unproven: true
        }
    }
}

extension RekorError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .call(let error, let mayBeLogged):
            "transparency log: \(error)"
                + (mayBeLogged ? "; the log may have the entry all the same" : "")
        case .frozen(let log): "transparency log: \(log) is frozen and accepts no more entries"
        case .unsupportedKey(let log):
            "transparency log: \(log) does not accept signatures of this type of key"
        case .tooLarge(let log, let size, let reason):
            "transparency log: \(log) does not accept a request of \(size) bytes (\(reason)), but "
                + "answers small ones; a log of Rekor v2 accepts any attestation, as it is sent a "
                + "digest only"
        case .unknownIndex(let log):
            "transparency log: \(log) has the entry already and does not say at which index"
        case .otherEntry(let log, let reason):
            "transparency log: \(log) answered with another entry than the one sent: \(reason)"
        case .unknownLog(let log):
            "transparency log: \(log) has the entry already, but the trusted root has no key of it "
                + "to check the proof with"
        case .proof(let log, let error): "transparency log: \(log): \(error)"
        case .unproven(let failure): "transparency log: \(failure)"
        }
    }
}
