import ArgumentParser
import Console
import OpenIDConnect
import Patterns
import Sigstore

/// In whose name to sign.
struct SignerOptions: ParsableArguments {
    enum Login: String, CaseIterable, ExpressibleByArgument {
        case auto
        case browser
        case device
        case none
    }

    @Option(
        help: ArgumentHelp(
            "An identity token, or @FILE for one in a file. (default: what the CI system gives)",
            valueName: "token"))
    var identityToken: String?

    @Option(
        help: ArgumentHelp(
            "Sign only as this identity; checked before anything is sent.", valueName: "identity"))
    var expectIdentity: String?

    @Option(
        help: ArgumentHelp(
            "Sign only with an identity token of this issuer.", valueName: "url"))
    var expectIssuer: String?

    @Option(
        help: ArgumentHelp(
            "How to log in without a token: browser, device, none, or auto: the browser on a "
                + "terminal. Never in CI.", valueName: "how"))
    var login = Login.auto

    @Option(
        help: ArgumentHelp(
            "OpenID Connect issuer to log in at. (default: from the signing config)",
            valueName: "url"))
    var oidcIssuer: String?

    @Option(
        help: ArgumentHelp(
            "Audience of identity tokens, and the OAuth client ID of a login.", valueName: "id"))
    var oidcClientID = "sigstore"

    @Option(
        help: ArgumentHelp(
            "A private key to sign with instead: a file, or env://NAME for one in a variable.",
            valueName: "key"))
    var key: String?

    var expectation: IdentityExpectation {
        IdentityExpectation(
            identity: expectIdentity.map(TextRule.exactly),
            issuer: expectIssuer.map(TextRule.exactly))
    }

    /// - Throws: `UsageError` where options are mutually exclusive, or name nothing.
    func check() throws {
        let ofIdentity = [
            ("--identity-token", identityToken != nil),
            ("--expect-identity", expectIdentity != nil),
            ("--expect-issuer", expectIssuer != nil), ("--login", login != .auto),
        ].filter(\.1).map(\.0)
        if key != nil, let option = ofIdentity.first {
            throw UsageError("--key and \(option) are mutually exclusive: a key has no identity")
        }
        for (option, value) in [
            ("--identity-token", identityToken), ("--expect-identity", expectIdentity),
            ("--expect-issuer", expectIssuer), ("--key", key),
        ] where value?.isEmpty == true {
            throw UsageError("\(option): the value is empty")
        }
        guard let token = identityToken else { return }
        if token.hasPrefix("@") {
            try InputFile.check(
                String(token.dropFirst()),
                as: "the file of --identity-token (a token itself is given without @)")
        } else if InputFile.exists(token) {
            throw UsageError("--identity-token: the value is the name of a file; write @ before it")
        }
    }
}
