import ArgumentParser
import Console
import SigningCrypto
import Sigstore

/// What every signing verb takes.
struct SigningOptions: ParsableArguments {
    @OptionGroup(title: "In whose name")
    var signer: SignerOptions

    @OptionGroup(title: "Services")
    var services: SigningServiceOptions

    @OptionGroup(title: "Whose word counts")
    var trust: TrustOptions

    @OptionGroup(title: "Retries")
    var retry: RetryOptions

    /// - Throws: `UsageError` for options that cannot be used, before anything else is done.
    ///
    /// - Parameter inputs: The files that the verb reads besides.
    func request(
        _ command: String, _ outcome: OutcomeOptions, inputs: [String], limits: CallLimits? = nil
    ) throws -> SignRequest {
        try signer.check()
        if trust.trustConfig != nil, services.signingConfig != nil {
            throw UsageError("--trust-config and --signing-config exclude each other")
        }
        return SignRequest(
            command: command, signer: signer, trust: try TrustSource(trust),
            signingConfigFile: services.signingConfig,
            needs: try services.needs(isKeyed: signer.key != nil),
            limits: try limits ?? CallLimits(retry), outcome: outcome,
            inputs: inputs + self.inputs)
    }

    /// The private key that signs; nil for a key that is made for the run.
    func key(_ password: Password) throws -> PrivateKey? {
        try signer.key.map { try KeyReference($0).key(password) }
    }

    /// The files that these options read.
    var inputs: [String] {
        let token = signer.identityToken.flatMap { $0.hasPrefix("@") ? $0.dropFirst() : nil }
        return [
            signer.key, token.map(String.init), services.signingConfig, trust.trustedRoot,
            trust.trustConfig, trust.tufRoot, retry.certificateAuthorities,
        ].compactMap { $0 }
    }
}
