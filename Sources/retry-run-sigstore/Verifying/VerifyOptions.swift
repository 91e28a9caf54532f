import ArgumentParser
import Console
import OCI
import Patterns
import Sigstore

/// What every verifying verb takes.
struct VerifyOptions: ParsableArguments {
    @OptionGroup(title: "Identity")
    var identity: IdentityOptions

    @OptionGroup(title: "Detached signature")
    var detached: DetachedOptions

    @OptionGroup(title: "Trust")
    var trust: TrustOptions

    @OptionGroup(title: "Services")
    var retry: RetryOptions<CallTexts>

    @OptionGroup(title: "Services")
    var connection: ConnectionOptions

    @OptionGroup(title: "Output")
    var result: ResultOptions

    /// What the options ask for. GitHub's instance has no log, and stamps what it signs; its names are
    /// vouched for by GitHub Actions, or by nobody but itself.
    ///
    /// - Parameters:
    ///   - inputs: The files that will be read besides.
    ///   - limits: Those of the options if nil.
    func policy(
        before inputs: [String?], limits: RetryConfiguration? = nil
    ) throws -> VerificationPolicy {
        let gitHubs = TextRule.oneOf(["https://token.actions.githubusercontent.com", ""])
        let inputs = inputs + [detached.certificate, detached.certificateChain]
        var policy = VerificationPolicy(
            signer: try signer(
                issuer: trust.github ? gitHubs : nil, before: inputs,
                limits: try limits ?? RetryConfiguration(retry, connection)))
        guard trust.github else { return policy }
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
        limits: RetryConfiguration? = nil
    ) throws -> ExitCode {
        try detached.check(key: identity.key)
        let files = [
            artifact?.path, bundle, detached.signature, detached.certificate,
            detached.certificateChain, identity.key, trust.trustedRoot, trust.trustConfig,
            trust.tufRoot, connection.certificateAuthorities,
        ]
        try result.check(inputs: files.compactMap { $0 })
        let limits = try limits ?? RetryConfiguration(retry, connection)
        limits.start()
        return try VerifyRequest(
            artifact: artifact, bundle: bundle, detached: detached, policy: policy,
            isOffline: trust.offline
        ).perform(trust: try TrustSource(trust), limits: limits, result: result)
    }

    /// Verifies what a registry has beside an image.
    ///
    /// - Parameters:
    ///   - predicateType: Nil for a signature.
    ///   - repository: Where its signatures are; that of the image if nil.
    func perform(
        _ reference: ImageReference, _ policy: VerificationPolicy, predicateType: String?,
        annotations: [String: String], repository: Repository?
    ) throws -> ExitCode {
        guard detached.signature == nil, detached.certificate == nil else {
            throw UsageError("an image's signatures are in its registry: leave out --signature")
        }
        let files = [
            identity.key, trust.trustedRoot, trust.trustConfig, trust.tufRoot,
            connection.certificateAuthorities,
        ]
        try result.check(inputs: files.compactMap { $0 })
        let limits = try RetryConfiguration(retry, connection)
        limits.start()
        return try VerifyImageRequest(
            reference: reference, repository: repository, policy: policy,
            predicateType: predicateType, annotations: annotations, isOffline: trust.offline
        ).perform(trust: try TrustSource(trust), limits: limits, result: result)
    }
}
