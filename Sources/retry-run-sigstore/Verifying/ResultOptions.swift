import ArgumentParser
import Console
import OperatingSystem

/// How the answer is given.
struct ResultOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
    }

    @Option(help: ArgumentHelp("Output format on stdout.", valueName: "form"))
    var output = Format.text

    @Option(
        name: [.customShort("R", allowingJoined: true), .long],
        help: ArgumentHelp("Also write the result to a file, as JSON.", valueName: "file"))
    var report: String?

    @Option(
        help: ArgumentHelp(
            "Write the statement that was verified, byte for byte; - is stdout.",
            valueName: "file"))
    var outputStatement: String?

    @Flag(name: .shortAndLong, help: "Print errors only.")
    var quiet = false
}

extension ResultOptions {
    /// Sees to it that the report takes the place of no input, and of nothing else that is written.
    func check(inputs: [String]) throws {
        if outputStatement == "-", output == .json {
            throw UsageError("--output-statement - and --output json would both be stdout")
        }
        guard report != nil || outputStatement != nil else { return }
        var outputs = OutputChoice()
        if output == .json || !quiet, outputStatement != "-" {
            outputs.add("the answer", FileIdentity(descriptor: 1))
        }
        if let report { outputs.add("the report \(quoted(report))", FileIdentity(report)) }
        if let outputStatement {
            outputs.add(
                "the statement \(quoted(outputStatement))",
                outputStatement == "-"
                    ? FileIdentity(descriptor: 1) : FileIdentity(outputStatement))
        }
        try outputs.check(inputs: inputs)
    }

    /// A report that cannot be written is a warning.
    func writeReport(_ json: [UInt8]) {
        guard let report else { return }
        do {
            try OutputFile(report).write(json)
        } catch {
            Reporter(isQuiet: quiet).warn("the report was not written: \(error)")
        }
    }

    /// - Throws: `UsageError` when it cannot be written.
    func writeStatement(_ content: [UInt8], to file: String) throws {
        if file == "-" { return try StandardDescriptors.writeOutput(content) }
        do {
            try OutputFile(file).write(content)
        } catch {
            throw UsageError("cannot write the statement: \(error)")
        }
    }
}
