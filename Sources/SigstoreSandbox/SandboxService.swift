/// The services by the names that fault plans and counts use.
package enum ServiceName: String, Sendable, CaseIterable {
    case issuer
    case fulcio
    case tsa
    case rekorV1 = "rekor-v1"
    case rekorV2 = "rekor-v2"
    case tuf
    case registry
    case storage
    case secondFulcio = "fulcio-2"
    case secondTSA = "tsa-2"
    case secondRekorV1 = "rekor-v1-2"
    case secondRekorV2 = "rekor-v2-2"
    case rekorV2Alias = "rekor-v2-alias"

    /// The service of which this one is an instance.
    package var kind: ServiceName {
        switch self {
        case .secondFulcio: .fulcio
        case .secondTSA: .tsa
        case .secondRekorV1: .rekorV1
        case .secondRekorV2, .rekorV2Alias: .rekorV2
        default: self
        }
    }

    /// The second instance of this service, where there can be one.
    package var second: ServiceName? {
        ServiceName.allCases.first { $0.isSecond && $0.kind == self }
    }

    /// Whether it is a second instance, which has another operator and another host.
    var isSecond: Bool { kind != self && self != .rekorV2Alias }

    /// The names of the calls that the service counts one by one.
    package var calls: [String] {
        if self == .rekorV2Alias { return ["create"] }
        return switch kind {
        case .issuer: ["discovery", "keys", "token", "authorize", "device", "login"]
        case .fulcio: ["certificate", "configuration", "trust-bundle"]
        case .tsa: ["timestamp", "chain"]
        case .rekorV1: ["create", "get", "retrieve", "index", "key"]
        case .rekorV2: ["create", "checkpoint", "tile", "entries"]
        case .registry:
            [
                "ping", "token", "catalog", "tags", "referrers", "manifest-get", "manifest-head",
                "manifest-put", "manifest-delete", "blob-get", "blob-head", "blob-delete",
                "blob-upload", "blob-chunk", "blob-put",
            ]
        case .storage: ["get"]
        default: ["metadata", "target"]
        }
    }

    /// What plans and counts call the handshakes of a service, which are no calls.
    package static let handshake = "handshake"
}

/// What is behind a port: it answers requests, and never does input or output itself.
protocol SandboxEndpoint: Sendable {
    /// Which of its calls a request is; nil when it is none.
    func call(of request: SandboxRequest) -> String?

    /// Answers one of its calls, wrongly if `fault` says so and it is one of this service.
    func reply(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxReply

    /// What it answers with a status that a fault names.
    func failure(_ status: Int, of call: String, _ request: SandboxRequest) -> SandboxAnswer
}

/// When a service answers.
enum SandboxReply {
    case now(SandboxAnswer)
    /// What was asked for is done, and the answer to it is known after that time.
    case later(Duration, @Sendable () throws -> SandboxAnswer)
}

/// A service that answers at once.
protocol SandboxService: SandboxEndpoint {
    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer
}

extension SandboxEndpoint {
    func failure(_ status: Int, of call: String, _ request: SandboxRequest) -> SandboxAnswer {
        SandboxAnswer(error: status, "a fault of the sandbox")
    }
}

extension SandboxService {
    func reply(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxReply {
        .now(try answer(call, request, fault: fault))
    }
}
