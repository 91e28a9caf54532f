import ArgumentParser
import Console
import SigningCrypto
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

    @OptionGroup(title: "Who must have signed")
    var identity: IdentityOptions

    @OptionGroup(title: "Whose word counts")
    var trust: TrustOptions

    @OptionGroup(title: "Services")
    var retry: RetryOptions

    @OptionGroup(title: "The answer")
    var result: ResultOptions

    func policy() throws -> VerificationPolicy {
        var policy = VerificationPolicy(signer: try identity.signer())
        policy.requiresLogEntry = !insecureIgnoreTlog && !privateInfrastructure
        policy.requiresCertificateTimestamp = !insecureIgnoreSct
        policy.requiresTimestamp = useSignedTimestamps
        return policy
    }

    func perform(_ request: VerifyRequest) throws -> ExitCode {
        try request.perform(
            trust: try TrustSource(trust, retry: try CallLimits(retry)), result: result)
    }

    func bundleName() throws -> String {
        guard let bundle else { throw UsageError("say which bundle to verify: --bundle FILE") }
        return bundle
    }
}

/// `retry-run verify-blob`, for command lines that were written for cosign.
struct VerifyBlob: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Like verify, with cosign's flags.")

    @Argument(help: ArgumentHelp("A file, - for stdin, or sha256:HEX.", valueName: "blob"))
    var blob: String

    @OptionGroup
    var options: CosignVerifyOptions

    func perform() throws -> ExitCode {
        try options.perform(
            VerifyRequest(
                artifact: try ArtifactInput(blob), bundle: try options.bundleName(),
                policy: try options.policy()))
    }
}

/// `retry-run verify-blob-attestation`, for command lines that were written for cosign.
struct VerifyBlobAttestation: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Verifies an attestation, with cosign's flags.")

    @Argument(help: ArgumentHelp("A file, - for stdin, or sha256:HEX.", valueName: "blob"))
    var blob: String?

    @Option(
        help: ArgumentHelp(
            "The type that the predicate must have. (default: custom)", valueName: "type"))
    var type = "custom"

    @Flag(
        inversion: .prefixedNo, help: "Whether the attestation must be about the blob.")
    var checkClaims = true

    @Option(
        help: ArgumentHelp(
            "The blob's digest in hexadecimal, instead of the blob.", valueName: "hex"))
    var digest: String?

    @Option(
        name: .customLong("digestAlg"),
        help: ArgumentHelp(
            "The algorithm of --digest: sha256, sha384 or sha512.", valueName: "name"))
    var digestAlgorithm: String?

    @OptionGroup
    var options: CosignVerifyOptions

    func perform() throws -> ExitCode {
        var policy = try options.policy()
        policy.predicateType = try Verify.predicateType(type)
        policy.checksSubject = checkClaims
        return try options.perform(
            VerifyRequest(
                artifact: try artifact(), bundle: try options.bundleName(), policy: policy,
                needsEnvelope: true))
    }

    private func artifact() throws -> ArtifactInput? {
        if let digest {
            guard blob == nil else { throw UsageError("--digest and a blob exclude each other") }
            guard let digestAlgorithm else { throw UsageError("--digest needs --digestAlg") }
            guard HashAlgorithm(rawValue: digestAlgorithm) != nil else {
                throw UsageError(
                    "--digestAlg '\(digestAlgorithm)': expected sha256, sha384 or sha512")
            }
            return try ArtifactInput("\(digestAlgorithm):\(digest)")
        }
        guard blob != nil || !checkClaims else {
            throw UsageError("say what the attestation must be about: a blob or --digest")
        }
        return try blob.map(ArtifactInput.init)
    }
}
