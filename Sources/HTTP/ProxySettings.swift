/// The proxy for https, and what is reached without it.
///
/// A loopback address never has a proxy. The proxy's address may hold a password.
package struct ProxySettings: Sendable {
    private let proxy: String
    private let exceptions: [ProxyException]

    package static let none = ProxySettings(environment: [:])

    /// The names of the variables that `init(environment:)` reads.
    package static let variables = [
        "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
    ]

    /// The variables as curl and Go read them: `https_proxy`, `HTTPS_PROXY`, `all_proxy`,
    /// `ALL_PROXY`, the first that is not empty; `no_proxy`, `NO_PROXY`, see `ProxyException`.
    package init(environment: [String: String]) {
        func first(_ names: ArraySlice<String>) -> String {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        }
        proxy = first(Self.variables[..<4])
        exceptions = first(Self.variables[4...])
            .split { $0 == "," || $0.isWhitespace }.compactMap(ProxyException.init)
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
