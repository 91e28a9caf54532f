import Foundation
import HTTP
import SigningCrypto
import TestSupport
import Testing

@testable import SigstoreSandbox

@Suite("The sandbox over TLS")
struct SandboxTLSTests {
    /// What comes of a call of Fulcio's that is made once, with that fault of the handshake.
    private func call(_ fault: String?) throws -> Result<Int, HTTPFailure> {
        let tls = try SandboxTLS()
        let plans = try fault.map { [try FaultPlan("fulcio/handshake:1=\($0)")] } ?? []
        let server = try SandboxServer(faults: plans, tls: tls)
        defer { try? server.stop() }
        let file = NSTemporaryDirectory() + "/retry-run-ca-\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try tls.authority.pem.write(toFile: file, atomically: true, encoding: .utf8)
        let transport = try CurlTransport(
            userAgent: "x", certificateAuthorities: CertificateAuthorities(only: file),
            connectLimit: .seconds(fault == "hang" ? 1 : 10))
        let url = try HTTPURL(server.sandbox.addresses[.fulcio] + "/api/v2/configuration")
        let request = try HTTPRequest(.get, url)
        return Result { () throws(HTTPFailure) in
            try transport.exchange(request, timeout: .seconds(20)).status
        }
    }

    @Test("who trusts its authority is served")
    func served() throws {
        #expect(try call(nil) == .success(200))
    }

    @Test(
        "a handshake that is broken leaves the request not sent",
        arguments: ["eof", "reset", "alert:40", "alert:80", "http", "half", "hang"])
    func broken(fault: String) throws {
        #expect(try #require(call(fault).failure).className == "not-sent")
    }

    @Test(
        "a certificate that nobody should trust is distrusted, with the reason",
        arguments: [
            ("untrusted", "unable to get local issuer certificate"),
            ("expired", "certificate has expired"), ("wrong-host", "no alternative certificate"),
        ])
    func distrusted(fault: String, reason: String) throws {
        let failure = try #require(call(fault).failure)

        #expect(failure.className == "tls")
        #expect("\(failure)".contains(reason))
    }

    @Test("a fault of the handshake needs TLS")
    func plainHTTP() throws {
        #expect(throws: FaultPlanError.noHandshakes) {
            try SandboxServer(faults: [FaultPlan("tsa/handshake:1=eof")])
        }
    }
}

extension Result {
    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
