import ArgumentParser

/// How often and how long a service is tried.
struct RetryOptions: ParsableArguments {
    @Option(
        name: [.customShort("a", allowingJoined: true), .long],
        help: ArgumentHelp("Total attempts of each call. (default: 3)", valueName: "n"))
    var attempts: String?

    @Option(
        name: [.customShort("d", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Pauses between attempts; the last one repeats. (default: 1s,5s)", valueName: "list"))
    var delay: String?

    @Option(
        name: [.customShort("t", allowingJoined: true), .long],
        help: ArgumentHelp("The limit of each attempt. (default: 35s)", valueName: "duration"))
    var timeout: String?

    @Option(
        name: [.customShort("T", allowingJoined: true), .long],
        help: ArgumentHelp("The limit of all calls. (default: 2m)", valueName: "duration"))
    var deadline: String?

    @Option(
        name: .customLong("cacert"),
        help: ArgumentHelp(
            "PEM certificates to trust in TLS instead of the system's.", valueName: "file"))
    var certificateAuthorities: String?
}
