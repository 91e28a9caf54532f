import Console
import Reports

/// A report that is wanted, and where it goes.
struct ReportFile: Equatable {
    let path: String
    let format: ReportFormat

    /// - Parameter format: Nil for what the suffix asks for.
    init(path: String, format: ReportFormat?) throws {
        if path.isEmpty { throw UsageError("--report needs the name of a file, got ''") }
        self.path = path
        self.format = format ?? ReportFormat(path: path)
    }
}
