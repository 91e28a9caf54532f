/// The services by the names that fault plans and counts use.
package enum ServiceName: String, Sendable, CaseIterable {
    case issuer
    case fulcio
    case tsa
    case rekorV1 = "rekor-v1"
    case rekorV2 = "rekor-v2"
    case tuf

    /// The names of the calls that the service counts one by one.
    package var calls: [String] {
        switch self {
        case .issuer: ["discovery", "keys", "token", "authorize", "device", "login"]
        case .fulcio: ["certificate", "configuration", "trust-bundle"]
        case .tsa: ["timestamp", "chain"]
        case .rekorV1: ["create", "get", "retrieve", "key"]
        case .rekorV2: ["create", "checkpoint", "tile", "entries"]
        case .tuf: ["metadata", "target"]
        }
    }

    /// What plans and counts call the handshakes of a service, which are no calls.
    package static let handshake = "handshake"
}

/// One of the services: it answers requests, and never does input or output itself.
protocol SandboxService: Sendable {
    var name: ServiceName { get }

    /// Which of the service's calls a request is; nil when it is none.
    func call(of request: SandboxRequest) -> String?

    /// Answers one of the service's calls, wrongly if `fault` says so and it is one of this service.
    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer
}
