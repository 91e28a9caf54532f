import FoundationEssentials
import JSON
import SigningCrypto

/// An OpenID Connect issuer of two identities, each under an issuer URL of its own.
///
/// Tokens come as GitHub's runners get theirs, `GET /token?…&audience=A` with a bearer; and one for
/// the e-mail identity also by logging in.
final class SandboxIssuer: SandboxService {
    let publicKey: PublicKey
    /// What the token endpoint wants as its bearer.
    let requestToken: String
    private let key: PrivateKey
    private let login = SandboxLogin()
    private let baseURL: String
    private let clock: SandboxClock

    static let audience = "sigstore"
    /// Of tokens, in seconds.
    static let lifetime: Int64 = 300
    /// Of the tokens that are written to files: as long as a sandbox may be in use.
    static let fileLifetime: Int64 = 86_400

    /// One for all issuers of this process, because such keys take long to make.
    private static let processKey = Result { try PrivateKey.generate(.rsa(bits: 2048)) }

    init(baseURL: String, clock: SandboxClock) throws {
        key = try Self.processKey.get()
        publicKey = key.publicKey
        requestToken = try randomBytes(16).hex
        self.baseURL = baseURL
        self.clock = clock
    }

    func issuerURL(_ identity: SandboxIdentity) -> String { baseURL + identity.issuerPath }

    /// The value for `ACTIONS_ID_TOKEN_REQUEST_URL`; it has a query already, like GitHub's.
    var requestURL: String { "\(baseURL)/token?identity=github" }

    func call(of request: SandboxRequest) -> String? {
        switch (request.method, request.path) {
        case ("GET", "/keys"): return "keys"
        case ("GET", "/token"): return "token"
        case ("GET", "/auth/authorize"): return "authorize"
        case ("POST", "/auth/device"): return "device"
        case ("POST", "/auth/token"): return "login"
        default:
            let isDiscovery = SandboxIdentity.allCases.contains {
                request.path == $0.issuerPath + "/.well-known/openid-configuration"
            }
            return isDiscovery && request.method == "GET" ? "discovery" : nil
        }
    }

    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        let form = SandboxRequest.fields(String(decoding: request.body, as: UTF8.self))
        switch call {
        case "keys":
            return SandboxAnswer(json: JSONWebToken.keySet(publicKey))
        case "discovery":
            return SandboxAnswer(json: discovery(path: request.path))
        case "authorize":
            return try login.authorize(request.query)
        case "device":
            return try login.device(form, verificationURI: baseURL + "/auth/device")
        case "login":
            let token = try token(for: .email, nonce: login.redeem(form), fault: fault)
            // Like Dex, whose access tokens are identity tokens; some clients take that one.
            return SandboxAnswer(json: [
                "access_token": .string(token), "token_type": .string("Bearer"),
                "expires_in": .integer(Self.lifetime), "id_token": .string(token),
            ])
        default:
            return try requestedToken(request, fault: fault)
        }
    }

    /// As `ACTIONS_ID_TOKEN_REQUEST_URL` answers.
    private func requestedToken(_ request: SandboxRequest, fault: Fault?) throws -> SandboxAnswer {
        guard request.bearer == requestToken else {
            throw Refusal(401, "the request token is not the one of this job")
        }
        let identity =
            request.query["identity"].flatMap { SandboxIdentity(rawValue: $0) } ?? .github
        let audience = request.query["audience"] ?? "https://github.com/example"
        let token = try token(for: identity, audience: audience, fault: fault)
        return SandboxAnswer(json: [
            "count": .integer(Int64(token.utf8.count)), "value": .string(token),
        ])
    }

    /// A token that lives `lifetime` seconds.
    func token(
        for identity: SandboxIdentity, audience: String = SandboxIssuer.audience,
        lifetime: Int64 = SandboxIssuer.lifetime, nonce: String? = nil, fault: Fault? = nil
    ) throws -> String {
        let now = clock.now.unixSeconds
        var claims = identity.claims
        claims["iss"] = .string(issuerURL(identity))
        claims["aud"] = .string(audience)
        claims["nonce"] = nonce.map(JSONValue.string)
        claims["jti"] = .string(try randomBytes(8).hex)
        var end = now + lifetime
        switch fault {
        case .expiredToken: end = now - 60
        case .shortToken(let seconds): end = now + seconds
        case .wrongAudience: claims["aud"] = .string("somebody-else")
        case .unverifiedEmail: claims["email_verified"] = .bool(false)
        default: break
        }
        let start = min(now, end - Self.lifetime)
        claims["iat"] = .integer(start)
        claims["nbf"] = .integer(start)
        claims["exp"] = .integer(end)
        let token = try JSONWebToken.signed(claims, by: key)
        return fault == .wrong ? String(token.dropLast(8)) + "AAAAAAAA" : token
    }

    /// OpenID Connect Discovery 1.0 §4.2, RFC 8414 §2. Nobody logs in as a workflow.
    private func discovery(path: String) -> JSONValue {
        let identity: SandboxIdentity =
            path.hasPrefix(SandboxIdentity.email.issuerPath) ? .email : .github
        let issuer = issuerURL(identity)
        var members: [String: JSONValue] = [
            "issuer": .string(issuer),
            "jwks_uri": .string(baseURL + "/keys"),
            "response_types_supported": .array([.string("code")]),
            "subject_types_supported": .array([.string("public")]),
            "id_token_signing_alg_values_supported": .array([.string("RS256")]),
        ]
        if identity == .email {
            members["authorization_endpoint"] = .string(issuer + "/authorize")
            members["token_endpoint"] = .string(issuer + "/token")
            members["device_authorization_endpoint"] = .string(issuer + "/device")
            members["code_challenge_methods_supported"] = .array([.string("S256")])
        }
        return .object(members)
    }
}
