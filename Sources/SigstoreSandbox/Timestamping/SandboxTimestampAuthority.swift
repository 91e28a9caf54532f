import FoundationEssentials
import SigningCrypto

/// Says when it was shown the digest of some bytes (RFC 3161).
final class SandboxTimestampAuthority: SandboxService {
    /// The signer's certificate, then the root.
    let chain: [Certificate]
    private let key: PrivateKey
    private let clock: SandboxClock

    static let policy = "1.3.6.1.4.1.57264.2"
    static let path = "/api/v1/timestamp"

    init(clock: SandboxClock) throws {
        let root = try CertificateIssuer(root: "sandbox timestamping root", at: clock.second)
        key = try PrivateKey.generate()
        let signer = try root.issue(
            CertificateContent(
                commonName: "sandbox timestamping", publicKey: key.publicKey,
                notBefore: root.certificate.notBefore, notAfter: root.certificate.notAfter,
                extensions: [
                    .keyUsage(.digitalSignature),
                    .extendedKeyUsage(CertificateExtensionField.timeStamping, isCritical: true),
                ]))
        chain = [signer, root.certificate]
        self.clock = clock
    }

    func call(of request: SandboxRequest) -> String? {
        switch (request.method, request.path) {
        case ("POST", Self.path): "timestamp"
        case ("GET", Self.path + "/certchain"): "chain"
        default: nil
        }
    }

    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        guard call == "timestamp" else {
            return SandboxAnswer(
                type: "application/pem-certificate-chain",
                body: Array(chain.map(\.pem).joined().utf8))
        }
        guard request.headers["content-type"] == "application/timestamp-query" else {
            throw Refusal(
                415, "unsupported media type, only application/timestamp-query is allowed")
        }
        let query = try TimestampQuery(request.body)
        return SandboxAnswer(
            201, type: "application/timestamp-reply",
            body: try response(to: query, isForged: fault == .wrong))
    }

    /// RFC 3161 §2.4.2: `TimeStampResp`, granted.
    private func response(to query: TimestampQuery, isForged: Bool) throws -> [UInt8] {
        var imprint = query.imprint
        if isForged { imprint[imprint.count - 1] ^= 1 }
        let accuracy = DER.sequence(DER.integer(1))
        let information = DER.sequence(
            DER.integer(1), DER.identifier(Self.policy), imprint,
            DER.integer(magnitude: try CertificateIssuer.serialNumber()),
            clock.second.generalizedTime, accuracy, query.nonce ?? [])
        let signer = TimestampSigner(key: key, certificate: chain[0])
        let token = try signer.token(
            information, at: clock.second, certificates: query.wantsCertificates ? chain : [])
        return DER.sequence(DER.sequence(DER.integer(0)), token)
    }
}
