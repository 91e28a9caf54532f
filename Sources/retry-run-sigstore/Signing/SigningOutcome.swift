import Console
import HTTP
import Sigstore

/// How a signing has ended.
enum SigningOutcome {
    case signed
    case failed(SigningError)
    /// A signal came, in that phase if any.
    case cancelled(Stopped, SigningError?)
    /// The deadline for everything, outside of the calls.
    case timedOut
    /// Something is wrong on this machine, after the first call.
    case unusable(String)

    /// A signal that has come is why, whatever has failed for it.
    init(_ error: any Error) {
        let failure = error as? SigningError
        if let signal = Cancellation.signal {
            self = .cancelled(.bySignal(signal), failure)
        } else if let failure {
            self = .failed(failure)
        } else {
            self = error as? Stopped == .byDeadline ? .timedOut : .unusable("\(error)")
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .signed: .success
        case .unusable: .unusable
        case .cancelled: .unavailable
        case .timedOut: .timedOut
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
        if case .cancelled = self { return "cancelled" }
        return exitCode.word
    }

    var className: String? {
        switch self {
        case .failed(let error): error.className
        case .cancelled: "cancelled"
        case .timedOut: "deadline"
        case .signed, .unusable: nil
        }
    }

    /// What has failed, in one sentence.
    var message: String? {
        switch self {
        case .signed: nil
        case .unusable(let reason): reason
        case .failed(let error): "\(error)"
        case .cancelled(let stopped, let error): error.map { "\($0)" } ?? "\(stopped)"
        case .timedOut: "\(Stopped.byDeadline)"
        }
    }

    /// The sentence for people, about these files.
    func text(about files: [SigningRecord.File]) -> String? {
        guard let message else { return nil }
        let unsigned = files.filter { $0.bundle == nil }.map(\.name)
        let verb = unsigned.count > 1 ? "are" : "is"
        var words = [exitCode.word.uppercased()]
        switch self {
        case .failed(let error): words.insert(error.phase.rawValue, at: 0)
        case .cancelled(let stopped, let error?):
            words = [error.phase.rawValue, "\(words[0]): \(stopped)"]
        case .signed, .unusable: words = []
        case .cancelled, .timedOut: break
        }
        return "\(unsigned.joined(separator: ", ")) \(verb) not signed: \(message)"
            + (words.isEmpty ? "" : " (\(words.joined(separator: ", ")))")
    }

    /// The way out, where there is one to name.
    var hint: String? {
        if case .timedOut = self { return "--deadline gives more time" }
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

extension ExitCode {
    /// A word that does not change from release to release.
    fileprivate var word: String {
        switch self {
        case .success: "signed"
        case .refused: "refused"
        case .unavailable: "unavailable"
        case .timedOut: "timeout"
        case .unusable: "unusable"
        }
    }
}
