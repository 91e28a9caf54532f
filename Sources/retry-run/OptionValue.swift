import Console
import ProcessRunner
import RetryEngine

/// The values that only the wrapper's options take.
extension OptionValue {
    /// As GNU's `timeout` reads it: 0, also called EXIT, is a signal that is not sent.
    static func signal(_ text: String) throws -> Signal {
        if text == "0" || text.uppercased() == "EXIT" { return .none }
        guard let signal = Signal(named: text) else {
            throw InvalidValue(
                "expected a signal's name or number, such as TERM or 15, or 0 to send none")
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

    /// A code that says that a failure will pass, by number or by its name in `sysexits.h`.
    static func giveUpCode(_ text: String) throws -> Int32 {
        if let code = Int32(text), (1...255).contains(code) { return code }
        if let code = exitClasses[text.lowercased()] { return code }
        throw InvalidValue("expected an exit code from 1 to 255, or tempfail (75)")
    }

    /// Source: sysexits(3head), without the `EX_`.
    private static let exitClasses: [String: Int32] = [
        "usage": 64, "dataerr": 65, "noinput": 66, "nouser": 67, "nohost": 68, "unavailable": 69,
        "software": 70, "oserr": 71, "osfile": 72, "cantcreat": 73, "ioerr": 74, "tempfail": 75,
        "protocol": 76, "noperm": 77, "config": 78,
    ]

    static func failureCode(_ text: String) throws -> Int32 {
        guard let code = Int32(text), (1...255).contains(code) else {
            throw InvalidValue("expected an exit code from 1 to 255")
        }
        return code
    }
}
