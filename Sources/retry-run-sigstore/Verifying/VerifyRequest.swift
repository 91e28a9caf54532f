import Console
import HTTP
import OperatingSystem
import RetryEngine
import SigningCrypto
import Sigstore

/// What one of the verifying verbs is asked to do.
struct VerifyRequest {
    /// Nil when the artifact is not asked about.
    let artifact: ArtifactInput?
    /// A file of one bundle or several; nil where there is a signature by itself.
    let bundle: String?
    let detached: DetachedOptions
    let policy: VerificationPolicy
    /// Whether no service may be asked for anything.
    let isOffline: Bool

    func perform(
        trust: TrustSource, limits: RetryConfiguration, result: ResultOptions
    ) throws -> ExitCode {
        try checkStandardInput()
        let reporter = Reporter(isQuiet: result.quiet)
        let calls = try SigningCalls(limits, deadline: limits.end) { event, _ in
            reporter.note(event)
        }
        let outcome = try outcome(trust, calls, reporter)
        let answer = Answer(artifact: label, bundle: bundleLabel, outcome: outcome)
        if let file = result.outputStatement, answer.exitCode == .success {
            guard let statement = answer.statement else {
                throw UsageError("--output-statement: what was verified is no attestation")
            }
            try result.writeStatement(statement, to: file)
        }
        try answer.give(result)
        if answer.isWithoutLogEntry, result.output == .text {
            reporter.hint(
                "a bundle without an entry needs --no-log, in cosign's words "
                    + "--insecure-ignore-tlog")
        }
        return answer.exitCode
    }

    /// All that is here is judged before anybody is asked for trust.
    private func outcome(
        _ trust: TrustSource, _ calls: SigningCalls<SystemClock>, _ reporter: Reporter
    ) throws -> Answer.Outcome {
        let authority = try detached.authority()
        var candidates: [Candidate]
        do {
            candidates = try self.candidates()
        } catch let error as BundleError {
            return .found(Finding(.failure(.bundle(error))), help: nil)
        }
        let need = ArtifactNeed(of: candidates, key: policy.key)
        let artifact = try artifact?.read(need) ?? Artifact(digests: [])
        if trust.isFetched { candidates = candidates.map { judgedLocally($0, artifact) } }
        if candidates.allSatisfy({ $0.readable == nil }) {
            let finding = Finding(
                candidates, trusting: [.empty], artifact: artifact, policy: policy)
            return .found(finding, help: nil)
        }
        do {
            var roots = try trustedRoots(trust, calls, reporter, candidates)
            if let authority {
                roots = roots.map {
                    $0.replacingAuthorities(with: authority, uri: "--certificate-chain")
                }
            }
            let lookup = EntryLookup(calls: calls, roots: roots, isOffline: isOffline)
            let finding = Finding(
                try lookup.completing(candidates, artifact, policy), trusting: roots,
                artifact: artifact, policy: policy)
            return .found(finding, help: help(finding, trust, roots))
        } catch let error as ServiceError where error.failureClass == .permanent {
            if let hint = error.hint { reporter.hint(hint) }
            return .noTrust("\(error)")
        }
    }

    private func judgedLocally(_ candidate: Candidate, _ artifact: Artifact) -> Candidate {
        do throws(VerificationFailure) {
            try Verifier.checkWithoutTrust(
                try candidate.bundle.get(), artifact: artifact, policy: policy)
            return candidate
        } catch {
            return candidate.replacing(.failure(error))
        }
    }

    private func trustedRoots(
        _ trust: TrustSource, _ calls: SigningCalls<SystemClock>, _ reporter: Reporter,
        _ candidates: [Candidate]
    ) throws -> [TrustedRoot] {
        guard policy.asksForTrust else { return trust.trustedRootsAtHand }
        do {
            return try trust.trustedRoots(calls: calls, reporter: reporter)
        } catch var error as ServiceError {
            let roots = trust.trustedRootsAtHand
            let help = candidates.compactMap(\.readable).lazy
                .compactMap { trust.help(with: $0, insteadOf: roots) }.first
            error.hint = help.map { "'\(bundleLabel)': \($0)" } ?? error.hint
            throw error
        }
    }

    /// What may have been meant, where it is not verified.
    private func help(
        _ finding: Finding, _ trust: TrustSource, _ roots: [TrustedRoot]
    ) -> String? {
        guard case .failure = finding.result, let bundle = finding.bundle else { return nil }
        return trust.help(with: bundle, insteadOf: roots)
    }

    /// What may show who signed: the bundles, or the signature. Of both, the bundles of that signature.
    private func candidates() throws -> [Candidate] {
        let signature = try detached.bundle()
        guard let bundle else { return [Candidate(signature ?? .failure(.bundle(.noneInside)))] }
        let file = try BundleFile(try InputFile(bundle).content(limit: BundleLimit.size))
        guard let wanted = try signature?.get() else { return file.candidates }
        return file.candidates.map { candidate in
            guard let bundle = candidate.readable, !bundle.isOf(wanted) else { return candidate }
            return candidate.replacing(.failure(.bundle(.otherSignature)))
        }
    }

    private func checkStandardInput() throws {
        let names = [
            ("the artifact", artifact?.path), ("the bundle", bundle),
            ("the signature", detached.signature), ("the certificate", detached.certificate),
        ].filter { $0.1 == "-" }.map(\.0)
        if names.count > 1 {
            throw UsageError("\(names.joined(separator: " and ")) cannot both be stdin")
        }
    }

    private var bundleLabel: String {
        let name = bundle ?? detached.signature ?? ""
        return name == "-" ? "stdin" : name
    }

    /// What the answer is about: an artifact that is not compared with anything is not verified.
    private var label: String {
        guard let artifact, policy.checksSubject else { return bundleLabel }
        return artifact.label
    }
}

extension ArtifactInput {
    /// The longest artifact that is held in memory, where its signature is not over a digest.
    private static let messageLimit = 512 << 20

    /// The file's name, or the digest as it was read.
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
