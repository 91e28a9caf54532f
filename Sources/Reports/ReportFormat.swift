import Console
import JSON

/// The form of a report.
package enum ReportFormat: String, CaseIterable, Sendable {
    case json, junit, html

    package static let words = allCases.map(\.rawValue)

    /// What the suffix of a file's name asks for; JSON where it says nothing.
    package init(path: String) {
        let name = path.split(separator: "/").last ?? ""
        switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?
            .lowercased()
        {
        case "xml": self = .junit
        case "html", "htm": self = .html
        default: self = .json
        }
    }

    package init(text: String) throws {
        guard let format = ReportFormat(rawValue: text) else {
            throw InvalidValue("expected json, junit or html")
        }
        self = format
    }
}

extension FinishedRun {
    /// The report in that form, ended by a newline.
    package func report(_ format: ReportFormat) -> [UInt8] {
        switch format {
        case .json: json.text() + [UInt8(ascii: "\n")]
        case .junit: Array(junit.utf8)
        case .html: Array(htmlPage.utf8)
        }
    }
}
