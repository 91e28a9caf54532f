import ArgumentParser
import Console
import POSIX

/// How the answer is given.
struct ResultOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
    }

    @Option(help: ArgumentHelp("The form of the answer on stdout.", valueName: "form"))
    var output = Format.text

    @Option(
        name: [.customShort("R", allowingJoined: true), .long],
        help: ArgumentHelp("Write the answer to a file too, as JSON.", valueName: "file"))
    var report: String?

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false
}

extension ResultOptions {
    /// Sees to it that the report takes the place of no input, and of nothing else that is written.
    func check(inputs: [String]) throws {
        guard let report else { return }
        var outputs = OutputChoice()
        if output == .json || !quiet { outputs.add("the answer", FileIdentity(descriptor: 1)) }
        outputs.add("the report \(quoted(report))", FileIdentity(report))
        try outputs.check(inputs: inputs)
    }
}
