import ArgumentParser

/// Whose word counts: an instance of Sigstore, or files.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Trusted root in JSON, or several, one per line; nothing is fetched.", valueName: "file"
        ))
    var trustedRoot: String?

    @Option(
        help: ArgumentHelp(
            "Client trust config in JSON; nothing is fetched.", valueName: "file"))
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
            "Initial trusted root.json of --tuf-url.", valueName: "file"))
    var tufRoot: String?

    @Flag(help: "Do not refresh trust: use what is cached or built in.")
    var offline = false
}
