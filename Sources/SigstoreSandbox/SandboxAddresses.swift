/// Where the services are: each on a port of its own, second instances on a host of their own.
///
/// Not below one port, because clients take the host of a URL for more than an address: Rekor v2
/// signs checkpoints as its host, and some clients drop the path of Fulcio's URL.
package struct SandboxAddresses: Sendable {
    package static let host = "127.0.0.1"
    package static let secondHost = "127.0.0.2"

    let ports: [ServiceName: Int]
    var isTLS = false

    /// A base URL without a slash at its end.
    package subscript(service: ServiceName) -> String {
        "http\(isTLS ? "s" : "")://\(Self.host(of: service)):\(ports[service] ?? 0)"
    }

    package static func host(of service: ServiceName) -> String {
        service.isSecond ? secondHost : host
    }
}
