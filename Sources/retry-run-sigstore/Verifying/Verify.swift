import ArgumentParser
import Console
import Sigstore

/// `retry-run verify`
struct Verify: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Says whether a bundle shows who signed an artifact.",
        discussion: """
            Exit codes: 0 verified, 1 not verified, 69 a service did not answer while the trust was \
            refreshed, 124 the deadline was over before it did, 125 an input cannot be used.
            """)

    @Argument(
        help: ArgumentHelp(
            "What was signed: a file, - for stdin, or sha256:HEX.", valueName: "artifact"))
    var artifact: String

    @Option(
        name: [.customShort("b", allowingJoined: true), .long],
        help: ArgumentHelp(
            "The Sigstore bundle. (default: ARTIFACT.sigstore.json, ARTIFACT.sigstore)",
            valueName: "file"))
    var bundle: String?

    @Option(
        help: ArgumentHelp(
            "The type that the predicate of an attestation must have: a URI, or one of "
                + PredicateType.aliases.joined(separator: ", ") + ".",
            valueName: "type"),
        completion: .list(PredicateType.aliases))
    var type: String?

    @Flag(help: "Ask for no entry in a transparency log, as for bundles by sign --no-log.")
    var noLog = false

    @Flag(help: "Do without a log's promise that it has the certificate.")
    var insecureIgnoreSct = false

    @OptionGroup
    var options: VerifyOptions

    func perform() throws -> ExitCode {
        let predicateType = try type.map(Self.predicateType)
        var policy = VerificationPolicy(signer: try options.signer(before: [bundle]))
        policy.predicateType = predicateType
        policy.requiresLogEntry = !noLog
        policy.requiresCertificateTimestamp = !insecureIgnoreSct
        let artifact = try ArtifactInput(artifact)
        return try options.perform(
            VerifyRequest(
                artifact: artifact, bundle: try bundle ?? artifact.defaultBundle(), policy: policy))
    }

    static func predicateType(_ word: String) throws -> String {
        guard let uri = PredicateType.uri(word) else {
            throw UsageError(
                "--type \(quoted(word)): expected a URI or one of "
                    + PredicateType.aliases.joined(separator: ", "))
        }
        return uri
    }
}
