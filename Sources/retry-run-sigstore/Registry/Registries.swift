import Console
import HTTP
import OCI
import RetryEngine
import SigningCrypto
import Sigstore

/// The way to the registries of a run: what is asked of them one call after the other, before anything is
/// signed, and to verify.
final class Registries {
    /// What has been found out, for those who push later.
    let known: KnownRegistries
    private let calls: SigningCalls<SystemClock>
    /// Told what happens to calls.
    private let observer: (CallEvent) -> Void

    /// - Throws: `UsageError` for credentials that cannot be read.
    init(
        _ calls: SigningCalls<SystemClock>, observer: @escaping (CallEvent) -> Void
    ) throws {
        self.calls = calls
        self.observer = observer
        known = try KnownRegistries(attemptLimit: calls.attemptLimit)
    }

    /// Makes a call until it is answered, is refused, or no attempt or time is left.
    func ask(_ call: RegistryCall) throws(RegistryError) -> RegistryAnswer {
        let conversation = RegistryConversation(with: call.repository.registry, known)
        var answer: RegistryAnswer?
        let outcome = calls.driver.perform(
            HTTPCall(
                call.name, to: conversation.service, policy: calls.policy,
                attemptLimit: calls.attemptLimit,
                deadline: calls.end, observer: observer,
                request: { _ throws(HTTPFailure) in try conversation.begin(call) },
                read: { response in
                    switch try conversation.take(response) {
                    case .send(let request): return .send(request)
                    case .answered(let found):
                        answer = found
                        return .done
                    }
                }, standIn: conversation.standIn))
        if let answer { return answer }
        guard case .failure(let error) = outcome.result else {
            throw .exchange(.deadlineExceeded(last: nil), at: nil)
        }
        throw RegistryError(error, after: conversation.error)
    }

    /// What a reference leads to, by its bytes.
    func resolve(_ reference: ImageReference) throws(RegistryError) -> ResolvedImage {
        let call = RegistryCall.manifest(reference.manifestName, in: reference.repository)
        return try ResolvedImage(reference, try ask(call).response)
    }

    /// Sees to it that something can be pushed there.
    func prove(_ repository: Repository) throws(RegistryError) {
        var proof = PushProof(to: repository)
        while let call = proof.next() {
            let answer = try ask(call)
            try proof.apply(answer.response, at: answer.url, answer.address)
        }
    }

    /// Everything that is signed of an image.
    func signatures(
        of image: Digest, in repository: Repository, isAttestation: Bool
    ) throws(RegistryError) -> [SignatureSearch.Found] {
        let search = SignatureSearch(of: image, in: repository) {
            [self] (call) throws(RegistryError) in
            let answer = try ask(call)
            return (answer.response, answer.url, answer.address)
        }
        return try search.all(isAttestation: isAttestation)
    }
}

extension KnownRegistries {
    /// With the credentials on this machine.
    ///
    /// - Parameter attemptLimit: The longest that a program may take that keeps some.
    /// - Throws: `UsageError` for credentials that cannot be read.
    convenience init(attemptLimit: Duration?) throws {
        let store = try CredentialStore()
        let program = CredentialProgram(
            cancellation: Cancellation.descriptor,
            timeout: min(attemptLimit ?? .seconds(60), .seconds(60)))
        self.init { (repository) throws(RegistryError) in
            try store.credentials(for: repository, program)
        }
    }
}

extension RegistryError {
    /// How a verb ends that has failed by it.
    var exitCode: ExitCode {
        if case .credentials = self { return .unusable }
        switch failureClass {
        case .permanent: return .refused
        case .deadline: return .timedOut
        case .notSent, .unknownOutcome, .cancelled: return .unavailable
        }
    }
}
