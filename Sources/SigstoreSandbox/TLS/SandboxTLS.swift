import FoundationEssentials
import NIOCore
package import SigningCrypto

/// The sandbox's own authority for TLS, and the certificates that its services show.
package struct SandboxTLS: Sendable {
    /// Whom clients have to trust.
    package let authority: Certificate
    private let valid: TLSContext
    private let untrusted: TLSContext
    private let expired: TLSContext
    private let wrongHost: TLSContext

    /// Makes all keys anew. The times are the machine's: a client takes no other.
    package init() throws {
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        let root = try CertificateIssuer(root: "sandbox TLS root", curve: .p256, at: now)
        let stranger = try CertificateIssuer(root: "nobody's TLS root", curve: .p256, at: now)
        authority = root.certificate
        let hosts = [
            Self.host("localhost"), Self.address([127, 0, 0, 1]), Self.address([127, 0, 0, 2]),
            Self.address([UInt8](repeating: 0, count: 15) + [1]),
        ]
        let (start, end) = (now.addingTimeInterval(-86400), now.addingTimeInterval(365 * 86400))
        valid = try Self.context(root, hosts, start, end)
        untrusted = try Self.context(stranger, hosts, start, end)
        expired = try Self.context(root, hosts, start, now.addingTimeInterval(-3600))
        wrongHost = try Self.context(root, [Self.host("other.example")], start, end)
    }

    /// What makes a connection one of TLS, or of something like it.
    func handlers(_ fault: HandshakeFault?) -> [any ChannelHandler] {
        switch fault {
        case nil: [TLSHandler(valid)]
        case .untrusted: [TLSHandler(untrusted)]
        case .expired: [TLSHandler(expired)]
        case .wrongHost: [TLSHandler(wrongHost)]
        case .half: [HalfAnswer(), TLSHandler(valid)]
        case let fault?: [BrokenHandshake(fault)]
        }
    }

    private static func context(
        _ issuer: CertificateIssuer, _ names: [[UInt8]], _ start: Date, _ end: Date
    ) throws -> TLSContext {
        let key = try PrivateKey.generate()
        let content = CertificateContent(
            commonName: "sandbox", publicKey: key.publicKey, notBefore: start, notAfter: end,
            extensions: [
                .keyUsage(.digitalSignature),
                .extendedKeyUsage(
                    CertificateExtensionField.serverAuthentication, isCritical: false),
                .subjectAlternativeName(of: names),
            ])
        return try TLSContext(certificate: issuer.issue(content), key: key)
    }

    /// RFC 5280 §4.2.1.6: `dNSName`
    private static func host(_ name: String) -> [UInt8] { DER.tagged(0x82, name.utf8) }

    /// RFC 5280 §4.2.1.6: `iPAddress`
    private static func address(_ bytes: [UInt8]) -> [UInt8] { DER.tagged(0x87, bytes) }
}
