import HTTP
import JSON

/// Reads what the service of a registry's tokens has answered.
struct TokenReading {
    let registry: String

    init(_ registry: String) {
        self.registry = registry
    }

    func token(_ response: HTTPResponse) throws(RegistryError) -> String {
        let status = response.status
        guard response.isSuccess else {
            let said = response.registryMessage
            let told =
                "the token service of \(registry) answers \(status)"
                + (said.isEmpty ? "" : ": \(said)")
            if isTransient(status: status) || response.isTooManyRequests {
                throw .unavailable(
                    told, status: status, retryAfter: response.registryPause)
            }
            if 300..<400 ~= status {
                throw .untrustworthy("the token service of \(registry) redirects, not followed")
            }
            guard [400, 401, 403].contains(status) else { throw .refused(told) }
            throw .denied(
                told, hint: "'docker login \(registry)' sets other credentials")
        }
        do throws(JSONError) {
            let node = try JSONNode(parsing: response.body)
            let token = try node.text("token")
            let text = token.isEmpty ? try node.text("access_token") : token
            guard !text.isEmpty, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
                throw node.unexpected("an answer with a token")
            }
            return text
        } catch {
            throw .unavailable(
                "the token service of \(registry) gives no token: \(error)", retryAfter: nil)
        }
    }
}

/// Which hosts may have the service of a registry's tokens, and so get its credentials.
enum Realm {
    /// Services that are under another name than their registries.
    private static let known = [
        "index.docker.io": "auth.docker.io", "scw.cloud": "api.scaleway.com",
    ]

    /// The registry's own host, or one of the same domain.
    static func isOf(host registry: String, _ realm: String) -> Bool {
        let (registry, realm) = (registry.lowercased(), realm.lowercased())
        if registry == realm { return true }
        let isKnown = known.contains {
            (registry == $0.key || registry.hasSuffix(".\($0.key)")) && realm == $0.value
        }
        guard !isKnown else { return true }
        guard let own = domain(registry), let other = domain(realm) else { return false }
        return own == other
    }

    /// The last two labels of a name, three below a registry of the kind `co.uk`; nil for an address.
    private static func domain(_ host: String) -> String? {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last, last.contains(where: \.isLetter),
            !host.hasPrefix("[")
        else { return nil }
        let second = labels[labels.count - 2]
        let isShared =
            last.count == 2 && (second.count <= 3 || ["gov", "edu"].contains(second))
        let count = isShared ? 3 : 2
        return labels.count >= count ? labels.suffix(count).joined(separator: ".") : nil
    }
}
