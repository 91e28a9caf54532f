/// The rule that gives the pause after each failed attempt, before jitter.
///
/// | rule | pause after attempt `n` | 1 s, factor 2, maximum 5 s |
/// | --- | --- | --- |
/// | `list` | the `n`-th value, the last one repeats | |
/// | `linear` | `min(maximum, initial × n)` | 1 s, 2 s, 3 s, 4 s, 5 s, 5 s |
/// | `exponential` | `min(maximum, initial × factor^(n − 1))` | 1 s, 2 s, 4 s, 5 s, 5 s, 5 s |
///
/// A fixed pause is a list of one value; an empty list is no pause at all. Every result lies in
/// `Duration.zero ... Duration.longest`, also after 10,000 attempts.
package enum Backoff: Equatable, Sendable {
    case list([Duration])
    case linear(initial: Duration, maximum: Duration?)
    case exponential(initial: Duration, factor: Double, maximum: Duration?)

    /// The pause after the given attempt, counted from 1.
    package func delay(after attempt: Int) -> Duration {
        min(uncappedDelay(after: max(attempt, 1)), (maximum ?? .longest).clamped)
    }
}

extension Backoff {
    /// The longest pause of a computed backoff; nil for a list, which names its own.
    package var maximum: Duration? {
        switch self {
        case .list: nil
        case .linear(_, let maximum), .exponential(_, _, let maximum): maximum
        }
    }

    /// The first pause of a computed backoff; nil for a list.
    var computedFrom: Duration? {
        switch self {
        case .list: nil
        case .linear(let initial, _), .exponential(let initial, _, _): initial
        }
    }

    /// The longest of the pauses after attempts `1 ... count`.
    func largestDelay(upTo count: Int) -> Duration {
        if case .list(let delays) = self {
            (delays.prefix(max(count, 1)).max() ?? .zero).clamped
        } else {
            delay(after: count)
        }
    }

    private func uncappedDelay(after attempt: Int) -> Duration {
        switch self {
        case .list(let delays):
            delays.isEmpty ? .zero : delays[min(attempt, delays.count) - 1].clamped
        case .linear(let initial, _):
            initial.multiplied(by: Int128(attempt))
        case .exponential(let initial, let factor, _):
            initial.scaled(by: GeometricSeries(factor: factor, count: attempt - 1).power)
        }
    }
}
