import ArgumentParser
import Console

/// What every verifying verb takes.
struct VerifyOptions: ParsableArguments {
    @OptionGroup(title: "Who must have signed")
    var identity: IdentityOptions

    @OptionGroup(title: "Whose word counts")
    var trust: TrustOptions

    @OptionGroup(title: "Services")
    var retry: RetryOptions

    @OptionGroup(title: "The answer")
    var result: ResultOptions

    /// - Parameter limits: Those of the options if nil.
    func perform(_ request: VerifyRequest, limits: CallLimits? = nil) throws -> ExitCode {
        let files = [
            request.artifact?.path, request.bundle, identity.key, trust.trustedRoot,
            trust.trustConfig, trust.tufRoot, retry.certificateAuthorities,
        ]
        try result.check(inputs: files.compactMap { $0 })
        let limits = try limits ?? CallLimits(retry)
        limits.start()
        return try request.perform(
            trust: try TrustSource(trust), limits: limits, result: result)
    }
}
