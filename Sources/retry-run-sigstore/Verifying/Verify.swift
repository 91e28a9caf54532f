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
    var artifact: String?

    @Option(
        help: ArgumentHelp(
            "The artifact's digest, instead of the artifact: sha256:HEX.", valueName: "digest"))
    var digest: String?

    @Option(
        name: [.customShort("b", allowingJoined: true), .long],
        help: ArgumentHelp(
            "The bundle, or several in one file. (default: ARTIFACT.sigstore.json, "
                + "ARTIFACT.sigstore)",
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
        var policy = try options.policy()
        policy.predicateType = try type.map(Self.predicateType)
        if noLog { policy.requiresLogEntry = false }
        if insecureIgnoreSct { policy.requiresCertificateTimestamp = false }
        let artifact = try artifactInput()
        let isDetached = options.detached.signature != nil
        return try options.perform(
            artifact, bundle: try bundle ?? (isDetached ? nil : artifact.defaultBundle()), policy)
    }

    private func artifactInput() throws -> ArtifactInput {
        switch (artifact, digest) {
        case (let word?, nil): return try ArtifactInput(word)
        case (nil, let word?): return try ArtifactInput(digest: word)
        case (.some, .some): throw UsageError("--digest and an artifact exclude each other")
        case (nil, nil):
            throw UsageError("say what was signed: a file, - for stdin, or --digest sha256:HEX")
        }
    }

    static func predicateType(_ word: String) throws -> String {
        guard let uri = PredicateType.uri(word) else {
            throw UsageError(
                "--type '\(word)': expected a URI or one of "
                    + PredicateType.aliases.joined(separator: ", "))
        }
        return uri
    }
}
