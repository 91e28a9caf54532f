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
