import Console
import ProcessRunner

/// What decided about an attempt. Says nothing of the command's arguments or output: they may hold secrets.
enum DecidingRule: Equatable {
    case exitCodeZero
    /// A pattern of the command line, by its option.
    case pattern(option: String, source: String)
    case presetRule(preset: String, rule: String, kind: PresetRule.Kind)
    /// An item of `--retry-on` or `--stop-on`.
    case list(option: String)
    case stopRequest(Signal)
    /// A signal after which no command is run again.
    case endOfTheRun
    case timeLimit
    /// There are no retry rules: any failure is retried.
    case anyFailure
    /// There are retry rules, and none applied.
    case noRule
    /// The deadline came while patterns were looked for.
    case outOfTime
    case successCommand
    case lostOutput
    case inputNotKept
    case inputNotRead
    /// The same, where the command itself succeeded.
    case lostInput
}

extension DecidingRule: CustomStringConvertible {
    var description: String {
        switch self {
        case .exitCodeZero: "exit code 0"
        case .pattern(let option, let source): "\(option) \(quoted(source))"
        case .presetRule(let preset, let rule, let kind):
            "--preset \(preset), rule \(rule) (\(kind.rawValue))"
        case .list(let option): option
        case .stopRequest(let signal): "\(signal) was received"
        case .endOfTheRun: "that signal ends a run"
        case .timeLimit: "a timeout is retryable"
        case .anyFailure: "any failure is retried, for there are no retry rules"
        case .noRule: "none of the retry rules applies"
        case .outOfTime: "its output was not looked through before the deadline"
        case .successCommand: "--success-if"
        case .lostOutput: "its output could not be passed on"
        case .inputNotKept: "stdin could not be kept for another attempt"
        case .inputNotRead, .lostInput: "stdin could not be read"
        }
    }
}
