import ArgumentParser
import Console
import Sigstore

/// The flags that cosign's two verifying verbs share, with cosign's meaning.
struct CosignVerifyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The Sigstore bundle.", valueName: "file"))
    var bundle: String?

    @Flag(help: "Do without a log's promise that it has the certificate.")
    var insecureIgnoreSct = false

    @Flag(help: "Do without a transparency log entry.")
    var insecureIgnoreTlog = false

    @Flag(help: "The same as --insecure-ignore-tlog.")
    var privateInfrastructure = false

    @Flag(help: "Ask for a timestamp by a timestamp authority.")
    var useSignedTimestamps = false

    @Flag(help: "Taken and not needed: there is no other format.")
    var newBundleFormat = false

    @Option(help: ArgumentHelp("Taken and not needed.", valueName: "n"))
    var maxWorkers: Int?

    @OptionGroup
    var options: VerifyOptions

    /// cosign's `--timeout` is the limit of everything.
    func perform(
        _ artifact: ArtifactInput?, bundle: String?, _ policy: VerificationPolicy
    ) throws -> ExitCode {
        try options.perform(
            artifact, bundle: bundle, policy, limits: try CallLimits(ofCosign: options.retry))
    }

    func policy() throws -> VerificationPolicy {
        var policy = try options.policy()
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
