import Console
import FoundationEssentials
import Glibc
import HTTP
import JSON
import OperatingSystem
import RetryEngine
import RetryForecast
import Sigstore

extension SignRequest {
    /// stderr is a terminal that this process may draw on.
    var isTerminal: Bool {
        Reporter.canDraw && tcgetpgrp(2) == getpgrp() && environmentVariable("TERM") != "dumb"
    }

    /// What a run says of what is signed.
    ///
    /// - Parameters:
    ///   - isEarlier: Whether an earlier run has signed it.
    ///   - isWritten: Whether this run has written the bundle, where one goes to a file.
    static func success(
        _ item: Item, _ verification: Verification, isEarlier: Bool = false,
        isWritten: Bool = true
    ) -> String {
        var text = isEarlier ? "\(item.name) is signed already" : "signed \(item.name)"
        if let identity = verification.identity { text += " as \(identity)" }
        for entry in verification.entries {
            text += ", entry \(entry.index) of \(entry.log)"
        }
        if isWritten, let note = item.target.note {
            text += "; \(note)"
        } else if let path = item.target.path {
            text += "; kept \(path)"
        }
        return text
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

    /// The way out of how it has ended.
    func hint(_ outcome: SigningOutcome, _ record: SigningRecord) -> String? {
        if case .failed(let error) = outcome, error.phase == .push, !pending.keeps,
            command != "finish",
            error.failureClass != .permanent, record.files.contains(where: \.isUnpushed)
        {
            return "with --resume the signature is kept, and the same command pushes it"
        }
        return outcome.hint(outlasts: outlasts(outcome, record.terms))
    }

    /// Whether a run of the same command with more time would outlast an outage of 45 minutes.
    ///
    /// Not where it had that time. Nor where the identity token ends before and cannot be replaced, unless
    /// nothing but the entry in a log of Rekor v2 is missing.
    private func outlasts(_ outcome: SigningOutcome, _ terms: SigningRecord.Terms) -> Bool {
        if limits.isDeadlineGiven, limits.deadline.map({ $0 >= .seconds(2700) }) ?? true {
            return false
        }
        guard let tokenEnd = terms.tokenEnd, tokenEnd < Date().addingTimeInterval(2700) else {
            return true
        }
        guard case .failed(let error) = outcome else { return true }
        return error.phase == .log && !terms.isLogTimed
    }

    /// A report that cannot be written changes nothing.
    func report(_ outcome: SigningOutcome, _ record: SigningRecord) throws(FileError) {
        guard let file = self.outcome.report, record.takesReport() else { return }
        let report = SigningReport(
            command: command, limits: limits, record: record, outcome: outcome)
        try OutputFile(file).write(report.json.text() + [UInt8(ascii: "\n")])
    }
}
