import Console
import HTTP
import Sigstore

/// How a signing has ended.
enum SigningOutcome {
    /// One file, where its bundle goes, and the bundle once it is there.
    struct File {
        let name: String
        let target: BundleTarget
        var bundle: SignedBundle?
    }

    case signed
    case failed(SigningError)
    /// Something is wrong on this machine, after the first call.
    case unusable(String)

    var exitCode: ExitCode {
        switch self {
        case .signed: .success
        case .unusable: .unusable
        case .failed(let error):
            switch error.failureClass {
            case .permanent: .refused
            case .deadline: .timedOut
            case .notSent, .unknownOutcome, .cancelled: .unavailable
            }
        }
    }

    /// A word that does not change from release to release.
    var result: String {
        switch exitCode {
        case .success: "signed"
        case .refused: "refused"
        case .unavailable: "unavailable"
        case .timedOut: "timeout"
        case .unusable: "unusable"
        }
    }

    var className: String? {
        if case .failed(let error) = self { error.className } else { nil }
    }

    /// What has failed, in one sentence.
    var message: String? {
        switch self {
        case .signed: nil
        case .unusable(let reason): reason
        case .failed(let error): "\(error)"
        }
    }

    /// The way out, where there is one to name.
    var hint: String? {
        guard case .failed(let error) = self else { return nil }
        if error.className == "unsupported-key" {
            return "sign with an ECDSA key, or without the log: --no-log"
        }
        if error.className == "sct" {
            return "an instance without a log of certificates needs --insecure-ignore-sct"
        }
        if error.className == "frozen" {
            return "this log is closed; a newer signing config names another one"
        }
        switch error.failureClass {
        case .deadline:
            return "--deadline gives more time, --timeout cuts attempts that hang sooner"
        case .notSent, .unknownOutcome:
            return "to outlast 45 minutes: --attempts 18 --delay 10s,1m,3m --deadline 1h"
        case .permanent, .cancelled: return nil
        }
    }
}
