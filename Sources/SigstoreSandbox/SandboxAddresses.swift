/// Where the services are: all on one host, each on a port of its own.
///
/// Not below one port, because clients take the host of a URL for more than an address: Rekor v2
/// signs checkpoints as its host, and some clients drop the path of Fulcio's URL.
package struct SandboxAddresses: Sendable {
    package static let host = "127.0.0.1"

    let ports: [ServiceName: Int]
    var isTLS = false

    /// A base URL without a slash at its end.
    package subscript(service: ServiceName) -> String {
        "http\(isTLS ? "s" : "")://\(Self.host):\(ports[service] ?? 0)"
    }
}
