import Console
import POSIX
import RetryEngine
import SigningCrypto
import Sigstore

/// What one of the verifying verbs is asked to do.
struct VerifyRequest {
    /// Nil when the artifact is not asked about.
    let artifact: ArtifactInput?
    let bundle: String
    let policy: VerificationPolicy
    /// Whether the bundle must hold an attestation.
    var needsEnvelope = false

    func perform(
        trust: TrustSource, limits: CallLimits, result: ResultOptions
    ) throws -> ExitCode {
        if case .file("-") = artifact, bundle == "-" {
            throw UsageError("the artifact and the bundle cannot both be stdin")
        }
        let text = try InputFile(bundle).content(limit: BundleLimit.size)
        let reporter = Reporter(isQuiet: result.quiet)
        let calls = try SigningCalls(limits) { reporter.note($0) }
        let verifier = Verifier(
            trustedRoot: try trust.trustedRoot(calls: calls, reporter: reporter))
        let answer = try answer(verifier, text)
        try answer.give(result)
        if case .notVerified(.noLogEntry, _) = answer, result.output == .text {
            reporter.hint(
                "a bundle without an entry needs --no-log, in cosign's words "
                    + "--insecure-ignore-tlog")
        }
        return answer.exitCode
    }

    private func answer(_ verifier: Verifier, _ text: [UInt8]) throws -> Answer {
        do {
            let bundle = try Self.bundle(text)
            if needsEnvelope, case .message = bundle.content {
                throw VerificationFailure.payloadType(
                    expected: Statement.payloadType, found: "no envelope")
            }
            let known = try artifact?.read(ArtifactNeed(of: bundle, key: policy.key))
            let verification = try verifier.verify(
                bundle, artifact: known ?? Artifact(digests: []), policy: policy)
            return .verified(verification, artifact?.label ?? self.bundle)
        } catch let failure as VerificationFailure {
            return .notVerified(failure, artifact?.label ?? bundle)
        }
    }

    private static func bundle(_ text: [UInt8]) throws(VerificationFailure) -> Bundle {
        do {
            return try Bundle(json: text)
        } catch {
            throw .bundle(error)
        }
    }
}

extension ArtifactInput {
    /// The longest artifact that is held in memory, where its signature is not over a digest.
    private static let messageLimit = 512 << 20

    /// The file's name, or the digest as it was given.
    var label: String {
        switch self {
        case .file("-"): "stdin"
        case .file(let path): path
        case .digest(let digest): digest.label
        }
    }

    /// Reads a file once, however many digests there are to be.
    func read(_ need: ArtifactNeed) throws -> Artifact {
        switch self {
        case .digest(let digest):
            return Artifact(digests: [digest])
        case .file(let path):
            let file = try InputFile(path)
            if need.isMessageNeeded {
                let message = try file.content(limit: Self.messageLimit)
                return Artifact(
                    digests: need.algorithms.map { Digest(of: message, using: $0) },
                    message: message)
            }
            let streams = need.algorithms.map(DigestStream.init)
            try file.forEachChunk { chunk in
                for stream in streams { stream.update(chunk) }
            }
            return Artifact(digests: streams.map { $0.finish() })
        }
    }
}
