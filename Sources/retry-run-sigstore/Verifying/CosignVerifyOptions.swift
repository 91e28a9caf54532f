import ArgumentParser
import Console
import Sigstore

/// The flags that cosign's two verifying verbs share, with cosign's meaning.
struct CosignVerifyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The Sigstore bundle.", valueName: "file"))
    var bundle: String?

    @Flag(help: "Require no signed certificate timestamp (SCT).")
    var insecureIgnoreSct = false

    @Flag(help: "Require no transparency log entry.")
    var insecureIgnoreTlog = false

    @Flag(help: "The same as --insecure-ignore-tlog.")
    var privateInfrastructure = false

    @Flag(help: "Require a timestamp of a timestamp authority.")
    var useSignedTimestamps = false

    @Flag(help: "Accepted for compatibility; ignored: there is no other format.")
    var newBundleFormat = false

    @Option(help: ArgumentHelp("Accepted for compatibility; ignored.", valueName: "n"))
    var maxWorkers: Int?

    @OptionGroup
    var options: VerifyOptions

    /// cosign's `--timeout` is the limit of everything.
    func perform(
        _ artifact: ArtifactInput?, bundle: String?, _ policy: VerificationPolicy
    ) throws -> ExitCode {
        try options.perform(artifact, bundle: bundle, policy, limits: try limits)
    }

    private var limits: RetryConfiguration {
        get throws { try RetryConfiguration(ofCosign: options.retry, options.connection) }
    }

    func policy() throws -> VerificationPolicy {
        var policy = try options.policy(before: [bundle], limits: limits)
        if insecureIgnoreTlog || privateInfrastructure { policy.requiresLogEntry = false }
        if insecureIgnoreSct { policy.requiresCertificateTimestamp = false }
        if useSignedTimestamps { policy.requiresTimestamp = true }
        return policy
    }

    /// Nil where a signature is given by itself.
    func bundleName() throws -> String? {
        if bundle == nil, options.detached.signature == nil {
            throw UsageError(
                "say which bundle to verify: --bundle FILE; or --signature FILE with --key or "
                    + "--certificate")
        }
        return bundle
    }
}
