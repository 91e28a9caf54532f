import ArgumentParser
import Console
import SigningCrypto
import Sigstore

/// What every signing verb takes.
struct SigningOptions: ParsableArguments {
    @OptionGroup(title: "Identity")
    var signer: SignerOptions

    @OptionGroup(title: "Services")
    var services: SigningServiceOptions

    @OptionGroup(title: "Trust")
    var trust: TrustOptions

    @OptionGroup(title: "Outages")
    var pending: PendingOptions

    @OptionGroup(title: "Retries")
    var retry: RetryOptions<CallTexts>

    @OptionGroup(title: "Retries")
    var connection: ConnectionOptions

    /// - Throws: `UsageError` for options that cannot be used, before anything else is done.
    ///
    /// - Parameter inputs: The files that the verb reads besides.
    func request(
        _ command: String, _ outcome: OutcomeOptions, inputs: [String],
        limits: RetryConfiguration? = nil
    ) throws -> SignRequest {
        try signer.check()
        try ArtifactInput.refuseDigests(inputs)
        if trust.github {
            throw UsageError(
                "--github is for verifying: GitHub's instance signs for GitHub's own workflows only"
            )
        }
        try NamedServices.check("--oidc-issuer", signer.oidcIssuer)
        if trust.trustConfig != nil, services.signingConfig != nil {
            throw UsageError("--trust-config and --signing-config are mutually exclusive")
        }
        let needs = try services.needs(isKeyed: signer.key != nil)
        if pending.deferLog != nil, !needs.log {
            throw UsageError("--defer-log and --no-log are mutually exclusive")
        }
        let source = try TrustSource(trust)
        let config = try services.signingConfig.map { try TrustSource.read($0, SigningConfig.init) }
        if case .file(let option, let roots, _) = source, roots.count > 1 {
            throw UsageError(
                "\(option): several trusted roots are for verifying; to sign, give one")
        }
        if case .file(_, _, nil) = source, config == nil, !needs.isNobody {
            throw UsageError(
                "to sign, --trusted-root needs --signing-config beside it; or give both in one file "
                    + "with --trust-config")
        }
        var request = SignRequest(
            command: command, signer: signer, trust: source, signingConfig: config, needs: needs,
            limits: try limits ?? RetryConfiguration(retry, connection), outcome: outcome,
            inputs: inputs + self.inputs)
        request.pending = pending.policy
        return request
    }

    /// The private key that signs; nil for a key that is made for the run.
    func key(_ password: Password) throws -> (any SigningKey)? {
        try signer.key.map { try KeyReference($0).key(password) }
    }

    /// The files that these options read.
    var inputs: [String] {
        let token = signer.identityToken.flatMap { $0.hasPrefix("@") ? $0.dropFirst() : nil }
        return [
            signer.key, token.map(String.init), services.signingConfig, trust.trustedRoot,
            trust.trustConfig, trust.tufRoot, connection.certificateAuthorities,
        ].compactMap { $0 }
    }
}
