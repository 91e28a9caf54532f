import RetryEngine

/// The rule behind `--backoff`.
package enum BackoffRule: Equatable {
    case fixed
    case linear
    case exponential(factor: Double)

    /// What `--backoff` takes without a factor.
    package static let words = ["fixed", "linear", "exponential"]

    package init(text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts[0], parts.dropFirst().first) {
        case ("fixed", nil): self = .fixed
        case ("linear", nil): self = .linear
        case ("exponential", nil): self = .exponential(factor: 2)
        case ("exponential", let factor?):
            guard let number = Double(factor), number >= 1, number.isFinite else {
                throw InvalidValue("the factor must be a number of at least 1, such as 1.5")
            }
            self = .exponential(factor: number)
        default: throw InvalidValue("expected fixed, linear, exponential or exponential:FACTOR")
        }
    }
}

extension OptionValue {
    static func seed(_ text: String) throws -> UInt64 {
        guard let seed = UInt64(text) else {
            throw InvalidValue("expected a whole number from 0 to \(UInt64.max)")
        }
        return seed
    }

    static func jitter(_ text: String) throws -> Jitter {
        if let jitter = Jitter.named[text] { return jitter }
        if let duration = Duration(text: text) { return .absolute(duration) }
        throw InvalidValue("expected none, full, equal, decorrelated or a duration such as 500ms")
    }
}

extension Jitter {
    fileprivate static let named: [String: Jitter] = [
        "none": .none, "full": .full, "equal": .equal, "decorrelated": .decorrelated,
    ]

    /// What `--jitter` takes beside a duration.
    package static let words = ["none", "full", "equal", "decorrelated"]
}
