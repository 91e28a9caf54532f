import ArgumentParser
import Console
import SigningCrypto
import Sigstore

/// `retry-run verify-blob-attestation`, for command lines that were written for cosign.
struct VerifyBlobAttestation: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Verifies an attestation, with cosign's flags.")

    @Argument(help: ArgumentHelp("A file, - for stdin, or sha256:HEX.", valueName: "blob"))
    var blob: String?

    @Option(
        help: ArgumentHelp(
            "The type that the predicate must have. (default: custom)", valueName: "type"),
        completion: .list(PredicateType.aliases))
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
            "The algorithm of --digest: sha256, sha384 or sha512.", valueName: "name"),
        completion: .list(["sha256", "sha384", "sha512"]))
    var digestAlgorithm: String?

    @OptionGroup
    var cosign: CosignVerifyOptions

    func perform() throws -> ExitCode {
        var policy = try cosign.policy()
        policy.predicateType = try Verify.predicateType(type)
        policy.checksSubject = checkClaims
        policy.requiresAttestation = true
        return try cosign.perform(try artifact(), bundle: try cosign.bundleName(), policy)
    }

    private func artifact() throws -> ArtifactInput? {
        if let digest {
            guard blob == nil else {
                throw UsageError("--digest and a blob are mutually exclusive")
            }
            guard let digestAlgorithm else { throw UsageError("--digest needs --digestAlg") }
            guard HashAlgorithm(rawValue: digestAlgorithm) != nil else {
                throw UsageError(
                    "--digestAlg \(quoted(digestAlgorithm)): expected sha256, sha384 or sha512")
            }
            return try ArtifactInput(digest: "\(digestAlgorithm):\(digest)")
        }
        guard blob != nil || !checkClaims else {
            throw UsageError("say what the attestation must be about: a blob or --digest")
        }
        return try blob.map { try ArtifactInput($0) }
    }
}
