import ArgumentParser
import Console
import Sigstore

/// `retry-run verify`
struct Verify: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Verifies who signed an artifact, by its bundle.",
        discussion: """
            Exit codes: 0 verified, 1 not verified, 69 a service did not answer while the trust was \
            refreshed, or a registry did not, 124 the deadline was over before it did, 125 an input cannot \
            be used.
            """)

    @Argument(
        help: ArgumentHelp(
            "What was signed: a file, - for stdin, sha256:HEX, or an image, oci://REFERENCE.",
            valueName: "artifact"))
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

    @Flag(help: "Require no transparency log entry, for bundles made with sign --no-log.")
    var noLog = false

    @Flag(help: "Require no signed certificate timestamp (SCT).")
    var insecureIgnoreSct = false

    @OptionGroup
    var image: ImageVerifyOptions

    @OptionGroup
    var options: VerifyOptions

    func perform() throws -> ExitCode {
        let predicateType = try type.map(Self.predicateType)
        var policy = try options.policy(before: [bundle])
        policy.predicateType = predicateType
        if noLog { policy.requiresLogEntry = false }
        if insecureIgnoreSct { policy.requiresCertificateTimestamp = false }
        if let artifact, ImageName.isImage(artifact) {
            return try verifyImage(artifact, policy, predicateType)
        }
        try image.refuse()
        let artifact = try artifactInput()
        let isDetached = options.detached.signature != nil
        return try options.perform(
            artifact, bundle: try bundle ?? (isDetached ? nil : artifact.defaultBundle()), policy)
    }

    private func verifyImage(
        _ word: String, _ policy: VerificationPolicy, _ type: String?
    ) throws -> ExitCode {
        guard digest == nil, bundle == nil else {
            throw UsageError(
                "an image's signatures are in its registry: leave out --bundle and --digest, or verify "
                    + "the digest itself: verify sha256:HEX --bundle FILE")
        }
        return try options.perform(
            try ImageName.reference(word), policy,
            predicateType: type == ImageSignature.predicateType ? nil : type,
            annotations: try image.annotations(),
            repository: try ImageName.signatureRepository("--from", image.from))
    }

    private func artifactInput() throws -> ArtifactInput {
        switch (artifact, digest) {
        case (let word?, nil): return try ArtifactInput(word)
        case (nil, let word?): return try ArtifactInput(digest: word)
        case (.some, .some): throw UsageError("--digest and an artifact are mutually exclusive")
        case (nil, nil):
            throw UsageError("say what was signed: a file, - for stdin, or --digest sha256:HEX")
        }
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
