import ArgumentParser

/// Where the bundle goes, and what is said.
struct BundleOptions: ParsableArguments {
    @Option(
        name: [.customShort("b", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Where the bundle is written; - is stdout. (default: FILE.sigstore.json)",
            valueName: "file"))
    var bundle: String?

    @Flag(help: "Replace a bundle that is there already.")
    var overwrite = false

    @OptionGroup
    var outcome: OutcomeOptions
}

/// What is said of a signing.
struct OutcomeOptions: ParsableArguments {
    @Option(
        name: [.customShort("R", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Write what happened to a file, as JSON: phases, attempts, durations.",
            valueName: "file"))
    var report: String?

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false
}
