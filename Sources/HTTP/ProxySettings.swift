/// The proxy for https, and the hosts that are reached without it.
///
/// A loopback address never has a proxy. The proxy's address may hold a password.
package struct ProxySettings: Sendable {
    let proxy: String
    let exceptions: String

    package static let none = ProxySettings(environment: [:])

    /// The variables as curl reads them: `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`,
    /// the first that is set; `no_proxy`, `NO_PROXY`. An empty one is set.
    package init(environment: [String: String]) {
        func first(_ names: String...) -> String {
            names.lazy.compactMap { environment[$0] }.first ?? ""
        }
        proxy = first("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        exceptions = first("no_proxy", "NO_PROXY")
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
