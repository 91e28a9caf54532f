import FoundationEssentials
import HTTP
import JSON
import RetryEngine
import SigningCrypto

@testable import Sigstore
@testable import SigstoreSandbox

/// One signing against a sandbox, and what came of it.
final class SigningScene {
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
    var deadline = RetryPolicy.signingDeadline
    var expectation = IdentityExpectation.anyone
    var needs = SigningServices.Needs()
    var key: PrivateKey?
    var contents: [SignableContent]
    /// Changes what the services are chosen from.
    var config: (inout SigningConfig) -> Void = { _ in }

    private(set) var events: [SigningEvent] = []
    private(set) var bundles: [SignedBundle] = []

    convenience init(_ log: Log = .v2, _ faults: String..., localSkew: Double = 0) throws {
        try self.init(log, faults, localSkew: localSkew)
    }

    init(_ log: Log, _ faults: [String], localSkew: Double = 0) throws {
        transport = try SandboxTransport(faults, localSkew: localSkew)
        self.log = log
        trustedRoot = try TrustedRoot(json: TrustFiles(transport.sandbox).trustedRoot.text())
        contents = [.artifact(Artifact(digests: [Digest(of: Array("an artifact".utf8))]))]
    }

    var clock: RecordingClock { transport.clock }
    var entries: Int { transport.entries(log.service) }

    /// Signs; the error if there is one.
    @discardableResult
    func sign() throws -> SigningError? {
        needs.certificate = key == nil
        let files = TrustFiles(transport.sandbox)
        let document = files.signingConfig(log == .v1 ? .v1 : .v2).text()
        var config = try SigningConfig(json: document)
        self.config(&config)
        let calls = SigningCalls(
            services: ClockComparison(transport, localTime: transport.localTime), clock: clock,
            policy: policy, attemptLimit: attemptLimit,
            deadline: clock.now.advanced(by: deadline)
        ) { self.events.append($0) }
        let services = try SigningServices(
            config, at: transport.sandbox.clock.now, needs: needs)
        let signer = Signer(
            try credential(calls), services: services, trustedRoot: trustedRoot, calls: calls)
        do {
            try signer.sign(contents) { number, bundle in
                precondition(number == bundles.count)
                bundles.append(bundle)
            }
            return nil
        } catch let error as SigningError {
            return error
        }
    }

    private func credential(
        _ calls: SigningCalls<RecordingClock>
    ) throws -> Signer<RecordingClock>.Credential {
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
