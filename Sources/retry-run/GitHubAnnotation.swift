import POSIX
import Console
import Glibc
import ProcessRunner
import RetryEngine

/// A run that needed a retry, made visible in GitHub Actions: a warning, and a row in the summary
/// of the step. Never the output of the command.
///
/// Source: GitHub Actions, "Workflow commands": `%`, CR and LF are escaped in a message.
struct GitHubAnnotation {
    private let record: RunRecord

    init(_ record: RunRecord) {
        self.record = record
    }

    func write(_ reporter: Reporter, by supervisor: Supervisor) {
        reporter.annotate("::warning title=retry-run::\(Self.escaped(message))")
        guard let path = environmentVariable("GITHUB_STEP_SUMMARY") else { return }
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let file = open(path, flags, 0o644)
        defer { close(file) }
        let row = Spool(Array(summary.utf8))
        if file < 0 || supervisor.deliver(row, to: file, until: supervisor.now) != nil {
            reporter.warn("the step summary was not written")
        }
    }

    private var result: String {
        record.result == .succeeded
            ? "succeeded on attempt \(record.attemptCount)"
            : "failed after \(record.attemptCount) attempts"
    }

    private var reasons: String {
        let failures = record.attempts.filter { $0.judgement.verdict != .succeeded }.suffix(10)
        let isCut = record.attemptCount > record.attempts.count
        return (isCut ? "…, " : "") + failures.map(\.reason).joined(separator: ", ")
    }

    private var message: String { "\(record.command) \(result) (\(reasons))" }

    private var summary: String {
        let cells = [record.command, result, reasons, durationText(record.duration)]
        let header = "\n| Command | Result | Failed attempts | Time |\n| --- | --- | --- | --- |\n"
        return header + "| " + cells.map(Self.cell).joined(separator: " | ") + " |\n"
    }

    static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "%": "%25"
            case "\r": "%0D"
            case "\n", "\r\n": "%0A"
            default: String(character)
            }
        }.joined()
    }

    /// The text of a cell, with nothing in it that Markdown or HTML would act on.
    static func cell(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\n", "\r": " "
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "|", "`", "*", "_", "[", "]", "\\": "\\\(scalar)"
            default: String(scalar)
            }
        }.joined()
    }
}

extension Annotation {
    /// `auto` looks for the variable that GitHub sets.
    var isWanted: Bool {
        switch self {
        case .none: false
        case .github: true
        case .auto: environmentVariable("GITHUB_ACTIONS") == "true"
        }
    }
}
