import Console
import HTTP
import OCI
import RetryEngine
import SigningCrypto
import Sigstore

/// The way to the registries of a run: what is asked of them before anything is signed, and to verify.
final class Registries {
    /// What has been found out, for those who push later.
    let known: KnownRegistries
    private let calls: SigningCalls<SystemClock>
    /// Told what happens to calls.
    private let observer: (CallEvent) -> Void
    private let parallel: Int
    private var announced = AnnouncedCalls()
    /// Registries that have said that they do not have the API of referrers.
    private var withoutReferrers: Set<String> = []
    private var proofs: [Repository: RegistryError?] = [:]

    /// - Parameter parallel: How many calls are made at a time.
    init(
        _ calls: SigningCalls<SystemClock>, _ known: KnownRegistries, parallel: Int = 1,
        observer: @escaping (CallEvent) -> Void
    ) {
        self.calls = calls
        self.known = known
        self.parallel = parallel
        self.observer = observer
    }

    /// Says what will be asked, in that order; it is asked side by side.
    func announce(_ calls: [RegistryCall]) { announced.announce(calls) }

    /// Makes a call until it is answered, is refused, or no attempt or time is left.
    func ask(_ call: RegistryCall) throws(RegistryError) -> RegistryAnswer {
        let due = announced.due(
            by: call, atMost: known.isMet(call.repository.registry) ? parallel : 1)
        makeAhead(due)
        if let answer = try announced.answer(to: call) { return answer }
        let inquiry = Inquiry(call, known, calls, observer)
        return try inquiry.answer(to: calls.driver.perform(inquiry.call))
    }

    private func makeAhead(_ wanted: [RegistryCall]) {
        var begun: [Int: Inquiry] = [:]
        for call in wanted {
            let inquiry = Inquiry(call, known, calls, observer)
            begun[calls.driver.start(inquiry.call)] = inquiry
        }
        while !begun.isEmpty, let (number, outcome) = calls.driver.next() {
            guard let inquiry = begun.removeValue(forKey: number) else { continue }
            announced.keep(
                Result { () throws(RegistryError) in try inquiry.answer(to: outcome) },
                to: inquiry.registryCall)
        }
    }

    /// What a reference leads to, by its bytes.
    func resolve(_ reference: ImageReference) throws(RegistryError) -> ResolvedImage {
        let call = RegistryCall.manifest(reference.manifestName, in: reference.repository)
        return try ResolvedImage(reference, try ask(call).response)
    }

    /// Sees to it once that something can be pushed there, before a signature is made or logged for it.
    func prove(_ repository: Repository) throws(RegistryError) {
        if let known = proofs[repository] {
            if let known { throw known }
            return
        }
        do throws(RegistryError) {
            var proof = PushProof(to: repository)
            while let call = proof.next() {
                let answer = try ask(call)
                try proof.apply(answer.response, at: answer.url, answer.address)
            }
            proofs[repository] = .some(nil)
        } catch {
            proofs[repository] = error
            throw error
        }
    }

    /// Why nothing can be pushed there; nil where it can.
    func refusal(for repository: Repository) -> RegistryError? { proofs[repository].flatMap { $0 } }

    /// Everything that is signed of an image.
    func signatures(
        of image: Digest, in repository: Repository, isAttestation: Bool
    ) throws(RegistryError) -> [SignatureSearch.Found] {
        let search = SignatureSearch(of: image, in: repository) {
            [self] (call) throws(RegistryError) in
            let answer = try ask(call)
            if call.kind == .referrers, !answer.response.isSuccess {
                withoutReferrers.insert(repository.registry)
            }
            return (answer.response, answer.url, answer.address)
        }
        return try search.all(isAttestation: isAttestation)
    }

    /// What has been signed of an image, in the place where its signature goes.
    func signatures(
        of image: ImageDestination
    ) throws(RegistryError) -> [SignatureSearch.Found] {
        try signatures(
            of: image.subject.digest, in: image.destination, isAttestation: image.form == .both)
    }

    /// Says of which images the signatures will be looked up, in that order.
    func announce(signaturesOf images: [ImageDestination]) {
        announce(
            images.flatMap { image in
                SignatureSearch.firstCalls(
                    of: image.subject.digest, in: image.destination,
                    isAttestation: image.form == .both,
                    hasReferrers: !withoutReferrers.contains(image.destination.registry))
            })
    }
}

/// A call on its way to its answer.
private final class Inquiry {
    let registryCall: RegistryCall
    private let conversation: RegistryConversation
    private let calls: SigningCalls<SystemClock>
    private let observer: (CallEvent) -> Void
    private var found: RegistryAnswer?

    init(
        _ call: RegistryCall, _ known: KnownRegistries, _ calls: SigningCalls<SystemClock>,
        _ observer: @escaping (CallEvent) -> Void
    ) {
        registryCall = call
        conversation = RegistryConversation(with: call.repository.registry, known)
        self.calls = calls
        self.observer = observer
    }

    var call: HTTPCall<SystemClock.Instant> {
        HTTPCall(
            registryCall.name, to: conversation.service, policy: calls.policy,
            attemptLimit: calls.attemptLimit, deadline: calls.end, observer: observer,
            request: { [self] _ throws(HTTPFailure) in try conversation.begin(registryCall) },
            read: { [self] response in
                switch try conversation.take(response) {
                case .send(let request): return .send(request)
                case .answered(let answer):
                    found = answer
                    return .done
                }
            }, standIn: conversation.standIn)
    }

    func answer(to outcome: HTTPOutcome) throws(RegistryError) -> RegistryAnswer {
        if let found { return found }
        guard case .failure(let error) = outcome.result else {
            throw .exchange(.deadlineExceeded(last: nil), at: nil)
        }
        throw RegistryError(error, after: conversation.error)
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
        // Of a host a program is asked once.
        var answers: [[String]: RegistryCredentials?] = [:]
        self.init { (repository) throws(RegistryError) in
            try store.credentials(for: repository) { (name, host) throws(CredentialError) in
                if let known = answers[[name, host]] { return known }
                let found = try program.credentials(name, for: host)
                answers[[name, host]] = .some(found)
                return found
            }
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
