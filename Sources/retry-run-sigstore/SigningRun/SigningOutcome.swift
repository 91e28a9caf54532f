import Console
import HTTP
import OCI
import Sigstore

/// How a signing has ended.
enum SigningOutcome {
    case signed
    /// Log entries were put off, as asked for.
    case pending
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
        case .signed, .pending: .success
        case .unusable: .unusable
        case .cancelled: .unavailable
        case .timedOut: .timedOut
        case .failed(let error) where error.className == RegistryError.credentialsClass:
            .unusable
        case .failed(let error):
            switch error.failureClass {
            case .permanent: .refused
            case .deadline: .timedOut
            case .notSent, .unknownOutcome, .cancelled: .unavailable
            }
        }
    }

    /// How bad it is: what asking again will not change counts more than what it may.
    var weight: Int {
        switch exitCode {
        case .success: 0
        case .unavailable: 1
        case .timedOut: 2
        case .refused: 3
        case .unusable: 4
        }
    }

    /// A word that does not change from release to release.
    var result: String {
        switch self {
        case .cancelled: "cancelled"
        case .pending: "pending"
        default: exitCode.word
        }
    }

    var className: String? {
        switch self {
        case .failed(let error): error.className
        case .cancelled: "cancelled"
        case .timedOut: "deadline"
        case .signed, .pending, .unusable: nil
        }
    }

    /// What has failed, in one sentence.
    var message: String? {
        switch self {
        case .signed, .pending: nil
        case .unusable(let reason): reason
        case .failed(let error): "\(error)" + (error.hint.map { "; \($0)" } ?? "")
        case .cancelled(let stopped, let error): error.map { "\($0)" } ?? "\(stopped)"
        case .timedOut: "\(Stopped.byDeadline)"
        }
    }

    /// The sentence for people, about those of the files that it is of.
    func text(about files: [SigningRecord.File]) -> String? {
        guard let message else { return nil }
        if case .failed(let error) = self, error.phase == .push {
            let failed = files.filter { $0.failure == message }
            let unpushed = failed.filter(\.isSigned).map(\.name)
            let unsigned = failed.filter { !$0.isSigned }.map(\.name)
            var sentences: [String] = []
            if !unpushed.isEmpty {
                sentences.append(
                    "\(unpushed.listed): signed, and the signature is not pushed: "
                        + "\(message) (push, \(exitCode.word.uppercased()), \(error.className))")
            }
            if !unsigned.isEmpty {
                sentences.append("\(unsigned.listed): \(message) (\(error.className))")
            }
            return sentences.joined(separator: "; ")
        }
        let unsigned = files.filter { !$0.isComplete && !$0.isPutOff && !$0.isUnjudged }
        let same = unsigned.filter { $0.failure == message }
        let named = same.isEmpty || isOfAll ? unsigned : same
        var words = [exitCode.word.uppercased()]
        switch self {
        case .failed(let error): words.insert(error.phase.rawValue, at: 0)
        case .cancelled(let stopped, let error?):
            words = [error.phase.rawValue, "\(words[0]): \(stopped)"]
        case .signed, .pending, .unusable: words = []
        case .cancelled, .timedOut: break
        }
        let unpushed = named.filter(\.isUnpushed).map(\.name)
        let rest = named.filter { !$0.isUnpushed }.map(\.name)
        var sentences: [String] = []
        let unjudged = files.filter(\.isUnjudged).map(\.name)
        if !rest.isEmpty || unpushed.isEmpty && unjudged.isEmpty {
            sentences.append("\(rest.listed) \(rest.count > 1 ? "are" : "is") not signed")
        }
        if !unpushed.isEmpty {
            sentences.append("\(unpushed.listed): signed, and the signature is not pushed")
        }
        if !unjudged.isEmpty {
            sentences.append("\(unjudged.listed): a bundle is there already, and was not looked at")
        }
        return sentences.joined(separator: "; ") + ": \(message)"
            + (words.isEmpty ? "" : " (\(words.joined(separator: ", ")))")
    }

    /// Whether it has ended all that was not signed by then.
    private var isOfAll: Bool {
        switch self {
        case .cancelled, .timedOut: true
        default: false
        }
    }

    /// The way out, where there is one to name.
    ///
    /// - Parameter outlasts: Whether a run with more time would outlast an outage.
    func hint(outlasts: Bool) -> String? {
        if case .timedOut = self { return "--deadline gives more time" }
        guard case .failed(let error) = self else { return nil }
        // Said in the sentence itself, also with --quiet.
        if error.hint != nil { return nil }
        if error.className == "unsupported-key" {
            return "sign with an ECDSA key, or without the log: --no-log"
        }
        if error.className == "sct" {
            return "an instance without a log of certificates needs --insecure-ignore-sct"
        }
        if error.className == "certificate-ended" {
            return
                "the same command with --resume, or 'retry-run finish', signs it anew where there is an "
                + "identity, such as --identity-token; without one, delete the pending file and start over"
        }
        if error.className == "frozen" {
            return "this log is closed; a newer signing config names another one"
        }
        switch error.failureClass {
        case .deadline:
            return "--deadline gives more time, --timeout cuts attempts that hang sooner"
        case .notSent, .unknownOutcome:
            guard outlasts else { return nil }
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

extension [String] {
    /// `a, b, c`; of many the first ten, and how many more.
    var listed: String {
        count <= 12
            ? joined(separator: ", ")
            : prefix(10).joined(separator: ", ") + " and \(count - 10) more"
    }
}
