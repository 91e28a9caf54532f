import Console
import HTTP
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
        if let report = result.report {
            do {
                try OutputFile(report).probe()
            } catch {
                throw UsageError("--report \(error)")
            }
        }
        let reporter = Reporter(isQuiet: result.quiet)
        let calls = try SigningCalls(limits) { reporter.note($0, attempts: limits.policy.attempts) }
        let finding = try finding(trust, calls, reporter)
        let answer = Answer(
            artifact: artifact?.label ?? bundleLabel, bundle: bundleLabel, finding: finding)
        try answer.give(result)
        if case .notVerified(.noLogEntry, _) = finding, result.output == .text {
            reporter.hint(
                "a bundle without an entry needs --no-log, in cosign's words "
                    + "--insecure-ignore-tlog")
        }
        return answer.exitCode
    }

    private var bundleLabel: String { bundle == "-" ? "stdin" : bundle }

    /// All that is here is judged before anybody is asked for trust.
    private func finding(
        _ trust: TrustSource, _ calls: SigningCalls<SystemClock>, _ reporter: Reporter
    ) throws -> Answer.Finding {
        do {
            let bundle = try Self.bundle(InputFile(self.bundle).content(limit: BundleLimit.size))
            if needsEnvelope, case .message = bundle.content {
                throw VerificationFailure.payloadType(
                    expected: Statement.payloadType, found: "no envelope")
            }
            let known = try artifact?.read(ArtifactNeed(of: bundle, key: policy.key))
            let artifact = known ?? Artifact(digests: [])
            if trust.isFetched {
                try Verifier.checkWithoutTrust(bundle, artifact: artifact, policy: policy)
            }
            return try finding(bundle, artifact, trust) {
                try trust.trustedRoot(calls: calls, reporter: reporter)
            }
        } catch let failure as VerificationFailure {
            return .notVerified(failure, help: nil)
        } catch let error as ServiceError where error.failureClass == .permanent {
            if let hint = error.hint { reporter.hint(hint) }
            return .noTrust("\(error)")
        }
    }

    private func finding(
        _ bundle: Bundle, _ artifact: Artifact, _ trust: TrustSource,
        fetch: () throws -> TrustedRoot
    ) throws -> Answer.Finding {
        let trustedRoot: TrustedRoot
        do {
            trustedRoot = policy.asksForTrust ? try fetch() : trust.trustedRootAtHand
        } catch var error as ServiceError {
            let help = trust.help(with: bundle, insteadOf: trust.trustedRootAtHand)
            error.hint = help.map { "'\(bundleLabel)': \($0)" } ?? error.hint
            throw error
        }
        do throws(VerificationFailure) {
            return .verified(
                try Verifier(trustedRoot: trustedRoot)
                    .verify(bundle, artifact: artifact, policy: policy))
        } catch {
            return .notVerified(error, help: trust.help(with: bundle, insteadOf: trustedRoot))
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
