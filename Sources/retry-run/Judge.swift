import Patterns
import ProcessRunner
import RetryEngine

/// What an attempt was worth, and why.
struct Judgement {
    let verdict: Verdict
    let reason: String
}

/// The rules that decide about an attempt.
///
/// The order: success by output, exit 0, stop rules, retry rules, and by default every failure is
/// retried. A stop beats a retry.
struct Judge {
    enum Stream { case either, output, error }

    struct PatternRule {
        let pattern: Pattern
        let stream: Stream
        /// What only a terminal would act on is left out.
        var ignoresEscapes = false
    }

    var retryOn: ConditionList?
    var stopOn = ConditionList.notExecutable
    var successPatterns: [PatternRule] = []
    var stopPatterns: [PatternRule] = []
    var retryPatterns: [PatternRule] = []

    /// The last bytes of an attempt's streams; the same object twice when they share a pipe.
    struct Tails {
        var output: OutputTail?
        var error: OutputTail?
    }

    private var patterns: [PatternRule] { successPatterns + stopPatterns + retryPatterns }

    var looksAtOutput: Bool { patterns.contains { $0.stream != .error } }
    var looksAtError: Bool { patterns.contains { $0.stream != .output } }
    var tellsStreamsApart: Bool { patterns.contains { $0.stream != .either } }

    /// - Parameters:
    ///   - isWhole: All of the output has arrived, so that it can say that the attempt succeeded.
    ///   - goesOn: Asked while patterns are looked for; once it is false none is found.
    func judge(
        _ completion: Completion, tails: Tails, stopRequest: Signal?, isWhole: Bool = true,
        while goesOn: () -> Bool = { true }
    ) -> Judgement {
        let reason = completion.description
        if isWhole, matches(successPatterns, tails, goesOn) {
            return Judgement(verdict: .succeeded, reason: "output says success")
        }
        if completion == .ended(.exited(0)) {
            return Judgement(verdict: .succeeded, reason: reason)
        }
        if stopRequest != nil || completion.endsTheRun || stopOn.matches(completion)
            || matches(stopPatterns, tails, goesOn)
        {
            return Judgement(verdict: .stop, reason: reason)
        }
        if case .timedOut = completion { return Judgement(verdict: .retry(), reason: reason) }
        let isRestricted = retryOn != nil || !retryPatterns.isEmpty
        let isListed =
            retryOn?.matches(completion) == true || matches(retryPatterns, tails, goesOn)
        return Judgement(verdict: isRestricted && !isListed ? .stop : .retry(), reason: reason)
    }

    private func matches(
        _ rules: [PatternRule], _ tails: Tails, _ goesOn: () -> Bool
    ) -> Bool {
        rules.contains { rule in
            var streams: [OutputTail?] = []
            if rule.stream != .error { streams.append(tails.output) }
            if rule.stream != .output { streams.append(tails.error) }
            return streams.contains { tail in
                tail?.contains(
                    rule.pattern, ignoringEscapes: rule.ignoresEscapes, while: goesOn) == true
            }
        }
    }
}

extension Completion {
    /// A command that died of a request to stop, or because its reader has gone, is not run again.
    fileprivate var endsTheRun: Bool {
        guard case .ended(.signalled(let signal)) = self else { return false }
        return signal == .brokenPipe || Signal.stopRequests.contains(signal)
    }
}
