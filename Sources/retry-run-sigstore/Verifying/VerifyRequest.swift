import Console
import POSIX
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
        trust: TrustSource, limits: CallLimits, result: ResultOptions
    ) throws -> ExitCode {
        try checkStandardInput()
        let reporter = Reporter(isQuiet: result.quiet)
        let finding = try finding(trust, limits, reporter)
        let answer = Answer(finding, artifact: label, bundle: bundleName)
        try answer.give(result)
        if case .failure(.noLogEntry) = finding.result, result.output == .text {
            reporter.hint(
                "a bundle without an entry needs --no-log, in cosign's words "
                    + "--insecure-ignore-tlog")
        }
        return answer.exitCode
    }

    private func finding(
        _ trust: TrustSource, _ limits: CallLimits, _ reporter: Reporter
    ) throws -> Finding {
        let authority = try detached.authority()
        let candidates: [Candidate]
        do {
            candidates = try self.candidates()
        } catch let error as BundleError {
            return Finding(.failure(.bundle(error)))
        }
        let need = ArtifactNeed(of: candidates, key: policy.key)
        let known = try artifact?.read(need) ?? Artifact(digests: [])
        if !candidates.contains(where: \.isReadable) {
            return Finding(candidates, trusting: [.empty], artifact: known, policy: policy)
        }
        let calls = try SigningCalls(limits) { reporter.note($0, attempts: limits.policy.attempts) }
        var roots = [TrustedRoot.empty]
        if policy.asksForTrust { roots = try trust.trustedRoots(calls: calls, reporter: reporter) }
        if let authority {
            roots = roots.map {
                $0.replacingAuthorities(with: authority, uri: "--certificate-chain")
            }
        }
        let lookup = EntryLookup(calls: calls, roots: roots, isOffline: isOffline)
        return Finding(
            try lookup.completing(candidates, known, policy), trusting: roots, artifact: known,
            policy: policy)
    }

    /// What may show who signed: the bundles, or the signature. Of both, the bundles of that signature.
    private func candidates() throws -> [Candidate] {
        let signature = try detached.bundle()
        guard let bundle else { return [Candidate(signature ?? .failure(.bundle(.noneInside)))] }
        let file = try BundleFile(try InputFile(bundle).content(limit: BundleLimit.size))
        guard let signature else { return file.candidates }
        let wanted = try signature.get()
        return file.candidates.map { candidate in
            guard case .success(let bundle) = candidate.bundle, !bundle.isOf(wanted) else {
                return candidate
            }
            return candidate.replacing(.failure(.bundle(.otherSignature)))
        }
    }

    private func checkStandardInput() throws {
        var inputs: [(String, String?)] = [
            ("the bundle", bundle), ("the signature", detached.signature),
            ("the certificate", detached.certificate),
        ]
        if case .file(let path) = artifact { inputs.insert(("the artifact", path), at: 0) }
        let names = inputs.filter { $0.1 == "-" }.map(\.0)
        if names.count > 1 {
            throw UsageError("\(names.joined(separator: " and ")) cannot both be stdin")
        }
    }

    private var bundleName: String {
        let name = bundle ?? detached.signature ?? ""
        return name == "-" ? "stdin" : name
    }

    /// What the answer is about: an artifact that is not compared with anything is not verified.
    private var label: String {
        guard let artifact, policy.checksSubject else { return bundleName }
        return artifact.label
    }
}

extension Candidate {
    fileprivate var isReadable: Bool { (try? bundle.get()) != nil }
}

extension VerificationPolicy {
    /// Whether it matters whom to trust: a key that needs no log speaks for itself.
    fileprivate var asksForTrust: Bool { key == nil || requiresLogEntry || requiresTimestamp }
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
