/// Decides after each attempt whether another one follows, and after which pause.
///
/// It neither waits nor reads a clock. One value serves one run, from its first attempt on.
package struct RetryState {
    /// What comes next.
    package enum Decision: Equatable, Sendable {
        case finish(Reason)
        case pause(Duration)
    }

    private let policy: RetryPolicy
    private let base: Duration
    private let cap: Duration
    private var previous: Duration
    private var generator: SeededGenerator

    package init(policy: RetryPolicy) {
        self.policy = policy
        base = policy.backoff.delay(after: 1)
        cap = policy.cap
        previous = base
        generator = SeededGenerator(seed: policy.seed ?? .random(in: .min ... .max))
    }

    /// Decides what follows an attempt.
    ///
    /// - Parameters:
    ///   - verdict: What the attempt said.
    ///   - attempt: Its number, from 1.
    ///   - remaining: The time left to the deadline; nil if there is none.
    /// - Returns: `.finish(.deadlineExceeded)` also if the pause would end on or after the deadline:
    ///   sleeping first would change nothing but the hour.
    package mutating func decide(
        after verdict: Verdict, attempt: Int, remaining: Duration? = nil
    ) -> Decision {
        guard case .retry(let asked) = verdict else { return .finish(.settled) }
        if let attempts = policy.attempts, attempt >= attempts {
            return .finish(.attemptsExhausted)
        }
        // What the other side asks for is not a pause of ours: no maximum cuts it but its own, and
        // decorrelated jitter does not grow from it.
        let own = drawDelay(after: attempt)
        let pause: Duration
        if let limit = policy.toldDelayLimit, let asked {
            pause = min(asked.clamped, limit.clamped)
        } else {
            pause = max(own, asked?.clamped ?? .zero)
        }
        if let remaining, pause >= remaining { return .finish(.deadlineExceeded) }
        return .pause(pause)
    }

    private mutating func drawDelay(after attempt: Int) -> Duration {
        previous = policy.jitter.draw(
            delay: policy.backoff.delay(after: attempt), base: base, previous: previous, cap: cap,
            using: &generator)
        return previous
    }
}

/// What an attempt says about the next one.
package enum Verdict: Equatable, Sendable {
    case succeeded
    /// Failed, and another attempt would not help.
    case stop
    /// Failed, and another attempt may help; `after` is the shortest pause the other side asked
    /// for, such as `Retry-After`. See `RetryPolicy.toldDelayLimit`.
    case retry(after: Duration? = nil)
}
