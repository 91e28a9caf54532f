import JSON
import SigningCrypto

/// A file of Docker's or of Podman's with credentials: `config.json`, `auth.json`.
///
/// Source: docker/cli, `cli/config/configfile`; containers/image, `docs/containers-auth.json.5.md`.
package struct CredentialFile: Sendable {
    /// Bytes that such a file may have.
    package static let sizeLimit = 1 << 20

    /// Where a repository's credentials are.
    package enum Finding: Equatable, Sendable {
        case credentials(RegistryCredentials)
        /// The program `docker-credential-NAME get`, asked for a host on its stdin.
        case helper(String, host: String)
    }

    private let entries: [(key: String, value: JSONNode)]
    private let helpers: [(host: String, name: String)]
    private let store: String?

    package init(_ text: [UInt8]) throws(CredentialError) {
        do throws(JSONError) {
            let node = try JSONNode(parsing: text)
            entries = try node.optional("auths")?.members.map { ($0.name, $0.value) } ?? []
            var helpers: [(String, String)] = []
            for member in try node.optional("credHelpers")?.members ?? [] {
                helpers.append((member.name, try member.value.string))
            }
            self.helpers = helpers
            let store = try node.text("credsStore")
            self.store = store.isEmpty ? nil : store
        } catch {
            throw .malformed(error)
        }
        for name in helpers.map(\.name) + [store].compactMap({ $0 }) where !Self.isName(name) {
            throw .helperName(name)
        }
    }

    /// Where to find what a repository takes, the nearest first: a helper for the host, an entry for the
    /// repository, one of its parents or the host, the helper for all.
    package func findings(for repository: Repository) throws(CredentialError) -> [Finding] {
        let host = repository.registry
        let hub = "https://index.docker.io/v1/"
        let asked = host == Repository.dockerHub ? hub : host
        var findings: [Finding] = []
        if let helper = helpers.first(where: { Self.host($0.host) == host }) {
            findings.append(.helper(helper.name, host: asked))
        }
        var place = "\(host)/\(repository.path)"
        while true {
            for (key, value) in entries where Self.host(key) == place {
                if let found = try Self.credentials(value, of: key) {
                    findings.append(.credentials(found))
                }
            }
            guard let slash = place.lastIndex(of: "/") else { break }
            place = String(place[..<slash])
        }
        if let store { findings.append(.helper(store, host: asked)) }
        return findings
    }

    /// A key without what older versions have written around a host.
    private static func host(_ key: String) -> String {
        var text = key[...]
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            text = text.dropFirst(scheme.count)
        }
        for end in ["/", "/v1", "/v2"] where text.hasSuffix(end) {
            text = text.dropLast(end.count)
        }
        let host = text.prefix { $0 != "/" }.lowercased()
        let isHub = ["docker.io", "registry-1.docker.io"].contains(host)
        return (isHub ? Repository.dockerHub : host) + text.dropFirst(host.count)
    }

    private static func credentials(
        _ node: JSONNode, of key: String
    ) throws(CredentialError) -> RegistryCredentials? {
        do throws(JSONError) {
            guard node.isObject else { return nil }
            let registryToken = try node.text("registrytoken")
            if !registryToken.isEmpty { return .registryToken(registryToken) }
            let identityToken = try node.text("identitytoken")
            if !identityToken.isEmpty { return .identityToken(identityToken) }
            if let auth = try node.optional("auth"), try !auth.string.isEmpty {
                return try password(try auth.bytes)
            }
            let user = try node.text("username")
            let password = try node.text("password")
            return user.isEmpty || password.isEmpty ? nil : .password(user: user, password)
        } catch {
            throw .entry(key)
        }
    }

    private static func password(_ bytes: [UInt8]) throws(JSONError) -> RegistryCredentials {
        // Some writers end the text with zero bytes.
        let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":") else {
            throw .missing(member: "auth", of: "auths")
        }
        return .password(
            user: String(text[..<colon]), String(text[text.index(after: colon)...]))
    }

    /// A part of a program's name, and no path.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0
                    || [0x2D, 0x2E, 0x5F].contains($0)
            }
    }
}
