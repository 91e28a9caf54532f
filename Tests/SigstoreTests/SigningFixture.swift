import FoundationEssentials
import HTTP
import JSON
import OCI
import OpenIDConnect
import RetryEngine
import SigningCrypto
import TestSupport

@testable import Sigstore
@testable import SigstoreSandbox

/// One signing against a sandbox, and what came of it.
final class SigningFixture {
    enum Log: String, CaseIterable {
        case v1
        case v2

        var service: ServiceName { self == .v1 ? .rekorV1 : .rekorV2 }
    }

    enum Token {
        /// As GitHub's runners get theirs: a new one whenever it is asked.
        case requested
        /// One that is there already, spoiled by a fault if there is one.
        case given(Fault?)
    }

    let transport: SandboxTransport
    let trustedRoot: TrustedRoot
    let log: Log
    var token = Token.requested
    var policy = RetryPolicy.signing
    var attemptLimit = RetryPolicy.signingAttemptLimit
    /// Of each signature.
    var limit: Duration?
    /// Of the run.
    var deadline: Duration? = RetryPolicy.signingDeadline
    var parallel = 1
    var expectation = IdentityExpectation.anyone
    var needs = SigningServices.Needs()
    var key: PrivateKey?
    var contents: [SignableContent]
    /// Where signatures go, by the numbers of their contents.
    var images: [Int: ImageDestination] = [:]
    private let registries = KnownRegistries { _ in nil }
    /// Changes what the services are chosen from.
    var config: (inout SigningConfig) -> Void = { _ in }

    /// What a newer signing config would say after a log was frozen.
    var newer: ((SigningServices) throws -> SigningServices)?

    private(set) var events: [SigningEvent] = []
    private(set) var bundles: [SignedBundle] = []
    /// Those of `bundles`.
    private(set) var sessions: [SigningSession] = []
    private(set) var errors: [SigningError] = []
    private(set) var pending: [SigningSession] = []
    /// Why sessions were signed anew.
    private(set) var anew: [String] = []
    /// What was to be stored, in its order.
    private(set) var stored: [(number: Int, session: SigningSession)] = []

    convenience init(_ log: Log = .v2, _ faults: String..., localSkew: Double = 0) throws {
        try self.init(log, faults, localSkew: localSkew)
    }

    init(
        _ log: Log, _ faults: [String], localSkew: Double = 0,
        registry: RegistryOptions = RegistryOptions()
    ) throws {
        transport = try SandboxTransport(faults, localSkew: localSkew, registry: registry)
        self.log = log
        trustedRoot = try TrustedRoot(json: TrustFiles(transport.sandbox).trustedRoot.text())
        contents = [.artifact(Artifact(digests: [Digest(of: Array("an artifact".utf8))]))]
    }

    var clock: RecordingClock { transport.clock }
    var entries: Int { transport.entries(log.service) }

    /// Signs; the error if there is one.
    ///
    /// - Parameter earlier: Sessions of earlier runs, by their numbers.
    @discardableResult
    func sign(
        resuming earlier: [Int: SigningSession] = [:], asNobody isNobody: Bool = false
    ) throws -> SigningError? {
        (bundles, sessions, stored, anew) = ([], [], [], [])
        needs.certificate = key == nil
        var config = try signingConfig()
        self.config(&config)
        let calls = SigningCalls(
            services: ClockSkewTransport(transport, localTime: transport.localTime), clock: clock,
            policy: policy, attemptLimit: attemptLimit, limit: limit,
            deadline: deadline.map { clock.now.advanced(by: $0) }
        ) { event, _ in self.events.append(event) }
        let services = try SigningServices(
            config, at: transport.sandbox.clock.now, needs: needs)
        let driver = SigningDriver(
            try isNobody ? .nobody : credential(calls), trustedRoot: trustedRoot, calls: calls,
            parallel: parallel)
        var endings: [Int: SigningDriver<RecordingClock>.Ending] = [:]
        var actions = SigningDriver<RecordingClock>.Actions(
            session: { number in
                if let session = earlier[number] { return session }
                var session = SigningSession(
                    self.contents[number], services: services, key: self.key?.publicKey)
                session.image = self.images[number]
                return session
            }, ended: { number, ending in endings[number] = ending })
        actions.store = { number, session in
            if !self.transport.exchanges.isStopped { self.stored.append((number, session)) }
        }
        actions.signsAnew = { self.anew.append($1) }
        driver.registries = registries
        if let newer { driver.renewServices = { try newer(services) } }
        driver.run(contents.count, actions)
        for number in contents.indices {
            if case .signed(let bundle, let session)? = endings[number] {
                bundles.append(bundle)
                sessions.append(session)
            }
        }
        pending = contents.indices.compactMap { number in
            if case .pending(let session)? = endings[number] { session } else { nil }
        }
        errors = contents.indices.compactMap { number in
            if case .failed(let error, _)? = endings[number] { error as? SigningError } else { nil }
        }
        return errors.first
    }

    /// Those of the signing config.
    func services() throws -> SigningServices {
        try SigningServices(
            signingConfig(), at: transport.sandbox.clock.now, needs: needs)
    }

    private func signingConfig() throws -> SigningConfig {
        let files = TrustFiles(transport.sandbox)
        return try SigningConfig(
            json: files.signingConfig(needs.fallsBack ? .both : log == .v1 ? .v1 : .v2).text())
    }

    private func credential(
        _ calls: SigningCalls<RecordingClock>
    ) throws -> SigningDriver<RecordingClock>.Credential {
        if let key { return .key(key) }
        let issuer = transport.sandbox.issuer
        let source: IdentitySource
        switch token {
        case .requested:
            source = .gitHubActions(
                url: issuer.requestURL, requestToken: Secret(issuer.requestToken))
        case .given(let fault):
            let text = try issuer.token(for: .email, lifetime: 86_400, fault: fault)
            source = .token(Secret(text), from: "a test")
        }
        let provider = source.provider(
            client: calls.client(.token), readFile: { _, _ in [] }, runCommand: { _, _ in [] })
        return .identity(
            IdentitySession(provider: provider, expectation: expectation))
    }

    /// The phases that were begun, in their order.
    var phases: [SigningPhase] {
        events.compactMap { if case .begins(let phase) = $0 { phase } else { nil } }
    }

    /// The bodies of all uploads.
    var uploads: [[UInt8]] {
        transport.calls.filter { $0.description.hasSuffix("/log/entries") && !$0.body.isEmpty }
            .map(\.body)
    }
}
