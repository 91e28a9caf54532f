import FoundationEssentials
package import HTTP

/// Where a registry answers.
package struct RegistryAddress: Hashable, Sendable {
    /// `HOST` or `HOST:PORT`.
    package let registry: String
    /// `https://HOST/v2/`
    package let base: HTTPURL

    /// - Parameter isPlain: For plain http, which only this machine may speak.
    package init(_ registry: String, isPlain: Bool = false) throws(HTTPFailure) {
        self.registry = registry
        base = try HTTPURL("\(isPlain ? "http" : "https")://\(registry)/v2/")
    }

    /// It is this machine itself, which may speak plain http.
    package var isLoopback: Bool { base.isLocal }

    /// - Parameter path: Of characters that stand for themselves in an address.
    func url(_ path: String) throws(HTTPFailure) -> HTTPURL { try base.resolving(path) }
}

extension RegistryAddress {
    /// Throws where a registry must not send us: to plain http, to this machine or into its network.
    ///
    /// A registry on this machine may send us to another port of the same address. What a name stands for
    /// is not looked at.
    func check(_ target: HTTPURL, as what: String) throws(RegistryError) {
        if isLoopback, target.isLocal, target.host == base.host { return }
        guard !InternalHost.isInternal(target.host) else {
            throw .untrustworthy(
                "\(registry) names \(target) as \(what), which is not on the Internet")
        }
    }

    /// The address that an answer names.
    func resolve(
        _ reference: String, against url: HTTPURL, as what: String
    ) throws(RegistryError) -> HTTPURL {
        let target: HTTPURL
        do {
            target = try url.resolving(reference)
        } catch {
            throw .untrustworthy("\(registry) names \(what) that cannot be used: \(error)")
        }
        try check(target, as: what)
        return target
    }
}
