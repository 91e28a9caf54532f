import Console
import Glibc
import HTTP
import JSON
import POSIX
import RetryEngine
import RetryForecast
import Sigstore

extension SignRequest {
    /// stderr is a terminal that this process may draw on.
    var isTerminal: Bool { isatty(2) == 1 && tcgetpgrp(2) == getpgrp() }

    /// What a run says that has signed one file.
    static func success(_ file: SigningOutcome.File) -> String {
        let verification = file.bundle?.verification
        var text = "signed \(file.name)"
        if let identity = verification?.identity { text += " as \(identity)" }
        for entry in verification?.entries ?? [] {
            text += ", entry \(entry.index) of \(entry.log)"
        }
        if let path = file.target.path { text += "; wrote \(path)" }
        return text
    }

    /// Says how it has ended, where that is not well.
    func say(
        _ ending: SigningOutcome, _ cancellation: Cancellation, _ files: [SigningOutcome.File],
        _ reporter: Reporter
    ) {
        guard let message = ending.message else { return }
        let unsigned = files.filter { $0.bundle == nil }.map(\.name)
        var text = "\(unsigned.joined(separator: ", ")) is not signed: \(message)"
        if unsigned.count > 1 { text = text.replacing(" is not signed", with: " are not signed") }
        if case .failed(let error) = ending {
            text += " (\(error.phase.rawValue), \(ending.result.uppercased())"
            if error.failureClass == .cancelled, let name = cancellation.takeSignal() {
                text += ": cancelled by SIG\(name)"
            }
            text += ")"
        }
        reporter.fail(text)
        if let hint = ending.hint { reporter.hint(hint) }
    }

    /// The attempts of one call have to fit into the deadline.
    func warnOfLimits(_ reporter: Reporter) {
        guard let deadline = limits.deadline, let timeout = limits.timeout,
            let needed = limits.policy.uncappedWorstCase(attemptLimit: timeout),
            needed > deadline
        else { return }
        reporter.warn(
            "the attempts of one call with their pauses take up to \(durationText(needed)), more than "
                + "the deadline of \(durationText(deadline))")
    }

    /// A clock that is off makes good tokens and certificates look bad, and bad ones good.
    func explainClock(_ calls: SigningCalls<SystemClock>, _ reporter: Reporter) {
        guard let skew = calls.services.notableSkew else { return }
        let isAhead = skew > .zero
        reporter.warn(
            "the clock of this machine is \(durationText(isAhead ? skew : .zero - skew)) "
                + "\(isAhead ? "ahead of" : "behind") that of the services, which counts")
        if skew > .seconds(300) || skew < .seconds(-300) {
            reporter.hint(
                "set the clock: by it, tokens and certificates seem \(isAhead ? "expired" : "not yet valid")"
            )
        }
    }

    /// A report that cannot be written changes nothing.
    func report(_ report: SigningReport, _ reporter: Reporter) {
        guard let file = outcome.report else { return }
        do {
            try OutputFile(file).write(report.json.text() + [UInt8(ascii: "\n")])
        } catch {
            reporter.warn("the report was not written: \(error)")
        }
    }
}
