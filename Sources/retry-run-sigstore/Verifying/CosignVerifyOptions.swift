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
    func perform(_ request: VerifyRequest) throws -> ExitCode {
        try options.perform(request, limits: try CallLimits(ofCosign: options.retry))
    }

    func policy() throws -> VerificationPolicy {
        var policy = VerificationPolicy(signer: try options.signer(before: [bundle]))
        policy.requiresLogEntry = !insecureIgnoreTlog && !privateInfrastructure
        policy.requiresCertificateTimestamp = !insecureIgnoreSct
        policy.requiresTimestamp = useSignedTimestamps
        return policy
    }

    func bundleName() throws -> String {
        guard let bundle else { throw UsageError("say which bundle to verify: --bundle FILE") }
        return bundle
    }
}
