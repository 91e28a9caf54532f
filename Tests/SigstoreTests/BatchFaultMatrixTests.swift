import HTTP
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

/// Every fault of the sandbox on one call of every service, in a batch of twenty.
@Suite("Faults of every service in a batch")
struct BatchFaultMatrixTests {
    private static let services: [(service: ServiceName, call: String)] = [
        (.issuer, "token"), (.fulcio, "certificate"), (.tsa, "timestamp"), (.rekorV1, "create"),
        (.rekorV2, "create"),
    ]

    @Test(
        "what is transient costs no file its signature, what is permanent only that of its own",
        arguments: SigningFixture.Log.allCases)
    func matrix(log: SigningFixture.Log) throws {
        for row in FaultMatrixTests.rows {
            for (service, call) in Self.services where row.service(service) {
                if FaultMatrixTests.isLog(service), service != log.service { continue }
                // The first call of those that there is one of, one in the middle of the others.
                let isShared = service == .issuer || service == .fulcio
                let plan = "\(service.rawValue)/\(call):\(isShared ? 1 : 5)=\(row.fault)"
                try check(plan, row, log, service, isShared: isShared)
            }
        }
    }

    private func check(
        _ plan: String, _ row: FaultMatrixTests.Row, _ log: SigningFixture.Log,
        _ service: ServiceName, isShared: Bool
    ) throws {
        let scene = try SigningFixture(log, plan)
        scene.parallel = 8
        scene.contents = (0..<20).map {
            .artifact(Artifact(digests: [Digest(of: Array("\($0)".utf8))]))
        }
        let error = try scene.sign()
        let isRefused = row.once == .refused
        let signed = !isRefused ? 20 : isShared ? 0 : 19

        #expect((error == nil) == !isRefused, "\(plan): \(error?.description ?? "signed")")
        #expect(scene.bundles.count == signed, "\(plan)")
        #expect(scene.errors.count == 20 - signed, "\(plan)")
        #expect(scene.errors.allSatisfy { $0.failureClass == .permanent }, "\(plan)")
        // A log that refuses one entry has those of the others; one and the same is sent of each.
        #expect(scene.entries == signed, "\(plan)")
        let asked = FaultMatrixTests.isLog(service) ? 20 : signed
        #expect(Set(scene.uploads).count == asked, "\(plan)")
        let certificates = try scene.transport.count("fulcio/certificate")
        let isAskedAnew =
            !isRefused
            && (service == .fulcio && row.once == .survived
                || service == .issuer && row.fault == "wrong")
        if !isRefused || !isShared {
            #expect(certificates == (isAskedAnew ? 2 : 1), "\(plan)")
        }
    }
}
