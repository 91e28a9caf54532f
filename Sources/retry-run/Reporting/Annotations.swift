import Console
import Glibc
import OperatingSystem
import ProcessRunner
import Reports

/// Where annotations go.
enum Annotation: Equatable {
    /// To the CI system whose job this is, if it is one that is known.
    case auto
    case none
    case named(String)

    static let words = ["auto"] + CISystem.all.map(\.name) + ["none"]

    init(text: String) throws {
        switch text {
        case "auto": self = .auto
        case "none": self = .none
        case let name where CISystem.named(name) != nil: self = .named(name)
        default:
            let all = Self.words.dropLast().joined(separator: ", ")
            throw InvalidValue("expected \(all) or none")
        }
    }

    var system: CISystem? {
        switch self {
        case .auto: CISystem.present(environmentVariable)
        case .none: nil
        case .named(let name): CISystem.named(name)
        }
    }
}

/// Posts the annotations of a run that was retried. None of them changes the result or takes longer than
/// the limit.
struct Annotator {
    let supervisor: Supervisor
    let reporter: Reporter
    let environment: [[UInt8]]

    func post(_ notices: [CISystem.Notice], until limit: Supervisor.Instant) {
        for notice in notices {
            switch notice {
            case .logLine(let line): reporter.writeVerbatim(line)
            case .append(let text, let variable, let limit): append(text, variable, limit)
            case .run(let words): run(words, until: limit)
            }
        }
    }

    private func append(_ text: String, _ variable: String, _ limit: Int) {
        guard let path = environmentVariable(variable) else { return }
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let file = open(path, flags, 0o644)
        defer { close(file) }
        var status = stat()
        if fstat(file, &status) == 0, Int(status.st_size) + text.utf8.count > limit { return }
        let bytes = Spool(Array(text.utf8))
        if file < 0 || supervisor.deliver(bytes, to: file, until: supervisor.now) != nil {
            reporter.warn("the step summary was not written")
        }
    }

    /// Where the job is being ended there is no time for a program.
    private func run(_ words: [String], until limit: Supervisor.Instant) {
        guard supervisor.stopRequest == nil else { return }
        var command = Command(arguments: words.map { Array($0.utf8) }, environment: environment)
        command.isOurOwn = true
        let result = BoundedCommand(supervisor).run(command, until: limit)
        if case .failed(let reason) = result {
            reporter.warn("\(command.name) failed: \(reason)")
        }
    }
}
