import ArgumentParser
import Console
import Patterns
import SigningCrypto
import Sigstore

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
            "The OIDC issuer that vouched for the identity; '' is none.", valueName: "url"))
    var certificateOidcIssuer: String?

    @Option(
        help: ArgumentHelp("The same as a regular expression.", valueName: "regex"))
    var certificateOidcIssuerRegexp: String?

    @Option(
        help: ArgumentHelp(
            "The public key that must have signed, in PEM: a file, env://NAME for a variable, or an "
                + "https address; excludes the identity options.", valueName: "key"))
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

extension IdentityOptions {
    /// What the options ask for.
    /// - Throws: `UsageError` when they ask for nobody, or for more than one kind of signer.
    ///
    /// - Parameters:
    ///   - issuer: Who vouches for identities where no option says so; nil for an option.
    ///   - fetch: Gets a key that is at an address.
    func signer(
        issuer defaultIssuer: TextRule? = nil, fetch: (String) throws -> [UInt8]
    ) throws -> VerificationPolicy.Signer {
        let identity = try Self.rule(
            "--certificate-identity", certificateIdentity, certificateIdentityRegexp)
        if case .exactly("")? = identity {
            throw UsageError("--certificate-identity: the empty text is nobody's")
        }
        let issuer = try Self.rule(
            "--certificate-oidc-issuer", certificateOidcIssuer, certificateOidcIssuerRegexp)
        if let key {
            guard identity == nil, issuer == nil, workflow.isEmpty else {
                throw UsageError("--key and the --certificate options are mutually exclusive")
            }
            if key.isEmpty { throw UsageError("--key: the value is empty") }
            return .key(try KeyReference(key).publicKey(fetch: fetch))
        }
        guard let identity else {
            throw UsageError(
                "say who must have signed: --certificate-identity, "
                    + "--certificate-identity-regexp or --key")
        }
        guard let issuer = issuer ?? defaultIssuer else {
            throw UsageError(
                "say who must have vouched for the identity: --certificate-oidc-issuer "
                    + "or --certificate-oidc-issuer-regexp")
        }
        return .identity(identity, issuer: issuer, workflow: workflow)
    }

    private var workflow: [WorkflowClaim: String] {
        let options: [WorkflowClaim: String?] = [
            .repository: certificateGithubWorkflowRepository,
            .ref: certificateGithubWorkflowRef,
            .sha: certificateGithubWorkflowSha,
            .trigger: certificateGithubWorkflowTrigger,
            .name: certificateGithubWorkflowName,
        ]
        return options.compactMapValues { $0 }
    }

    private static func rule(
        _ option: String, _ text: String?, _ pattern: String?
    ) throws -> TextRule? {
        switch (text, pattern) {
        case (nil, nil): return nil
        case (.some, .some):
            throw UsageError("\(option) and \(option)-regexp are mutually exclusive")
        case (let text?, nil): return .exactly(text)
        // Not what is found in everything: a variable that is not set must not accept everybody.
        case (nil, ""?): return .exactly("")
        case (nil, let pattern?):
            return try OptionValue.read("\(option)-regexp", pattern) { source in
                do {
                    return .matching(try Pattern(source, for: .text))
                } catch {
                    throw InvalidValue("not a regular expression: \(error)")
                }
            }
        }
    }
}
