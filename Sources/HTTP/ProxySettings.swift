import CCurl

/// The proxy for https, and what is reached without it.
///
/// A loopback address never has a proxy. The proxy's address may hold a password.
package struct ProxySettings: Sendable {
    private let proxy: String
    private let exceptions: [ProxyException]

    package static let none = ProxySettings(proxy: "", exceptions: [])

    /// The names of the variables that `init(environment:)` reads.
    package static let variables = [
        "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
    ]

    /// The variables as curl and Go read them: `https_proxy`, `HTTPS_PROXY`, `all_proxy`,
    /// `ALL_PROXY`, the first that is not empty; `no_proxy`, `NO_PROXY`, see `ProxyException`.
    ///
    /// - Throws: `HTTPFailure.invalidProxy` for a proxy that libcurl would not ask.
    package init(environment: [String: String]) throws(HTTPFailure) {
        func first(_ names: ArraySlice<String>) -> (name: String, value: String) {
            names.lazy.map { ($0, environment[$0] ?? "") }.first { !$0.1.isEmpty } ?? ("", "")
        }
        let (name, proxy) = first(Self.variables[..<4])
        if !proxy.isEmpty { try Self.check(proxy, of: name) }
        self.init(
            proxy: proxy,
            exceptions: first(Self.variables[4...]).value
                .split { $0 == "," || $0.isWhitespace }.compactMap(ProxyException.init))
    }

    private init(proxy: String, exceptions: [ProxyException]) {
        self.proxy = proxy
        self.exceptions = exceptions
    }

    /// Without a scheme it is http.
    private static func check(_ proxy: String, of variable: String) throws(HTTPFailure) {
        let scheme: String?
        do throws(HTTPFailure) {
            let url = try CurlURL(proxy, CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME)
            scheme = url[CURLUPART_HOST] == nil ? nil : url[CURLUPART_SCHEME]
        } catch {
            guard case .invalidURL(let reason) = error else { throw error }
            throw .invalidProxy(variable: variable, reason: reason)
        }
        let known = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
        guard let scheme, known.contains(scheme.lowercased()) else {
            throw .invalidProxy(
                variable: variable,
                reason: "its scheme is none of \(known.joined(separator: ", "))")
        }
    }

    /// The proxy's address; empty where there is none for that URL.
    func proxy(for url: HTTPURL) -> String {
        let isExcepted = exceptions.contains { $0.holds(host: url.host, port: url.port) }
        return url.isLocal || isExcepted ? "" : proxy
    }

    /// The address, and what stands before its `@`: libcurl's messages may quote them.
    var secrets: [String] {
        let userInfo = proxy.lastIndex(of: "@").map { proxy[..<$0] } ?? ""
        let name = userInfo.split(separator: "/").last ?? ""
        let password = name.split(separator: ":", maxSplits: 1).dropFirst().first ?? ""
        return [proxy, String(name), String(password)].filter { !$0.isEmpty }
    }
}

extension ProxySettings: CustomStringConvertible, CustomReflectable {
    package var description: String { proxy.isEmpty ? "no proxy" : "proxy" }
    package var customMirror: Mirror { Mirror(self, children: ["proxy": description]) }
}
