import Console
import ProcessRunner
import RetryEngine

/// The values that only the wrapper's options take.
extension OptionValue {
    static func signal(_ text: String) throws -> Signal {
        guard let signal = Signal(named: text) else {
            throw InvalidValue("expected a signal's name or number, such as TERM or 15")
        }
        return signal
    }

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

    static func fleet(_ text: String) throws -> Int {
        guard let count = Int(text), (1...1_000_000).contains(count) else {
            throw InvalidValue("expected a whole number from 1 to 1000000")
        }
        return count
    }

    static func outage(_ text: String) throws -> Duration {
        let outage = try duration(text)
        if outage > .seconds(30 * 86_400) { throw InvalidValue("expected 30d at most") }
        return outage
    }

    static func failureCode(_ text: String) throws -> Int32 {
        guard let code = Int32(text), (1...255).contains(code) else {
            throw InvalidValue("expected an exit code from 1 to 255")
        }
        return code
    }
}

extension Jitter {
    fileprivate static let named: [String: Jitter] = [
        "none": .none, "full": .full, "equal": .equal, "decorrelated": .decorrelated,
    ]

    /// What `--jitter` takes beside a duration.
    static let words = ["none", "full", "equal", "decorrelated"]
}

/// The rule behind `--backoff`.
enum BackoffRule: Equatable {
    case fixed
    case linear
    case exponential(factor: Double)

    /// What `--backoff` takes without a factor.
    static let words = ["fixed", "linear", "exponential"]

    init(text: String) throws {
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

/// Where annotations go.
enum Annotation: String {
    case auto, github, none

    static let words = ["auto", "github", "none"]

    init(text: String) throws {
        guard let known = Annotation(rawValue: text) else {
            throw InvalidValue("expected auto, github or none")
        }
        self = known
    }
}
