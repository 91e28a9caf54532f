package import JSON
import SigningCrypto
import Synchronization

/// All the services with their keys, and the faults that befall their calls.
package final class Sandbox: Sendable {
    package let addresses: SandboxAddresses
    let clock: SandboxClock
    let issuer: SandboxIssuer
    let fulcio: SandboxFulcio
    let timestampAuthority: SandboxTimestampAuthority
    let rekorV1: SandboxRekorV1
    let rekorV2: SandboxRekorV2
    let repository: SandboxRepository
    private let ledger: Mutex<CallLedger>

    /// Makes all keys anew.
    ///
    /// - Throws: `FaultPlanError.noHandshakes` for a plan that nothing could come of.
    package init(
        addresses: SandboxAddresses, clock: SandboxClock = SandboxClock(), faults: [FaultPlan] = []
    ) throws {
        self.addresses = addresses
        self.clock = clock
        issuer = try SandboxIssuer(baseURL: addresses[.issuer], clock: clock)
        fulcio = try SandboxFulcio(issuer: issuer, clock: clock)
        timestampAuthority = try SandboxTimestampAuthority(clock: clock)
        rekorV1 = try SandboxRekorV1(host: SandboxAddresses.host, clock: clock)
        rekorV2 = try SandboxRekorV2(host: SandboxAddresses.host)
        repository = try SandboxRepository(clock: clock)
        ledger = Mutex(CallLedger(plans: faults))
        try check(faults)
        let trust = TrustFiles(self)
        try repository.publish([
            "trusted_root.json": trust.trustedRoot.text(),
            "signing_config.v0.2.json": trust.signingConfig(.both).text(),
        ])
    }

    private func check(_ plans: [FaultPlan]) throws(FaultPlanError) {
        if !addresses.isTLS, plans.contains(where: \.isOfHandshake) { throw .noHandshakes }
    }

    /// Counts a connection, and says what befalls it before there is any call.
    func beginHandshake(with service: ServiceName) -> HandshakeFault? {
        let fault = ledger.withLock { $0.count(ServiceName.handshake, of: service) }
        return if case .handshake(let fault) = fault { fault } else { nil }
    }

    private func service(_ name: ServiceName) -> any SandboxService {
        switch name {
        case .issuer: issuer
        case .fulcio: fulcio
        case .tsa: timestampAuthority
        case .rekorV1: rekorV1
        case .rekorV2: rekorV2
        case .tuf: repository
        }
    }

    /// What the service does with a request: an answer, or a failure to give one.
    package func deliver(_ request: SandboxRequest, to name: ServiceName) -> Delivery {
        if request.path.hasPrefix("/sandbox/") { return .answer(control(request)) }
        let service = service(name)
        guard let call = service.call(of: request) else {
            return .answer(SandboxAnswer(error: 404, code: 5, "Not Found"))
        }
        let fault = ledger.withLock { $0.count(call, of: name) }
        if let fault, let delivery = Delivery(instead: fault, of: call, at: name) {
            return delivery
        }
        let answer: SandboxAnswer
        do {
            answer = try service.answer(call, request, fault: fault)
        } catch let refusal as Refusal {
            answer = refusal.answer
        } catch {
            answer = SandboxAnswer(error: 500, code: 13, "\(error)")
        }
        return Delivery(answer, after: fault)
    }

    /// What is asked of the sandbox itself, by tests: no service counts it.
    ///
    /// `GET /sandbox/calls` tells the counts; `POST /sandbox/faults` takes the lines of its body as
    /// the new plans and counts from 1 again.
    private func control(_ request: SandboxRequest) -> SandboxAnswer {
        switch (request.method, request.path) {
        case ("GET", "/sandbox/calls"):
            return SandboxAnswer(json: counts)
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
        default:
            return SandboxAnswer(error: 404, "the sandbox answers GET calls and POST faults")
        }
    }

    /// Replaces the plans, and counts from 1 again.
    package func setFaults(_ plans: [FaultPlan]) {
        ledger.withLock { $0 = CallLedger(plans: plans) }
    }

    /// How often each service was called, and how many entries each log has.
    package var counts: JSONValue {
        [
            "calls": ledger.withLock { $0.json },
            "entries": [
                ServiceName.rekorV1.rawValue: .integer(Int64(rekorV1.size)),
                ServiceName.rekorV2.rawValue: .integer(Int64(rekorV2.size)),
            ],
        ]
    }
}
