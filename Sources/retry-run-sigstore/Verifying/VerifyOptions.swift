import ArgumentParser
import Console
import Sigstore

/// What every verifying verb takes.
struct VerifyOptions: ParsableArguments {
    @OptionGroup(title: "Who must have signed")
    var identity: IdentityOptions

    @OptionGroup(title: "A signature that is no bundle")
    var detached: DetachedOptions

    @OptionGroup(title: "Whose word counts")
    var trust: TrustOptions

    @OptionGroup(title: "Services")
    var retry: RetryOptions

    @OptionGroup(title: "The answer")
    var result: ResultOptions

    /// What the options ask for. GitHub's instance has no log, and stamps what it signs; its names are
    /// vouched for by GitHub Actions, or by nobody but itself.
    func policy() throws -> VerificationPolicy {
        guard trust.github else { return VerificationPolicy(signer: try identity.signer()) }
        var policy = VerificationPolicy(
            signer: try identity.signer(
                issuer: .oneOf(["https://token.actions.githubusercontent.com", ""])))
        policy.requiresLogEntry = false
        policy.requiresCertificateTimestamp = false
        policy.requiresTimestamp = policy.key == nil
        return policy
    }

    /// - Parameters:
    ///   - bundle: A file; nil where there is a signature by itself.
    ///   - limits: Those of the options if nil.
    func perform(
        _ artifact: ArtifactInput?, bundle: String?, _ policy: VerificationPolicy,
        limits: CallLimits? = nil
    ) throws -> ExitCode {
        try detached.check(key: identity.key)
        let files = [
            artifact?.path, bundle, detached.signature, detached.certificate,
            detached.certificateChain, identity.key, trust.trustedRoot, trust.trustConfig,
            trust.tufRoot, retry.certificateAuthorities,
        ]
        try result.check(inputs: files.compactMap { $0 })
        let limits = try limits ?? CallLimits(retry)
        limits.start()
        return try VerifyRequest(
            artifact: artifact, bundle: bundle, detached: detached, policy: policy,
            isOffline: trust.offline
        ).perform(trust: try TrustSource(trust), limits: limits, result: result)
    }
}
