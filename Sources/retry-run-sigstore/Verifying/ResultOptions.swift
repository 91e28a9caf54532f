import ArgumentParser

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
