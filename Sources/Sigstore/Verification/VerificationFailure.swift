package import FoundationEssentials
package import SigningCrypto

/// Why a bundle does not show what was asked: one case per rule, with what was expected and found.
package enum VerificationFailure: Error, Equatable {
    // 0. The policy.
    case keyExpected(found: String)
    case certificateExpected
    // 1. The bundle.
    case bundle(BundleError)
    // 2. The time.
    case noVerifiedTime(reasons: [String])
    case noTimestamp(reasons: [String])
    // 3. The certificate.
    case certificateTime(subject: String, validity: ValidityPeriod, time: Date)
    case authorityTime(authority: String, validity: ValidityPeriod, time: Date)
    case noCertificateAuthority
    case certificatePath(CryptoError)
    case certificateUsage(expected: String, found: String)
    // 4. The signed certificate timestamp.
    case certificateTimestamp(reasons: [String])
    // 5. The identity.
    case identityCount(names: Int, identities: [String])
    case identity(expected: String, found: [String])
    case issuer(expected: String, found: String?)
    case workflow(WorkflowClaim, expected: String, found: String?)
    // 6. The log.
    case noLogEntry
    case noEntryFound(logs: [String])
    case noEntryLookedUp
    case entrySearch(reason: String)
    case untrustedLog(ids: [String])
    case logTime(log: String, validity: ValidityPeriod, time: Date)
    case duplicateEntry(log: String, index: Int64)
    case logEntry(log: String, LogError)
    case promise(log: String)
    case integratedTime(validity: ValidityPeriod, time: Date)
    // 7. The signature.
    case digestHint(artifact: String, bundle: String)
    case digestMissing(needed: String, given: String)
    case messageMissing
    case signature(key: String)
    case payloadType(expected: String, found: String)
    case statement(String)
    case predicateType(expected: String, found: String)
    case subject(artifact: String, subjects: [String])
    /// Of an image.
    case annotation(String, expected: String, found: String?)
    // 8. The entry is this bundle's.
    case entryKind(expected: String, found: String)
    case entryDigest(expected: String, found: String)
    case entrySignature(expected: String, found: [String])
    case entryScheme(expected: SignatureScheme, found: SignatureScheme)
    case entryVerifier(expected: String)
}

extension VerificationFailure {
    /// The step of the verification, from 0, the policy.
    package var step: Int {
        switch self {
        case .keyExpected, .certificateExpected: 0
        case .bundle: 1
        case .noVerifiedTime, .noTimestamp: 2
        case .certificateTime, .authorityTime, .noCertificateAuthority, .certificatePath,
            .certificateUsage:
            3
        case .certificateTimestamp: 4
        case .identityCount, .identity, .issuer, .workflow: 5
        case .noLogEntry, .noEntryFound, .noEntryLookedUp, .entrySearch, .untrustedLog, .logTime,
            .duplicateEntry,
            .logEntry, .promise,
            .integratedTime:
            6
        case .digestHint, .digestMissing, .messageMissing, .signature, .payloadType, .statement,
            .predicateType, .subject, .annotation:
            7
        case .entryKind, .entryDigest, .entrySignature, .entryScheme, .entryVerifier: 8
        }
    }

    /// A word that does not change from release to release.
    package var className: String {
        switch self {
        case .keyExpected, .certificateExpected, .identityCount, .identity, .issuer, .workflow:
            "identity-mismatch"
        case .bundle: "bundle-invalid"
        case .noVerifiedTime, .noTimestamp: "no-verified-time"
        case .certificateTime, .authorityTime: "cert-time"
        case .noCertificateAuthority, .certificatePath, .certificateUsage: "cert-chain"
        case .certificateTimestamp: "sct"
        case .noLogEntry, .noEntryFound, .noEntryLookedUp, .entrySearch, .untrustedLog, .logTime:
            "tlog-untrusted"
        case .duplicateEntry, .logEntry, .promise, .integratedTime: "tlog-proof"
        case .digestHint, .digestMissing, .subject: "artifact-mismatch"
        case .messageMissing, .signature: "signature"
        case .payloadType, .statement, .predicateType: "statement"
        case .annotation: "annotation-mismatch"
        case .entryKind, .entryDigest, .entrySignature, .entryScheme, .entryVerifier:
            "tlog-mismatch"
        }
    }
}

extension VerificationFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .keyExpected(let identity):
            "the bundle is signed under a certificate (\(identity)), not under the given key"
        case .certificateExpected:
            "the bundle is signed under a key, which cannot show an identity"
        case .bundle(let error): "\(error)"
        case .noVerifiedTime(let reasons):
            "nothing shows when it was signed" + list(reasons)
        case .noTimestamp(let reasons):
            "no timestamp authority shows when it was signed" + list(reasons)
        case .certificateTime(let subject, let validity, let time):
            "signed at \(timeText(time)), but the certificate '\(subject)' is valid from \(validity)"
        case .authorityTime(let authority, let validity, let time):
            "signed at \(timeText(time)), but the authority '\(authority)' is trusted from "
                + "\(validity)"
        case .noCertificateAuthority: "no certificate authority is trusted"
        case .certificatePath(let error): "\(error)"
        case .certificateUsage(let expected, let found):
            "the certificate is not for \(expected) but for \(found)"
        case .certificateTimestamp(let reasons):
            "no trusted log promises that it has the certificate" + list(reasons)
        case .identityCount(let names, let identities):
            "the certificate must give one name of a known kind, and gives \(names)"
                + list(identities)
        case .identity(let expected, let found):
            "signed by \(found.map { "'\($0)'" }.joined(separator: ", ")), expected \(expected)"
        case .issuer(let expected, let found):
            "the identity's issuer is \(quoted(found, orElse: "unreadable")), expected \(expected)"
        case .workflow(let claim, let expected, let found):
            "the workflow's \(claim.rawValue) is \(quoted(found)), expected '\(expected)'"
        case .noLogEntry: "the bundle has no transparency log entry"
        case .noEntryFound(let logs):
            logs.isEmpty
                ? "no log of Rekor v1 is trusted that could be asked for the signature's entry"
                : "no log has an entry of the signature; asked: \(logs.joined(separator: ", "))"
        case .entrySearch(let reason): reason
        case .noEntryLookedUp:
            "the signature comes without its log entry, and offline none is looked up"
        case .untrustedLog(let ids):
            "no log entry is of a trusted log (log ID \(ids.joined(separator: ", ")))"
        case .logTime(let log, let validity, let time):
            "signed at \(timeText(time)), but the log \(log) is trusted from \(validity)"
        case .duplicateEntry(let log, let index):
            "duplicate entry \(index) of the log \(log)"
        case .logEntry(let log, let error): "the entry of the log \(log): \(error)"
        case .promise(let log):
            "the log \(log) has not signed this entry's signed entry timestamp"
        case .integratedTime(let validity, let time):
            "the log entry is of \(timeText(time)), the certificate is valid from \(validity)"
        case .digestHint(let artifact, let bundle):
            "the artifact's digest is \(artifact), the bundle's \(bundle)"
        case .digestMissing(let needed, let given):
            "the signature is over the \(needed) digest, only \(given) is given; "
                + "give the file, or its \(needed) digest"
        case .messageMissing:
            "an Ed25519 signature is over the artifact itself, not a digest; give the file"
        case .signature(let key): "the signature is not one of the \(key) over this artifact"
        case .payloadType(let expected, let found):
            "the payload's type is '\(found)', expected '\(expected)'"
        case .statement(let reason): "the payload is not an in-toto statement: \(reason)"
        case .predicateType(let expected, let found):
            "the predicate's type is '\(found)', expected '\(expected)'"
        case .subject(let artifact, let subjects):
            "the attestation is about \(subjects.joined(separator: ", ")), not about \(artifact)"
        case .annotation(let name, let expected, let found):
            "the annotation '\(name)' is \(quoted(found)), expected '\(expected)'"
        case .entryKind(let expected, let found):
            "the log entry is of kind \(found), expected \(expected)"
        case .entryDigest(let expected, let found):
            "the log entry is for the digest \(found), expected \(expected)"
        case .entrySignature(let expected, let found):
            "the log entry has the signature \(found.joined(separator: ", ")), expected \(expected)"
        case .entryScheme(let expected, let found):
            "the log entry is for a signature by \(found), expected \(expected)"
        case .entryVerifier(let expected):
            "the log entry names another signer than the bundle's \(expected)"
        }
    }

    private func list(_ reasons: [String]) -> String {
        reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")
    }

    private func quoted(_ text: String?, orElse absent: String = "not given") -> String {
        text.map { $0.isEmpty ? "not given" : "'\($0)'" } ?? absent
    }
}
