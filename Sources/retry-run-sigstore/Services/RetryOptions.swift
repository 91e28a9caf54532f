import ArgumentParser
import Console
import RetryEngine

/// How often and how long a service is tried.
struct RetryOptions: ParsableArguments {
    @Option(
        name: [.customShort("a", allowingJoined: true), .long],
        help: ArgumentHelp("Total attempts of each call. (default: 3)", valueName: "n"))
    var attempts: String?

    @Flag(help: "No limit on attempts.")
    var forever = false

    @Option(
        name: [.customShort("d", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Pauses between attempts; the last one repeats. (default: 1s,5s)", valueName: "list"))
    var delay: String?

    @Option(
        help: ArgumentHelp(
            "Compute the pauses from the first delay: fixed, linear or exponential[:FACTOR].",
            valueName: "rule"),
        completion: .list(BackoffRule.words))
    var backoff: String?

    @Option(
        name: [.customShort("m", allowingJoined: true), .customLong("max-delay")],
        help: ArgumentHelp("The longest computed pause. (default: 60s)", valueName: "duration"))
    var maximumDelay: String?

    @Option(
        name: [.customShort("j", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Spread the pauses: none, full, equal, decorrelated or a duration. (default: none)",
            valueName: "kind"),
        completion: .list(Jitter.words))
    var jitter: String?

    @Option(help: ArgumentHelp("Make the jitter repeatable.", valueName: "n"))
    var seed: String?

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
