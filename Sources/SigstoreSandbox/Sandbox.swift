package import JSON
import SigningCrypto
import Synchronization

/// All the services with their keys, and the faults that befall their calls.
package final class Sandbox: Sendable {
    package let addresses: SandboxAddresses
    package let settings: SandboxSettings
    let clock: SandboxClock
    let issuer: SandboxIssuer
    let fulcio: SandboxFulcio
    let timestampAuthority: SandboxTimestampAuthority
    let rekorV1: SandboxRekorV1
    let rekorV2: SandboxRekorV2
    let repository: SandboxRepository
    let second: SecondInstances
    let registry: SandboxRegistry
    private let ledger: Mutex<CallCounter>

    /// Makes all keys anew.
    ///
    /// - Throws: `FaultPlanError` for a plan that nothing could come of.
    package init(
        addresses: SandboxAddresses, clock: SandboxClock = SandboxClock(),
        faults: [FaultPlan] = [], settings: SandboxSettings = SandboxSettings()
    ) throws {
        self.addresses = addresses
        self.settings = settings
        self.clock = clock
        issuer = try SandboxIssuer(baseURL: addresses[.issuer], clock: clock)
        fulcio = try SandboxFulcio(issuer: issuer, clock: clock)
        timestampAuthority = try SandboxTimestampAuthority(clock: clock)
        rekorV1 = try SandboxRekorV1(host: SandboxAddresses.host, clock: clock)
        rekorV2 = try SandboxRekorV2(
            host: SandboxAddresses.host, clock: clock,
            checkpointInterval: settings.checkpointInterval)
        second = try SecondInstances(settings, issuer: issuer, clock: clock)
        repository = try SandboxRepository(clock: clock)
        registry = try SandboxRegistry(
            addresses: addresses, options: settings.registry, clock: clock)
        ledger = Mutex(CallCounter(services: settings.services, plans: faults))
        try check(faults)
        let trust = TrustFiles(self)
        try repository.publish([
            "trusted_root.json": trust.trustedRoot.text(),
            "signing_config.v0.2.json": trust.signingConfig(.both).text(),
        ])
    }

    private func check(_ plans: [FaultPlan]) throws(FaultPlanError) {
        if !addresses.isTLS, plans.contains(where: \.isOfHandshake) { throw .noHandshakes }
        if let plan = plans.first(where: { !settings.services.contains($0.service) }) {
            throw .notServed(plan.service)
        }
    }

    /// Counts a connection, and says what befalls it before there is any call.
    func beginHandshake(with service: ServiceName) -> HandshakeFault? {
        let fault = ledger.withLock { $0.count(ServiceName.handshake, of: service) }
        return if case .handshake(let fault) = fault { fault } else { nil }
    }

    /// What answers there; nil where there is no second instance.
    private func service(_ name: ServiceName) -> (any SandboxEndpoint)? {
        switch name {
        case .issuer: issuer
        case .fulcio: fulcio
        case .tsa: timestampAuthority
        case .rekorV1: rekorV1
        case .rekorV2: rekorV2
        case .tuf: repository
        case .secondFulcio: second.fulcio
        case .secondTSA: second.timestampAuthority
        case .secondRekorV1: second.rekorV1
        case .secondRekorV2: second.rekorV2
        case .rekorV2Alias: SandboxLogAlias(logsV2.map(\.1))
        case .registry: registry
        case .storage: registry.storage
        }
    }

    /// What the service does with a request: an answer, or a failure to give one.
    package func deliver(_ request: SandboxRequest, to name: ServiceName) -> Delivery {
        if request.path.hasPrefix("/sandbox/") { return .answer(control(request)) }
        guard let service = service(name), let call = service.call(of: request) else {
            return .answer(SandboxAnswer(error: 404, code: 5, "Not Found"))
        }
        let fault = ledger.withLock { $0.count(call, of: name) }
        if let delivery = settings.bodyLimit(of: name)?.delivery(of: request.body.count) {
            return delivery
        }
        if let fault, let delivery = Delivery(instead: fault, of: call, at: service, request) {
            return delivery
        }
        return Delivery(after: fault) { try service.reply(call, request, fault: fault) }
    }

    /// What is asked of the sandbox itself, by tests: no service counts it.
    ///
    /// `GET /sandbox/calls` tells the counts, `GET /sandbox/registry` what the registry has;
    /// `POST /sandbox/faults` takes the lines of its body as the new plans and counts from 1 again;
    /// `POST /sandbox/clock` moves the clock by the seconds in its body and tells the time.
    private func control(_ request: SandboxRequest) -> SandboxAnswer {
        switch (request.method, request.path) {
        case ("GET", "/sandbox/calls"):
            return SandboxAnswer(json: counts)
        case ("GET", "/sandbox/registry"):
            return SandboxAnswer(json: registry.report)
        case ("POST", "/sandbox/faults"):
            let lines = String(decoding: request.body, as: UTF8.self).split(separator: "\n")
            do throws(FaultPlanError) {
                var plans: [FaultPlan] = []
                for line in lines { plans.append(try FaultPlan(String(line))) }
                try check(plans)
                setFaults(plans)
                return SandboxAnswer(json: counts)
            } catch {
                return SandboxAnswer(error: 400, "\(error)")
            }
        case ("POST", "/sandbox/clock"):
            let text = String(decoding: request.body, as: UTF8.self)
            guard let seconds = Double(text.filter { !$0.isWhitespace }), abs(seconds) <= 1e9 else {
                return SandboxAnswer(error: 400, "'\(text)' is not a number of seconds")
            }
            clock.move(bySeconds: seconds)
            return SandboxAnswer(json: ["now": .string(clock.now.timestampText)])
        default:
            return SandboxAnswer(
                error: 404,
                "the sandbox answers GET calls, GET registry, POST faults and POST clock")
        }
    }

    /// Replaces the plans, and counts from 1 again.
    package func setFaults(_ plans: [FaultPlan]) {
        ledger.withLock { $0 = CallCounter(services: settings.services, plans: plans) }
    }

    /// How often each service was called, and how many entries each log has.
    package var counts: JSONValue {
        let sizes = (logsV1.map { ($0.0, $0.1.size) } + logsV2.map { ($0.0, $0.1.size) })
            .map { ($0.0.rawValue, JSONValue.integer(Int64($0.1))) }
        return [
            "calls": ledger.withLock { $0.json },
            "entries": .object(Dictionary(uniqueKeysWithValues: sizes)),
        ]
    }
}
