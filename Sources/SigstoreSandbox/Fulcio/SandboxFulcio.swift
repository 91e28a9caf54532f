import FoundationEssentials
import JSON
import SigningCrypto

/// Gives certificates of ten minutes for tokens of the sandbox's issuer.
final class SandboxFulcio: SandboxService {
    /// The intermediate authority, then the root.
    let chain: [Certificate]
    let transparencyLog: CertificateTransparencyLog
    private let authority: CertificateIssuer
    private let issuer: SandboxIssuer
    private let clock: SandboxClock

    /// Of certificates, in seconds.
    static let lifetime: Double = 600

    init(issuer: SandboxIssuer, clock: SandboxClock) throws {
        let root = try CertificateIssuer(root: "sandbox root", at: clock.second)
        authority = try CertificateIssuer(
            intermediate: "sandbox intermediate", purpose: CertificateExtensionField.codeSigning,
            under: root, at: clock.second)
        chain = [authority.certificate, root.certificate]
        transparencyLog = try CertificateTransparencyLog()
        self.issuer = issuer
        self.clock = clock
    }

    func call(of request: SandboxRequest) -> String? {
        switch (request.method, request.path) {
        case ("POST", "/api/v2/signingCert"): "certificate"
        case ("GET", "/api/v2/configuration"): "configuration"
        case ("GET", "/api/v2/trustBundle"): "trust-bundle"
        default: nil
        }
    }

    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        switch call {
        case "certificate":
            let leaf = try certificate(for: request, isForged: fault == .wrong)
            let certificates = ([leaf] + chain).map { JSONValue.string($0.pem) }
            return SandboxAnswer(json: [
                "signedCertificateEmbeddedSct": [
                    "chain": ["certificates": .array(certificates)]
                ]
            ])
        case "configuration":
            return SandboxAnswer(json: configuration)
        default:
            let certificates = chain.map { JSONValue.string($0.pem) }
            return SandboxAnswer(json: ["chains": [["certificates": .array(certificates)]]])
        }
    }

    private func certificate(for request: SandboxRequest, isForged: Bool) throws -> Certificate {
        guard let document = try? JSONNode(parsing: request.body) else {
            throw Refusal(400, code: 3, "the request is not JSON")
        }
        let credentials = try? document.optional("credentials")?.required("oidcIdentityToken")
        let token = request.bearer ?? (try? credentials?.string) ?? ""
        guard let claims = claims(of: token), let name = claims.subjectAlternativeName else {
            throw Refusal(400, code: 3, "There was an error processing the identity token")
        }
        let key = try FulcioRequest.publicKey(
            in: document, challenge: claims.text(claims.identity.challengeClaim) ?? "")
        let now = clock.second
        var content = CertificateContent(
            publicKey: key, notBefore: now, notAfter: now.addingTimeInterval(Self.lifetime),
            extensions: [
                .keyUsage(.digitalSignature),
                .extendedKeyUsage(CertificateExtensionField.codeSigning, isCritical: false),
                .subjectAlternativeName(of: [name]),
            ] + claims.extensions)
        let serialNumber = try CertificateIssuer.serialNumber()
        content.extensions.append(
            try transparencyLog.promise(
                toBeSigned: authority.toBeSigned(content, serialNumber: serialNumber),
                issuer: authority.key.publicKey, at: clock.now, isForged: isForged))
        return try authority.issue(content, serialNumber: serialNumber)
    }

    /// The claims of a good token: signed by the issuer, for Sigstore, of now, its e-mail verified.
    private func claims(of token: String) -> FulcioClaims? {
        guard let claims = JSONWebToken.claims(token, by: issuer.publicKey),
            case .integer(let end)? = claims["exp"], clock.now.unixSeconds < end,
            case .integer(let start)? = claims["nbf"], start <= clock.now.unixSeconds + 5,
            claims["aud"] == .string(SandboxIssuer.audience),
            let identity = SandboxIdentity.allCases.first(where: {
                claims["iss"] == .string(issuer.issuerURL($0))
            }),
            identity != .email || claims["email_verified"] == .bool(true)
        else { return nil }
        return FulcioClaims(claims: claims, identity: identity)
    }

    private var configuration: JSONValue {
        let issuers = SandboxIdentity.allCases.map { identity -> JSONValue in
            [
                "issuerUrl": .string(issuer.issuerURL(identity)),
                "audience": .string(SandboxIssuer.audience),
                "challengeClaim": .string(identity.challengeClaim),
                "issuerType": .string(identity.issuerType),
                "spiffeTrustDomain": .string(""),
                "subjectDomain": .string(""),
            ]
        }
        return ["issuers": .array(issuers)]
    }
}
