import ArgumentParser

/// Whose word counts: an instance of Sigstore, or files.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A trusted root in JSON, or several, one a line; none is fetched.", valueName: "file"))
    var trustedRoot: String?

    @Option(
        help: ArgumentHelp(
            "A client trust config in JSON; nothing is fetched.", valueName: "file"))
    var trustConfig: String?

    @Flag(help: "Trust Sigstore's staging instance instead of the public-good one.")
    var staging = false

    @Flag(
        help: "Trust GitHub's own instance, which signs for private repositories and for releases.")
    var github = false

    @Option(
        help: ArgumentHelp(
            "The TUF repository of another instance; needs --tuf-root.", valueName: "url"))
    var tufURL: String?

    @Option(
        help: ArgumentHelp(
            "The first root.json to trust for --tuf-url.", valueName: "file"))
    var tufRoot: String?

    @Flag(help: "Fetch no trust: use what is cached from the last run, or what is built in.")
    var offline = false
}
