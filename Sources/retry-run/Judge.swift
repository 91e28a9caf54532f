import Console
import Patterns
import ProcessRunner
import RetryEngine

/// What an attempt was worth, and why.
struct Judgement {
    let verdict: Verdict
    let reason: String
    let rule: DecidingRule
    /// The pause that the output asks for, as it stands there.
    var toldDelay: Duration?
}

extension Judgement {
    /// The same after a search that was not brought to its end: what was found holds, that nothing was found
    /// does not.
    ///
    /// - Parameter signal: What ended the search; nil for the deadline.
    func cutOff(by signal: Signal?) -> Judgement {
        switch (verdict, rule) {
        case (.retry, _), (.stop, .noRule):
            Judgement(
                verdict: signal == nil ? .retry(after: nil) : .stop, reason: reason,
                rule: signal.map { .stopRequest($0) } ?? .outOfTime)
        default: self
        }
    }
}

/// The rules that decide about an attempt.
///
/// The order: success by output, exit 0 (looked at first, as it says the same without a search), stop
/// rules, retry rules, and by default every failure is retried. A stop beats a retry, whichever preset it
/// is from; among several rules of a kind the options come first, then the presets in the order in which
/// they are named.
struct Judge {
    enum Stream { case either, output, error }

    struct PatternRule {
        let pattern: Pattern
        let stream: Stream
        /// That of the command line.
        let option: String
    }

    var retryOn: ConditionList?
    /// Nil for the default, to which what `retryOn` lists is an exception.
    var stopOn: ConditionList?
    var successPatterns: [PatternRule] = []
    var stopPatterns: [PatternRule] = []
    var retryPatterns: [PatternRule] = []
    var presets: PresetSelection?
    /// Where the output says how long to wait.
    var delayPatterns: [Pattern] = []

    /// The last bytes of an attempt's streams; the same object twice when they share a pipe.
    struct Tails {
        var output: OutputTail?
        var error: OutputTail?

        fileprivate func of(_ stream: Stream) -> [OutputTail] {
            [stream == .error ? nil : output, stream == .output ? nil : error].compactMap { $0 }
        }
    }

    private var patterns: [PatternRule] { successPatterns + stopPatterns + retryPatterns }
    /// Something is looked for in both streams alike.
    private var looksAtEither: Bool { presets != nil || !delayPatterns.isEmpty }

    var looksAtOutput: Bool { looksAtEither || patterns.contains { $0.stream != .error } }
    var looksAtError: Bool { looksAtEither || patterns.contains { $0.stream != .output } }
    var tellsStreamsApart: Bool { patterns.contains { $0.stream != .either } }
    /// The output can ask for a pause.
    var readsDelays: Bool { looksAtEither }

    /// - Parameters:
    ///   - isWhole: All of the output has arrived, so that it can say that the attempt succeeded.
    ///   - now: The time of day, in seconds since 1970.
    ///   - goesOn: Asked while patterns are looked for; once it is false none is found.
    func judge(
        _ completion: Completion, tails: Tails, stopRequest: Signal?, isWhole: Bool = true,
        now: Double = 0, while goesOn: () -> Bool = { true }
    ) -> Judgement {
        let reason = completion.description
        if completion == .ended(.exited(0)) {
            return Judgement(verdict: .succeeded, reason: reason, rule: .exitCodeZero)
        }
        if isWhole, let rule = match(successPatterns, tails, goesOn) {
            return Judgement(verdict: .succeeded, reason: "output says success", rule: rule)
        }
        if let rule = stopRule(completion, tails, stopRequest, goesOn) {
            return Judgement(verdict: .stop, reason: reason, rule: rule)
        }
        guard let rule = retryRule(completion, tails, goesOn) else {
            return Judgement(verdict: .stop, reason: reason, rule: .noRule)
        }
        let told = readsDelays ? toldDelay(tails, now, goesOn) : nil
        return Judgement(
            verdict: .retry(after: told), reason: reason, rule: rule, toldDelay: told)
    }

    private func stopRule(
        _ completion: Completion, _ tails: Tails, _ stopRequest: Signal?, _ goesOn: () -> Bool
    ) -> DecidingRule? {
        if let stopRequest { return .stopRequest(stopRequest) }
        if completion.endsTheRun { return .endOfTheRun }
        if let stopOn {
            if stopOn.matches(completion) { return .list(option: "--stop-on") }
        } else if ConditionList.notExecutable.matches(completion),
            retryOn?.matches(completion) != true
        {
            return .list(option: "--stop-on (its default)")
        }
        return match(stopPatterns, tails, goesOn) ?? match(.permanent, tails, goesOn)
    }

    /// Nil where there are retry rules and none applies.
    private func retryRule(
        _ completion: Completion, _ tails: Tails, _ goesOn: () -> Bool
    ) -> DecidingRule? {
        if case .timedOut = completion { return .timeLimit }
        if retryOn == nil, retryPatterns.isEmpty, presets == nil { return .anyFailure }
        if retryOn?.matches(completion) == true { return .list(option: "--retry-on") }
        return match(retryPatterns, tails, goesOn) ?? match(.transient, tails, goesOn)
    }

    private func match(
        _ rules: [PatternRule], _ tails: Tails, _ goesOn: () -> Bool
    ) -> DecidingRule? {
        for rule in rules
        where tails.of(rule.stream).contains(where: { $0.contains(rule.pattern, while: goesOn) }) {
            return .pattern(option: rule.option, source: rule.pattern.source)
        }
        return nil
    }

    /// What only a terminal would act on is invisible to presets.
    private func match(
        _ kind: PresetRule.Kind, _ tails: Tails, _ goesOn: () -> Bool
    ) -> DecidingRule? {
        guard let presets, let pattern = presets.pattern(kind) else { return nil }
        for tail in tails.of(.either) {
            if let line = tail.firstLine(matching: pattern, ignoringEscapes: true, while: goesOn) {
                return presets.rule(kind, in: line)
            }
        }
        return nil
    }

    /// The last pause that a stream asks for, the longer one of two streams.
    private func toldDelay(_ tails: Tails, _ now: Double, _ goesOn: () -> Bool) -> Duration? {
        let patterns = delayPatterns + [presets?.delayPattern].compactMap { $0 }
        var longest: Duration?
        for tail in tails.of(.either) {
            var last: ToldDelay?
            for pattern in patterns where last == nil {
                tail.forEachMatch(of: pattern, ignoringEscapes: true, while: goesOn) { text in
                    last = ToldDelay(firstIn: text) ?? last
                }
            }
            if let pause = last?.pause(from: now) { longest = max(longest ?? .zero, pause) }
        }
        return longest
    }
}

extension Completion {
    /// A command that died of a request to stop, or because its reader has gone, is not run again.
    fileprivate var endsTheRun: Bool {
        guard case .ended(.signalled(let signal)) = self else { return false }
        return signal == .brokenPipe || Signal.stopRequests.contains(signal)
    }
}
