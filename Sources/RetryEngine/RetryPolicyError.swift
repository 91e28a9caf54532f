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
