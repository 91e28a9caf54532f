package import HTTP
import SigningCrypto

/// What admits the calls of one run to one registry: the challenge that was seen, a token for each scope.
///
/// It neither asks nor waits: what has to be asked is handed out, what came back is taken in.
package struct RegistryAuthorization: Sendable {
    package enum Step {
        /// The call itself, with what admits it.
        case send(HTTPHeader?)
        /// Somebody has to look for credentials first.
        case credentials
        /// A token, from the registry's own service for them.
        case token(HTTPRequest)
    }

    private let address: RegistryAddress
    private var challenge: Challenge?
    /// By what a scope is of, as each repository may have its own; nil until somebody has looked, `.some(nil)`
    /// where there are none.
    private var credentials: [Substring: RegistryCredentials?] = [:]
    private var tokens: [String: String] = [:]
    /// Scopes that have admitted a call: later refusals are of the moment.
    private var admitted: Set<String> = []
    /// Whether the service of tokens does not know how identity tokens are exchanged.
    private var lacksExchange = false

    package init(_ address: RegistryAddress) {
        self.address = address
    }

    package func hasAdmitted(_ scope: String) -> Bool { admitted.contains(scope) }

    /// What is to be done for a call of that scope.
    package func next(for scope: String) throws(RegistryError) -> Step {
        guard let challenge else { return .send(nil) }
        guard let credentials = credentials[Self.resource(of: scope)] else { return .credentials }
        switch (challenge, credentials) {
        case (_, .registryToken(let token)):
            return .send(Self.bearer(token))
        case (.basic, .password(let user, let password)):
            return .send(Self.basic(user, password))
        case (.basic, _): return .send(nil)
        case (.bearer(let realm, let service), _):
            if let token = tokens[scope] {
                return .send(Self.bearer(token))
            }
            return .token(try tokenRequest(realm, service, scope, credentials))
        }
    }

    package mutating func take(_ found: RegistryCredentials?, for scope: String) {
        credentials[Self.resource(of: scope)] = .some(found)
    }

    /// `repository:NAME` of `repository:NAME:ACTIONS`.
    private static func resource(of scope: String) -> Substring {
        scope[..<(scope.lastIndex(of: ":") ?? scope.endIndex)]
    }

    /// Takes in the answer of the service of tokens.
    package mutating func take(
        token response: HTTPResponse, for scope: String
    ) throws(RegistryError) {
        if case .identityToken?? = credentials[Self.resource(of: scope)], !lacksExchange,
            [404, 405].contains(response.status)
        {
            lacksExchange = true
            return
        }
        tokens[scope] = try TokenReading(address.registry).token(response)
    }

    /// Takes note that a call of that scope was admitted.
    package mutating func noteSuccess(of scope: String) { admitted.insert(scope) }

    /// Looks at a call that was answered with 401. Others may be on their way at the same time, with the
    /// same token.
    ///
    /// - Parameter isRenewed: Whether the call has got a new token before, which it gets once.
    /// - Returns: Whether it is to be made again at once.
    package mutating func retries(
        after response: HTTPResponse, sent: HTTPHeader?, scope: String, isRenewed: inout Bool
    ) -> Bool {
        guard !isRenewed, let found = Challenge(response) else { return false }
        challenge = found
        if let token = tokens[scope], sent == Self.bearer(token) {
            // It has expired, or was never good.
            tokens[scope] = nil
            isRenewed = true
        }
        guard case .send(let header)? = try? next(for: scope) else { return true }
        return header != sent
    }

    private static func bearer(_ token: String) -> HTTPHeader {
        HTTPHeader("Authorization", "Bearer \(token)", isSecret: true)
    }

    private static func basic(_ user: String, _ password: String) -> HTTPHeader {
        HTTPHeader(
            "Authorization", "Basic " + Array("\(user):\(password)".utf8).base64, isSecret: true)
    }
}

// MARK: - Tokens

extension RegistryAuthorization {
    /// Source: distribution/distribution, "Token Authentication Specification" and "OAuth2 Token
    /// Authentication".
    private func tokenRequest(
        _ realm: String, _ service: String?, _ scope: String, _ credentials: RegistryCredentials?
    ) throws(RegistryError) -> HTTPRequest {
        var url = try self.realm(realm, isTrusted: credentials == nil)
        do throws(HTTPFailure) {
            if case .identityToken(let token)? = credentials, !lacksExchange {
                let form = Self.form([
                    ("grant_type", "refresh_token"), ("service", service ?? ""), ("scope", scope),
                    ("client_id", "retry-run"), ("refresh_token", token),
                ])
                return try HTTPRequest(
                    .post(body: Array(form.utf8), contentType: "application/x-www-form-urlencoded"),
                    url, secrets: [token], answers: Set(300..<600), bodyLimit: 1 << 20,
                    keepsRedirects: true)
            }
            if let service { url = try url.adding(query: "service", service) }
            url = try url.adding(query: "scope", scope)
            var headers: [HTTPHeader] = []
            switch credentials {
            case .password(let user, let password)?: headers = [Self.basic(user, password)]
            // As a password of nobody, which is how old services take it.
            case .identityToken(let token)?: headers = [Self.basic("<token>", token)]
            case .registryToken?, nil: break
            }
            return try HTTPRequest(
                .get, url, headers: headers, answers: Set(300..<600), bodyLimit: 1 << 20,
                keepsRedirects: true)
        } catch {
            throw .exchange(error, at: "\(url)")
        }
    }

    /// The address of the service of tokens, which a registry names by itself.
    ///
    /// - Parameter isTrusted: Whether nothing secret is sent there.
    private func realm(_ text: String, isTrusted: Bool) throws(RegistryError) -> HTTPURL {
        let registry = address.registry
        let realm: HTTPURL
        do {
            realm = try HTTPURL(text)
        } catch {
            throw .untrustworthy("\(registry) has its tokens at an unusable address: \(error)")
        }
        try address.check(realm, as: "the service of its tokens")
        guard isTrusted || Realm.isOf(host: address.base.host, realm.host) else {
            throw .untrustworthy(
                "\(registry) has its tokens at \(realm), another host, which gets no credentials")
        }
        return realm
    }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\($0)=\(encoded($1))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
                || "-._~".utf8.contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            return isPlain
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0\(hex)" : hex)
        }.joined()
    }
}
