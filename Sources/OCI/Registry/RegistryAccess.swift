import HTTP

/// What a run has found out of one registry: where it answers, and what admits us there.
package struct RegistryAccess: Sendable {
    /// `HOST` or `HOST:PORT`.
    package let registry: String
    /// Nil until it is known.
    var address: RegistryAddress?
    var authorization: RegistryAuthorization?
    /// It has an address of this machine, whatever its name is: so may what it sends us to.
    var isLocal = false

    package init(_ registry: String) {
        self.registry = registry
    }

    mutating func note(_ address: RegistryAddress) {
        self.address = address
        authorization = RegistryAuthorization(address)
        isLocal = isLocal || address.isLoopback
    }

    /// The request, which leads to no service of this machine by another name than the registry's.
    func guarded(_ request: HTTPRequest) -> HTTPRequest {
        var request = request
        request.refusesLocalPeer = !isLocal && request.url.host != address?.base.host
        return request
    }
}

/// The registries of a run, each with what is known of it, for all that call them.
package final class KnownRegistries {
    /// Looks for credentials, once for each repository, when its registry wants to know who we are.
    package typealias Credentials =
        (Repository) throws(RegistryError) -> RegistryCredentials?

    private let credentials: Credentials
    private var known: [String: RegistryAccess] = [:]

    package init(credentials: @escaping Credentials) {
        self.credentials = credentials
    }

    subscript(registry: String) -> RegistryAccess {
        get { known[registry] ?? RegistryAccess(registry) }
        set { known[registry] = newValue }
    }

    /// Whether calls have been answered there, so that several at once need not find out the same.
    package func isMet(_ registry: String) -> Bool { self[registry].authorization != nil }

    func findCredentials(for call: RegistryCall) throws(RegistryError) {
        let found = try credentials(call.repository)
        self[call.repository.registry].authorization?.take(found, for: call.scope)
    }
}
