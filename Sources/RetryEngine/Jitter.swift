/// How far the pause is moved at random, so that callers who failed together do not return together.
///
/// With `d` the pause of the backoff, all in `Duration`:
///
/// | jitter | pause |
/// | --- | --- |
/// | `none` | `d` |
/// | `full` | `0 ... d` |
/// | `equal` | `d / 2 ... d` |
/// | `decorrelated` | `min(cap, base ... previous × 3)`, starting with `previous = base` |
/// | `absolute(D)` | `d ... d + D` |
///
/// Drawn evenly from the range, and never longer than the policy's maximum. `base` is the pause
/// after attempt 1 and `previous` the one drawn last; `decorrelated` has no other use for `d`.
///
/// Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
package enum Jitter: Equatable, Sendable {
    case none
    case full
    case equal
    case decorrelated
    case absolute(Duration)
}

extension Jitter {
    /// Draws one pause.
    ///
    /// - Parameters:
    ///   - delay: The pause of the backoff.
    ///   - base: The pause of the backoff after attempt 1.
    ///   - previous: The pause drawn last, `base` before the first draw.
    ///   - cap: The longest pause allowed.
    func draw(
        delay: Duration, base: Duration, previous: Duration, cap: Duration,
        using generator: inout SeededGenerator
    ) -> Duration {
        let delay = min(delay, cap)
        return switch self {
        case .none:
            delay
        case .full:
            generator.duration(from: .zero, through: delay)
        case .equal:
            generator.duration(from: delay / 2, through: delay)
        case .decorrelated:
            min(cap, generator.duration(from: base, through: previous.multiplied(by: 3)))
        case .absolute(let extra):
            min(cap, generator.duration(from: delay, through: delay.adding(extra)))
        }
    }
}
