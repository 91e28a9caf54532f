import FoundationEssentials
import JSON
import SigningCrypto
import Synchronization

/// Who may do what at the registry, and the tokens that say so.
///
/// Source: Distribution, "Token Authentication Specification" and "OAuth2 Token Authentication".
final class RegistryAuthority: Sendable {
    let users: [RegistryUser]
    private let options: RegistryOptions
    private let realm: String
    private let clock: SandboxClock
    /// By token.
    private let grants = Mutex<[String: Grant]>([:])

    static let service = "sandbox-registry"

    /// What a token allows.
    private struct Grant {
        let user: RegistryUser?
        /// What was asked for, whether or not the user may do it.
        let scopes: Set<RegistryScope>
        let end: Int64
    }

    init(options: RegistryOptions, realm: String, clock: SandboxClock) throws {
        users = [
            try RegistryUser(name: "sandbox", canPush: true),
            try RegistryUser(name: "reader", canPush: false),
        ]
        self.options = options
        self.realm = realm
        self.clock = clock
    }

    /// Lets a request pass that may do this, all others are refused.
    ///
    /// - Parameter scope: Nil when it is enough to be known.
    func check(_ request: SandboxRequest, for scope: RegistryScope?) throws {
        switch options.authentication {
        case .anonymous:
            return
        case .basic:
            guard let user = basicUser(of: request) else {
                throw Refusal(unauthorized(for: scope, error: nil))
            }
            try check(user, for: scope)
        case .bearer:
            try checkBearer(request, for: scope)
        }
    }

    private func checkBearer(_ request: SandboxRequest, for scope: RegistryScope?) throws {
        guard let token = request.bearer else {
            throw Refusal(unauthorized(for: scope, error: nil))
        }
        guard let grant = grants.withLock({ $0[token] }), clock.now.unixSeconds < grant.end else {
            throw Refusal(unauthorized(for: scope, error: "invalid_token"))
        }
        guard let scope else { return }
        guard grant.scopes.contains(scope), grant.user != nil || scope.action == "pull" else {
            throw Refusal(unauthorized(for: scope, error: "insufficient_scope"))
        }
        if let user = grant.user { try check(user, for: scope) }
    }

    private func check(_ user: RegistryUser, for scope: RegistryScope?) throws {
        if let scope, scope.action != "pull", !user.canPush {
            throw Refusal(403, .denied, "requested access to the resource is denied")
        }
    }

    /// 401 with the challenge that says where a token is to be had.
    func unauthorized(for scope: RegistryScope?, error: String?) -> SandboxAnswer {
        let answer = RegistryError.unauthorized.answer(401, "authentication required")
        if options.authentication == .basic {
            return answer.adding("WWW-Authenticate", "Basic realm=\"\(Self.service)\"")
        }
        var challenge = "Bearer realm=\"\(realm)\",service=\"\(Self.service)\""
        if let scope { challenge += ",scope=\"\(scope.challenge)\"" }
        if let error { challenge += ",error=\"\(error)\"" }
        return answer.adding("WWW-Authenticate", challenge)
    }

    /// The token endpoint: `GET` with a password or nothing, `POST` also with an identity token.
    func token(_ request: SandboxRequest, fault: Fault?) throws -> SandboxAnswer {
        let isPost = request.method == "POST"
        let form = SandboxRequest.fields(String(decoding: request.body, as: UTF8.self))
        let scopes = isPost ? [form["scope"] ?? ""] : request.values(of: "scope")
        let service = isPost ? form["service"] : request.query["service"]
        guard service == Self.service else {
            throw Refusal(400, .unknown, "no service '\(service ?? "")'")
        }
        let user = isPost ? try user(of: form) : basicUser(of: request)
        guard user != nil || request.headers["authorization"] == nil else {
            throw Refusal(401, .unauthorized, "incorrect username or password")
        }
        let lifetime =
            switch fault {
            case .expiredToken: Int64(-60)
            case .shortToken(let seconds): seconds
            default: options.tokenLifetime
            }
        let token = try randomBytes(20).hex
        let grant = Grant(
            user: user, scopes: Set(scopes.flatMap(RegistryScope.scopes)),
            end: clock.now.unixSeconds + lifetime)
        if fault != .wrong { grants.withLock { $0[token] = grant } }
        return SandboxAnswer(json: [
            // The one name is Docker's, the other that of OAuth 2.0; clients have to take either.
            isPost ? "access_token" : "token": .string(token),
            "expires_in": .integer(max(lifetime, options.tokenLifetime)),
            "issued_at": .string(clock.second.timestampText),
        ])
    }

    private func user(of form: [String: String]) throws -> RegistryUser {
        let user =
            switch form["grant_type"] {
            case "refresh_token":
                users.first { $0.identityToken == form["refresh_token"] }
            case "password":
                users.first { $0.name == form["username"] && $0.password == form["password"] }
            default: nil as RegistryUser?
            }
        guard let user else { throw Refusal(401, .unauthorized, "incorrect credentials") }
        return user
    }

    private func basicUser(of request: SandboxRequest) -> RegistryUser? {
        guard let header = request.headers["authorization"],
            header.lowercased().hasPrefix("basic "),
            let bytes = [UInt8](base64: String(header.dropFirst(6)))
        else { return nil }
        let credentials = String(decoding: bytes, as: UTF8.self)
        return users.first { credentials == "\($0.name):\($0.password)" }
    }
}

/// Somebody with an account at the registry.
struct RegistryUser: Sendable {
    let name: String
    let password: String
    /// What `identitytoken` of a Docker configuration holds.
    let identityToken: String
    let canPush: Bool

    init(name: String, canPush: Bool) throws {
        self.name = name
        self.canPush = canPush
        password = try randomBytes(12).hex
        identityToken = try randomBytes(24).hex
    }
}

/// One action on one repository.
struct RegistryScope: Hashable, Sendable {
    let repository: String
    /// `pull`, `push` or `delete`.
    let action: String

    /// The scope that a challenge asks for: who pushes also pulls.
    var challenge: String {
        "repository:\(repository):\(action == "push" ? "pull,push" : action)"
    }

    /// Reads `repository:NAME:pull,push`, several after blanks; what is no such scope grants nothing.
    static func scopes(_ text: String) -> [RegistryScope] {
        text.split(separator: " ").flatMap { scope -> [RegistryScope] in
            guard scope.hasPrefix("repository:"), let colon = scope.lastIndex(of: ":"),
                let start = scope.firstIndex(of: ":"), start < colon
            else { return [] }
            let repository = String(scope[scope.index(after: start)..<colon])
            return scope[scope.index(after: colon)...].split(separator: ",").flatMap { action in
                (action == "*" ? ["pull", "push", "delete"] : [String(action)])
                    .map { RegistryScope(repository: repository, action: $0) }
            }
        }
    }
}
