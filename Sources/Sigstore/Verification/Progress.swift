import HTTP
import SigningCrypto

/// A failure that tells how far it has come. Of several candidates (authorities, keys, bundles) the one
/// that came furthest is most likely the one that was meant: its failure is told, not the last one's.
package protocol Progressing: Error {
    /// Counts the rules that have held before.
    var progress: Int { get }
}

extension Progressing {
    /// Nil has come nowhere.
    package func isFurther(than other: Self?) -> Bool {
        other.map { progress > $0.progress } ?? true
    }
}

extension VerificationFailure: Progressing {
    /// By the steps, but that a bundle has to be read before anything is asked of it.
    package var progress: Int {
        switch self {
        case .bundle: -1
        case .logEntry(_, let error): step * 10 + error.progress
        case .promise: step * 10 + 5
        case .logTime, .integratedTime: step * 10 + 6
        // All else has held.
        case .annotation: step * 10 + 15
        default: step * 10
        }
    }
}

extension TimestampAuthorityError: Progressing {
    package var progress: Int {
        switch self {
        case .call(let error): error.failureClass.progress
        case .refused: 4
        case .untrusted: 5
        }
    }
}

extension SigningError: Progressing {
    package var progress: Int {
        // A frozen log has said to ask another one.
        if className == RekorError.frozenClass { return 0 }
        return mayBeLogged ? max(failureClass.progress, 5) : failureClass.progress
    }
}

extension FailureClass {
    /// What ends the run is told before what a service has said, and that before its silence.
    fileprivate var progress: Int {
        switch self {
        case .notSent: 1
        case .unknownOutcome: 2
        case .permanent: 3
        case .deadline: 6
        case .cancelled: 7
        }
    }
}

extension LogError: Progressing {
    package var progress: Int {
        switch self {
        case .note, .body: 0
        case .checkpoint, .checkpointUnsigned: 1
        case .checkpointSignature: 2
        case .proof: 3
        case .rootHash: 4
        }
    }
}

extension TimestampError: Progressing {
    package var progress: Int {
        switch self {
        case .malformed, .unsupportedHash, .notGranted: 0
        case .otherNonce: 1
        case .otherImprint: 2
        case .signature: 3
        case .unfitSigner: 4
        case .path: 5
        }
    }
}
