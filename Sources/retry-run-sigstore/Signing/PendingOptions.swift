import ArgumentParser
import Console

/// What becomes of a signature that a run does not finish.
struct PendingOptions: ParsableArguments {
    enum Deferral: String, CaseIterable, ExpressibleByArgument {
        case onOutage = "on-outage"
        case always
    }

    @Flag(
        help: ArgumentHelp(
            "Continue from FILE.sigstore.pending.json where it is of the same file; keep one if this "
                + "run does not finish."))
    var resume = false

    @Option(
        help: ArgumentHelp(
            "Leave the log entry to 'retry-run finish' and exit with 0: on-outage, if the log does not "
                + "answer, or always.", valueName: "when"))
    var deferLog: Deferral?

    var policy: PendingPolicy { PendingPolicy(resumes: resume, deferral: deferLog) }
}

/// What becomes of signatures that a run does not finish.
struct PendingPolicy {
    var resumes = false
    var deferral: PendingOptions.Deferral?

    /// Whether what is not finished is kept in a file.
    var keeps: Bool { resumes || deferral != nil }

    /// - Throws: `UsageError` for a bundle that has no place beside which something could be kept.
    func check(_ target: BundleTarget) throws {
        guard keeps, target.path == nil, !target.isImage else { return }
        throw UsageError(
            "\(resumes ? "--resume" : "--defer-log") is for bundles in files, and --bundle - is stdout"
        )
    }
}

/// How many signatures are on their way at once.
struct ParallelOption: ParsableArguments {
    @Option(
        name: .customLong("parallel"),
        help: ArgumentHelp("Maximum signatures in progress at once. (default: 16)", valueName: "n"))
    var text: String?

    /// - Throws: `UsageError` for what is no number from 1 to 1000.
    func count() throws -> Int {
        guard let text else { return 16 }
        guard let count = Int(text), 1...1000 ~= count else {
            throw UsageError("--parallel \(quoted(text)): expected a number from 1 to 1000")
        }
        return count
    }
}
