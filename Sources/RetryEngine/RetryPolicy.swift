/// How often to try and how long to wait in between.
package struct RetryPolicy: Equatable, Sendable {
    /// Total attempts, the first one included; nil for no limit.
    package var attempts: Int?
    package var backoff: Backoff
    package var jitter: Jitter
    /// Makes the jitter repeatable; nil draws another seed for each run.
    package var seed: UInt64?
    /// No pause of the policy is longer. It cuts the values of a list too, so leave it nil for a
    /// list that is to be taken as written.
    package var maximumDelay: Duration?
    /// What the other side asks for takes the place of a pause, up to this; nil where it only prolongs
    /// pauses, by any length.
    package var toldDelayLimit: Duration?

    package init(
        attempts: Int? = 3,
        backoff: Backoff = .list([.seconds(5), .seconds(10)]),
        jitter: Jitter = .none,
        seed: UInt64? = nil,
        maximumDelay: Duration? = nil
    ) {
        self.attempts = attempts
        self.backoff = backoff
        self.jitter = jitter
        self.seed = seed
        self.maximumDelay = maximumDelay
    }
}

extension RetryPolicy {
    /// The wrapper's defaults: 3 attempts, pauses of 5 s and 10 s.
    ///
    /// They are the pauses of the loop it replaces, `for n in 1 2 3; do …; sleep $((n*5)); done`,
    /// without the one after the last failure. No jitter: one command in one job has nobody to
    /// keep in step with.
    package static let command = RetryPolicy()

    /// The longest computed pause, and the longest that the output of a command can ask for, unless
    /// `--max-delay` says otherwise.
    package static let defaultMaximumDelay = Duration.seconds(60)

    /// For each call to a signing service: 3 attempts, pauses of 1 s and 5 s.
    ///
    /// A service that dropped one connection answers again after 1 s, one that restarts after 5 s.
    /// With `signingAttemptLimit` for each attempt the worst case is
    /// 3 × 35 s + 1 s + 5 s = 111 s, which leaves 9 s of `signingDeadline`: the last attempt
    /// is never cut short by the pauses before it.
    package static let signing = RetryPolicy(
        attempts: 3, backoff: .list([.seconds(1), .seconds(5)]))

    /// The limit of each attempt under `signing`: 35 s.
    package static let signingAttemptLimit = Duration.seconds(35)

    /// The limit of all attempts and pauses under `signing` together: 120 s.
    package static let signingDeadline = Duration.seconds(120)
}

extension RetryPolicy {
    /// Throws what makes the policy impossible to carry out.
    ///
    /// A list may hold values above the maximum: they were written one by one, and are cut.
    package func validate() throws(RetryPolicyError) {
        if let attempts, attempts < 1 { throw .noAttempts(attempts) }
        if let negative = namedDelays.first(where: { $0 < .zero }) {
            throw .negativeDelay(negative)
        }
        // Also refuses a factor that is not a number.
        if case .exponential(_, let factor, _) = backoff, !(factor >= 1) {
            throw .factorBelowOne(factor)
        }
        if let initial = backoff.computedFrom, let maximum, initial > maximum {
            throw .delayAboveMaximum(initial: initial, maximum: maximum)
        }
    }

    /// The smaller of the policy's and the backoff's maximum, if there is any.
    var maximum: Duration? {
        [maximumDelay, backoff.maximum].compactMap { $0 }.min()
    }

    /// The longest pause the policy allows, `Duration.longest` if nothing limits it.
    ///
    /// Decorrelated jitter would treble its pauses for ever; without a maximum it stays below the
    /// longest pause the backoff itself comes to.
    package var cap: Duration {
        if let maximum { return maximum.clamped }
        guard jitter == .decorrelated else { return .longest }
        return backoff.largestDelay(upTo: attempts.map { max($0, 2) - 1 } ?? .max)
    }

    private var namedDelays: [Duration] {
        var delays = [maximumDelay, backoff.maximum, backoff.computedFrom].compactMap { $0 }
        if case .list(let list) = backoff { delays += list }
        if case .absolute(let extra) = jitter { delays.append(extra) }
        return delays
    }
}

/// A retry policy that cannot be carried out.
package enum RetryPolicyError: Error, Equatable {
    case noAttempts(Int)
    case factorBelowOne(Double)
    case negativeDelay(Duration)
    case delayAboveMaximum(initial: Duration, maximum: Duration)
}

extension RetryPolicyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noAttempts(let count):
            "attempts must be at least 1, got \(count)"
        case .factorBelowOne(let factor):
            "backoff factor must be at least 1, got \(factor)"
        case .negativeDelay(let delay):
            "delay must not be negative, got \(delay)"
        case .delayAboveMaximum(let initial, let maximum):
            "initial delay \(initial) is longer than the maximum delay \(maximum)"
        }
    }
}
