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

    func perform(_ request: VerifyRequest) throws -> ExitCode {
        try request.perform(
            trust: try TrustSource(trust), limits: try CallLimits(retry), result: result)
    }
}
