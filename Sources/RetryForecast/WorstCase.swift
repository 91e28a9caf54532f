package import RetryEngine

/// What a policy can cost at most, known before anything runs.
///
/// Nothing here walks through the attempts: a thousand million of them cost as much as three.
/// Sums end at `Duration.longest`. A pause that the other side asks for is foreseen where the policy
/// limits it.
extension RetryPolicy {
    /// The longest wall clock of a run; nil if it has no limit.
    ///
    /// `attempts × (attemptLimit + grace) + pauses`, and with a deadline no more than
    /// `deadline + grace`, as the grace of the last kill only begins inside it.
    ///
    /// - Parameters:
    ///   - attemptLimit: The limit of each attempt; nil for none.
    ///   - deadline: The time from the start of attempt 1 to the deadline; nil for none.
    ///   - grace: The time between the end of an attempt's limit and its kill.
    package func worstCase(
        attemptLimit: Duration?, deadline: Duration? = nil, grace: Duration = .zero
    ) -> Duration? {
        let whole = uncappedWorstCase(attemptLimit: attemptLimit, grace: grace)
        guard let deadline else { return whole }
        return min(whole ?? .longest, deadline.adding(grace))
    }

    /// `attempts × (attemptLimit + grace) + pauses`, whatever the deadline; nil without a limit.
    package func uncappedWorstCase(
        attemptLimit: Duration?, grace: Duration = .zero
    ) -> Duration? {
        guard let attempts, let attemptLimit else { return nil }
        if attempts > 1, let told = toldDelayLimit, told >= .longest { return nil }
        return attemptLimit.adding(grace).multiplied(by: Int128(attempts))
            .adding(longestPauses(count: max(attempts, 1) - 1))
    }

    /// Whether all attempts and pauses, at their longest, end by the deadline.
    package func fits(
        attemptLimit: Duration?, deadline: Duration, grace: Duration = .zero
    ) -> Bool {
        guard let whole = uncappedWorstCase(attemptLimit: attemptLimit, grace: grace) else {
            return false
        }
        return whole <= deadline
    }

    /// The longest possible pause after the given attempt, counted from 1.
    ///
    /// The upper end of the jitter: `d` for none, full and equal, `d + D` for `absolute(D)`,
    /// `base × 3^n` for decorrelated, none of them above the maximum.
    package func longestDelay(after attempt: Int) -> Duration {
        min(upperBackoff.delay(after: attempt).adding(extra), cap)
    }

    /// The longest possible pauses in order, made when asked for; without end for a policy
    /// without a limit.
    package func longestDelays() -> LazyMapSequence<Range<Int>, Duration> {
        (1..<max(attempts ?? .max, 1)).lazy.map { longestDelay(after: $0) }
    }
}

extension RetryPolicy {
    /// The sum of the longest pauses after attempts `1 ... count`.
    private func longestPauses(count: Int) -> Duration {
        let growing = growingDelays(upTo: count)
        let told = toldDelayLimit ?? .zero
        let sum: Duration =
            switch upperBackoff {
            case .list:
                (0..<growing).reduce(.zero) { $0.adding(max(longestDelay(after: $1 + 1), told)) }
            case _ where told > .zero:
                // Computed pauses never fall, so none is longer than the last one.
                max(longestDelay(after: count), told).multiplied(by: Int128(growing))
            case .linear(let initial, _):
                initial.multiplied(by: Int128(growing) * (Int128(growing) + 1) / 2)
                    .adding(extra.multiplied(by: Int128(growing)))
            case .exponential(let initial, let factor, _):
                initial.scaled(by: GeometricSeries(factor: factor, count: growing).sum)
                    .adding(extra.multiplied(by: Int128(growing)))
            }
        return sum.adding(
            max(longestDelay(after: count), told).multiplied(by: Int128(count - growing)))
    }

    /// How many pauses come before the one that repeats for the rest of the run.
    private func growingDelays(upTo count: Int) -> Int {
        if case .list(let delays) = upperBackoff { return min(delays.count, count) }
        // Computed pauses never fall, so halving finds the first one at the cap.
        var known = 0..<count
        while !known.isEmpty {
            let middle = known.lowerBound + known.count / 2
            if longestDelay(after: middle + 1) < cap {
                known = (middle + 1)..<known.upperBound
            } else {
                known = known.lowerBound..<middle
            }
        }
        return known.lowerBound
    }

    /// The backoff whose pauses are the upper ends of the jitter, before `extra` and `cap`.
    private var upperBackoff: Backoff {
        guard jitter == .decorrelated else { return backoff }
        let base = backoff.delay(after: 1)
        return .exponential(initial: base.multiplied(by: 3), factor: 3, maximum: nil)
    }

    private var extra: Duration {
        if case .absolute(let extra) = jitter { extra } else { .zero }
    }
}
