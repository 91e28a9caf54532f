import ArgumentParser

/// Who must have signed.
struct IdentityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The identity in the certificate: an e-mail address or a URI.", valueName: "identity"))
    var certificateIdentity: String?

    @Option(
        help: ArgumentHelp(
            "The same as a regular expression, found anywhere in the identity.",
            valueName: "regex"))
    var certificateIdentityRegexp: String?

    @Option(
        help: ArgumentHelp(
            "The OIDC issuer that vouched for the identity.", valueName: "url"))
    var certificateOidcIssuer: String?

    @Option(
        help: ArgumentHelp("The same as a regular expression.", valueName: "regex"))
    var certificateOidcIssuerRegexp: String?

    @Option(
        help: ArgumentHelp(
            "The public key that must have signed, in PEM; excludes the identity options.",
            valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp("The repository of the GitHub workflow.", valueName: "owner/name"))
    var certificateGithubWorkflowRepository: String?

    @Option(help: ArgumentHelp("The git ref of the GitHub workflow.", valueName: "ref"))
    var certificateGithubWorkflowRef: String?

    @Option(help: ArgumentHelp("The commit of the GitHub workflow.", valueName: "sha"))
    var certificateGithubWorkflowSha: String?

    @Option(help: ArgumentHelp("The event that started the GitHub workflow.", valueName: "event"))
    var certificateGithubWorkflowTrigger: String?

    @Option(help: ArgumentHelp("The name of the GitHub workflow.", valueName: "name"))
    var certificateGithubWorkflowName: String?
}
