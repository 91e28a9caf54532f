package import HTTP

/// The calls of one attempt at a registry, as the exchanges of an `HTTPCall`.
///
/// ```swift
/// HTTPCall(…, request: { _ in try conversation.begin(call) },
///     read: { try conversation.take($0) … }, standIn: conversation.standIn)
/// ```
package final class RegistryConversation {
    package enum Step {
        case send(HTTPRequest)
        case answered(RegistryAnswer)
    }

    private let registries: KnownRegistries
    private let registry: String
    private var exchange: RegistryExchange?
    /// What the last attempt has failed by, in words of the registry; the HTTP failure says less.
    package private(set) var error: RegistryError?

    package init(with registry: String, _ registries: KnownRegistries) {
        self.registry = registry
        self.registries = registries
    }

    /// How calls of the registry are named that share its trouble.
    package var service: String { "registry \(registry)" }

    /// Begins a call.
    /// - Returns: What is sent first.
    package func begin(_ call: RegistryCall) throws(HTTPFailure) -> HTTPRequest {
        exchange = RegistryExchange(call)
        guard case .send(let request) = try next() else {
            throw .setUp("begin a call of a registry")
        }
        return request
    }

    /// The call that is on its way; nil while something is asked that comes before it.
    package var callOnItsWay: RegistryCall? {
        exchange.flatMap { $0.isAsking ? $0.call : nil }
    }

    /// Takes in the answer to what was sent.
    package func take(_ response: HTTPResponse) throws(HTTPFailure) -> Step {
        try judging { () throws(RegistryError) -> Void in
            try exchange?.take(response, &registries[registry])
        }
        return try next()
    }

    /// What is sent after an exchange has failed; nil where the attempt has.
    package func standIn(for failure: HTTPFailure) -> HTTPRequest? {
        guard exchange?.take(failure) == true, case .send(let request)? = try? next() else {
            return nil
        }
        return request
    }

    private func next() throws(HTTPFailure) -> Step {
        try judging { () throws(RegistryError) -> Step in
            while true {
                switch try exchange?.next(&registries[registry]) {
                case .send(let request)?: return .send(request)
                case .answered(let answer)?: return .answered(answer)
                case .credentials?:
                    guard let call = exchange?.call else { continue }
                    try registries.findCredentials(for: call)
                case nil: throw .refused("no call was begun")
                }
            }
        }
    }

    /// Does something with an answer; what it throws is how the attempt has failed.
    package func judging<Value>(
        _ body: () throws(RegistryError) -> Value
    ) throws(HTTPFailure) -> Value {
        do {
            error = nil
            return try body()
        } catch {
            self.error = error
            throw error.failure
        }
    }
}
