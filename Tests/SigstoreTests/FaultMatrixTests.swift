import HTTP
import RetryEngine
import TestSupport
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

/// Every fault of the sandbox on every service, once and twice in a row.
@Suite("Faults of every service")
struct FaultMatrixTests {
    enum TerminationPolicy: String {
        /// Signed after another attempt.
        case survived
        /// Ended at the first answer that says so.
        case refused
        case signed
    }

    /// A fault, and what becomes of a signing that it befalls once, and twice in a row.
    struct Row: Sendable {
        let fault: String
        var service: @Sendable (ServiceName) -> Bool = { _ in true }
        let once: TerminationPolicy
        let twice: TerminationPolicy
    }

    @Sendable static func isLog(_ service: ServiceName) -> Bool {
        service == .rekorV1 || service == .rekorV2
    }

    static let rows: [Row] =
        [
            "refuse", "429", "500", "503", "503:2", "html502", "hang", "cut", "slow",
            "commit-then-drop", "408", "504", "525", "529", "598",
        ].map { Row(fault: $0, once: .survived, twice: .survived) } + [
            Row(fault: "slow:1", once: .signed, twice: .signed),
            Row(fault: "plaintext", once: .survived, twice: .refused),
            Row(fault: "400", once: .refused, twice: .refused),
            Row(fault: "404", once: .refused, twice: .refused),
            Row(fault: "501", once: .refused, twice: .refused),
            Row(
                fault: "conflict", service: { !isLog($0) }, once: .refused, twice: .refused),
            Row(fault: "conflict", service: isLog, once: .signed, twice: .signed),
            Row(fault: "frozen", service: isLog, once: .refused, twice: .refused),
            // A token that was not signed well: another one is asked for once.
            Row(fault: "wrong", service: { $0 == .issuer }, once: .survived, twice: .refused),
            Row(fault: "wrong", service: { $0 == .fulcio }, once: .refused, twice: .refused),
            // A timestamp of something else, as from a cache.
            Row(fault: "wrong", service: { $0 == .tsa }, once: .survived, twice: .refused),
            // The log has the entry then, and proves it when it is asked again.
            Row(fault: "wrong", service: isLog, once: .survived, twice: .survived),
            Row(
                fault: "wrong-audience", service: { $0 == .issuer }, once: .refused,
                twice: .refused),
        ]

    @Test(
        "transient ones are survived with one entry and no needless certificate, permanent ones end it at once",
        arguments: SigningFixture.Log.allCases)
    func matrix(log: SigningFixture.Log) throws {
        let calls: [(service: ServiceName, call: String)] = [
            (.issuer, "token"), (.fulcio, "certificate"), (.tsa, "timestamp"),
            (log.service, "create"),
        ]
        var table = "once, twice".padding(to: 18)
        table += calls.map { $0.service.rawValue.padding(to: 26) }.joined() + "\n"
        for row in Self.rows {
            table += row.fault.padding(to: 18)
            for (service, call) in calls {
                guard row.service(service) else {
                    table += "-".padding(to: 26)
                    continue
                }
                for (count, expected) in [(1, row.once), (2, row.twice)] {
                    let plan = "\(service.rawValue)/\(call):1-\(count)=\(row.fault)"
                    let ending = try check(plan, log, service, call, count, expected)
                    table += ending.padding(to: 13)
                }
            }
            table += "\n"
        }
        print(table)
    }

    private func check(
        _ plan: String, _ log: SigningFixture.Log, _ service: ServiceName, _ call: String,
        _ count: Int, _ expected: TerminationPolicy
    ) throws -> String {
        let scene = try SigningFixture(log, plan)
        let error = try scene.sign()
        let attempts = try scene.transport.count("\(service.rawValue)/\(call)")
        let certificates = try scene.transport.count("fulcio/certificate")

        switch expected {
        case .refused:
            #expect(error?.failureClass == .permanent, "\(plan): \(error?.description ?? "signed")")
            #expect(scene.bundles.count == 0, "\(plan)")
            // No more attempts than it takes to be sure.
            #expect(attempts <= count, "\(plan)")
            if !Self.isLog(service) { #expect(scene.entries == 0, "\(plan)") }
        case .survived, .signed:
            #expect(error == nil, "\(plan): \(error?.description ?? "")")
            #expect(scene.bundles.count == 1, "\(plan)")
            #expect(scene.entries == 1, "\(plan)")
            #expect(scene.clock.pauses.isEmpty == (expected == .signed), "\(plan)")
            #expect(Set(scene.uploads).count == 1, "\(plan)")
            let isTokenRefused = plan.hasSuffix("=wrong") && service == .issuer
            let own = service == .fulcio && expected == .survived ? count : isTokenRefused ? 1 : 0
            #expect(certificates == 1 + own, "\(plan)")
        }
        return error == nil ? "\(expected)" : error?.className ?? ""
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}
