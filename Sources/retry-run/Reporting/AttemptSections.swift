import Console
import Glibc
import Reports
import RetryEngine

/// The lines of a CI system's log around the output of further attempts. The first one has none: where
/// it succeeds nothing is said.
struct AttemptSections {
    private let annotation: Annotation
    private let reporter: Reporter
    private let command: String
    private let limit: Int?

    init(_ settings: RunSettings, command: String, reporter: Reporter) {
        annotation = settings.annotation
        self.reporter = reporter
        self.command = printable(command.utf8)
        limit = settings.policy.attempts
    }

    func open(attempt number: Int) {
        guard number > 1, let system = annotation.system else { return }
        if let line = system.opening(of: section(number)) { reporter.writeVerbatim(line) }
    }

    func close(attempt number: Int) {
        guard number > 1, let system = annotation.system else { return }
        if let line = system.closing(of: section(number)) { reporter.writeVerbatim(line) }
    }

    private func section(_ number: Int) -> CISystem.Section {
        let position = limit.map { "\(number) of \($0)" } ?? "\(number)"
        return CISystem.Section(
            title: "\(command), attempt \(position)", attempt: number, process: getpid(),
            now: Int(wallClock()))
    }
}
