import Console

/// A CI system: how its jobs are known, and how it is told of a run that was retried.
///
/// A new one is a value in a file of its own, and a line in `all`.
package struct CISystem: Sendable {
    /// What `--annotate` calls it.
    package let name: String
    /// The variable by which its jobs are known, and its value there.
    let marker: (variable: String, value: String)
    /// What its variables say of pipeline, task and revision, by the names that OpenTelemetry's
    /// conventions have for it; the value may be made of several variables.
    let attributes: [(name: String, template: String)]
    /// What is told once a run that was retried is over.
    let notices: @Sendable (FinishedRun) -> [Notice]
    /// The lines around the output of a further attempt.
    var section: (@Sendable (Section) -> (opening: String, closing: String))?

    /// All that are known. `auto` takes the first whose jobs this is one of.
    package static let all = [gitHubActions, gitLabCI, buildkite]

    package static func named(_ name: String) -> CISystem? {
        all.first { $0.name == name }
    }

    package static func present(_ environment: (String) -> String?) -> CISystem? {
        all.first { environment($0.marker.variable) == $0.marker.value }
    }
}

extension CISystem {
    /// One thing to do so that somebody sees what happened. None of them may change the result.
    package enum Notice: Equatable, Sendable {
        /// A line for the log, on standard error.
        case logLine(String)
        /// A text at the end of the file that a variable names, where there is one, and where the file
        /// is no longer than `limit` bytes with it.
        case append(String, fileIn: String, limit: Int)
        /// A program with its arguments, where it is there.
        case run([String])
    }

    /// A further attempt, for the lines around its output.
    package struct Section: Sendable {
        /// As messages name it: `sh, attempt 2 of 3`.
        package let title: String
        package let attempt: Int
        /// Tells it from those of other runs in the same log.
        package let process: Int32
        /// Seconds since 1970.
        package let now: Int

        package init(title: String, attempt: Int, process: Int32, now: Int) {
            self.title = title
            self.attempt = attempt
            self.process = process
            self.now = now
        }
    }

    package func opening(of section: Section) -> String? {
        self.section?(section).opening
    }

    package func closing(of section: Section) -> String? {
        self.section?(section).closing
    }

    package func notices(of run: FinishedRun) -> [Notice] {
        notices(run)
    }

    /// The attributes whose variables are all set.
    package func attributes(_ environment: (String) -> String?) -> [(name: String, value: String)] {
        attributes.compactMap { name, template in
            var value = ""
            for part in template.split(separator: "$", omittingEmptySubsequences: false)
                .enumerated()
            {
                if part.offset == 0 {
                    value += part.element
                    continue
                }
                let variable = part.element.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                guard let content = environment(String(variable)), !content.isEmpty else {
                    return nil
                }
                value += content + part.element.dropFirst(variable.count)
            }
            return (name, value)
        }
    }
}

extension FinishedRun {
    /// One sentence with counts: `sh succeeded on attempt 4 of 5; 3 failed attempts: 2 × exit status 1,
    /// timed out`.
    var notice: String {
        "\(shownCommand) \(resultText)" + (failureText.map { "; \($0)" } ?? "")
    }
}
