import Console
import HTTP
import OCI
import OperatingSystem
import RetryEngine
import SigningCrypto
import Sigstore

/// What `verify oci://…` is asked to do.
struct VerifyImageRequest {
    let reference: ImageReference
    /// Where its signatures are; that of the image if nil.
    let repository: Repository?
    let policy: VerificationPolicy
    /// The type that the statement must have; nil for a signature.
    let predicateType: String?
    /// What has to be among the image's annotations.
    let annotations: [String: String]
    let isOffline: Bool

    func perform(
        trust: TrustSource, limits: RetryConfiguration, result: ResultOptions
    ) throws -> ExitCode {
        let reporter = Reporter(isQuiet: result.quiet)
        let calls = try SigningCalls(limits, deadline: limits.end) { event, _ in
            reporter.note(event)
        }
        let known = try KnownRegistries(attemptLimit: calls.attemptLimit)
        let registries = Registries(calls, known) { event in
            reporter.note(SigningEvent.call(.trust, event))
        }
        let answer = try answer(trust, calls, registries, reporter)
        if let file = result.outputStatement, let content = answer.verified?.content {
            try result.writeStatement(content, to: file)
        }
        try answer.give(result)
        if let hint = answer.hint, result.output == .text { reporter.hint(hint) }
        return answer.exitCode
    }

    private var what: String {
        predicateType.map { "attestation of type \($0)" } ?? "signature"
    }

    /// The registry first: what it says may need no trust.
    private func answer(
        _ trust: TrustSource, _ calls: SigningCalls<SystemClock>, _ registries: Registries,
        _ reporter: Reporter
    ) throws -> ImageAnswer {
        var image = reference.digest
        func answer() -> ImageAnswer {
            let name = image.map { "\(reference.repository)@\($0.label)" }
            return ImageAnswer(name: "\(ImageName.prefix)\(reference)", image: name, what: what)
        }
        let found: [SignatureSearch.Found]
        let digest: Digest
        do throws(RegistryError) {
            digest =
                if let image { image } else { try registries.resolve(reference).descriptor.digest }
            image = digest
            found = try registries.signatures(
                of: digest, in: repository ?? reference.repository,
                isAttestation: predicateType != nil)
        } catch {
            try Cancellation.check()
            var answer = answer()
            answer.failure = .registry(error)
            return answer
        }
        var answered = answer()
        var signatures: [(Digest, ImageSignature)] = []
        for one in found {
            switch one.content {
            case .success(.bundle(let json)):
                signatures.append((one.manifest, ImageSignature(bundle: json, of: digest)))
            case .success(.layer(let layer, let descriptor)):
                signatures.append(
                    (
                        one.manifest,
                        ImageSignature(
                            layer: layer, annotations: descriptor.annotations,
                            isAttestation: predicateType != nil, of: digest)
                    ))
            case .failure(let error):
                answered.missing.append(.init(manifest: one.manifest, error: error))
            }
        }
        try judge(signatures, trust, calls, reporter, &answered)
        return answered
    }

    private func judge(
        _ signatures: [(Digest, ImageSignature)], _ trust: TrustSource,
        _ calls: SigningCalls<SystemClock>, _ reporter: Reporter, _ answer: inout ImageAnswer
    ) throws {
        let local = signatures.map { ($0.0, judgedLocally($0.1)) }
        var roots: [TrustedRoot] = [.empty]
        if local.contains(where: { $0.1.candidate.readable != nil }) {
            do {
                roots =
                    policy.asksForTrust
                    ? try trust.trustedRoots(calls: calls, reporter: reporter)
                    : trust.trustedRootsAtHand
            } catch let error as ServiceError where error.failureClass == .permanent {
                if let hint = error.hint { reporter.hint(hint) }
                answer.failure = .noTrust("\(error)")
                return
            }
        }
        let lookup = EntryLookup(calls: calls, roots: roots, isOffline: isOffline)
        for (manifest, signature) in local {
            answer.judged.append(
                ImageAnswer.Judged(
                    manifest: manifest, form: signature.form,
                    result: try result(signature, lookup), content: signature.signedContent))
        }
    }

    private func policy(of signature: ImageSignature) -> VerificationPolicy {
        signature.policy(policy, type: predicateType ?? ImageSignature.predicateType)
    }

    private func judgedLocally(_ signature: ImageSignature) -> ImageSignature {
        do throws(VerificationFailure) {
            let bundle = try signature.candidate.bundle.get()
            try Verifier.checkWithoutTrust(
                bundle, artifact: signature.artifact, policy: policy(of: signature))
            return signature
        } catch {
            return signature.replacing(signature.candidate.replacing(.failure(error)))
        }
    }

    private func result(
        _ signature: ImageSignature, _ lookup: EntryLookup
    ) throws -> Result<Verification, VerificationFailure> {
        let policy = policy(of: signature)
        let candidates = try lookup.completing([signature.candidate], signature.artifact, policy)
        let finding = Finding(
            candidates, trusting: lookup.roots, artifact: signature.artifact, policy: policy)
        return finding.result.flatMap { verification in
            do throws(VerificationFailure) {
                try signature.checkClaims(annotations: annotations)
                return .success(verification)
            } catch {
                return .failure(error)
            }
        }
    }
}
