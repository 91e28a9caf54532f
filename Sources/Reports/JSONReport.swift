package import JSON
import Console

extension FinishedRun {
    /// The report as one JSON object. Seconds are numbers, times RFC 3339 in UTC, what is absent is null.
    package var json: JSONValue {
        var code: JSONValue = .null
        var signal: JSONValue = .null
        switch exit {
        case .code(let number): code = .integer(Int64(number))
        case .signal(let name, _): signal = .string(name)
        }
        return [
            "version": .integer(1), "command": .string(command), "exit_code": code,
            "signal": signal, "result": .string(result.rawValue),
            "started": .string(timeText(started)), "duration": .seconds(duration),
            "deadline": .seconds(deadline), "worst_case": .seconds(worstCase),
            "attempts": .array(attempts.map(\.json)),
        ]
    }
}

extension FinishedRun.Attempt {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "number": .integer(Int64(number)), "started": .string(timeText(started)),
            "duration": .seconds(duration), "outcome": .string(outcome.rawValue),
            "exit_code": exitCode.map { .integer(Int64($0)) } ?? .null,
            "signal": signal.map(JSONValue.string) ?? .null,
            "verdict": .string(verdict.rawValue), "reason": .string(reason),
            "delay_after": .seconds(delayAfter),
        ]
        if let toldDelay { members["delay_told"] = .seconds(toldDelay) }
        return .object(members)
    }
}

extension JSONValue {
    /// Seconds, to the millisecond; what is there is never zero.
    fileprivate static func seconds(_ duration: Duration?) -> JSONValue {
        guard let duration else { return .null }
        let seconds = (duration.inSeconds * 1000).rounded() / 1000
        return .number(seconds)
    }
}
