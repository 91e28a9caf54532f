/// A fault, and which calls of a service it befalls: `SERVICE[/CALL]:N[-[M]]=KIND[:ARGUMENT]`.
///
/// `rekor-v2/create:1-2=503:2` befalls the first two entries offered to that log. Calls are counted
/// from 1: without `/CALL` all of the service's, with it those of that name. `N-` has no end.
/// `fulcio/handshake:1=reset` befalls the first connection, before there is any call on it.
package struct FaultPlan: Equatable, Sendable {
    package let service: ServiceName
    package let call: String?
    package let numbers: ClosedRange<Int>
    package let fault: Fault

    package init(_ text: String) throws(FaultPlanError) {
        guard let equals = text.firstIndex(of: "="),
            let colon = text[..<equals].lastIndex(of: ":")
        else { throw .malformed(text) }
        let place = text[..<colon].split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let service = place.first.flatMap({ ServiceName(rawValue: String($0)) }) else {
            throw .unknownService(String(place.first ?? ""))
        }
        call = place.count > 1 ? String(place[1]) : nil
        if let call, !service.calls.contains(call), call != ServiceName.handshake {
            throw .unknownCall(call, of: service)
        }
        let numbers = text[text.index(after: colon)..<equals]
        guard let range = Self.range(numbers) else { throw .numbers(String(numbers)) }
        let kind = text[text.index(after: equals)...]
        guard let fault = Self.fault(kind, ofHandshake: call == ServiceName.handshake) else {
            throw .unknownFault(String(kind))
        }
        guard fault.isOf(service) else { throw .foreignFault(String(kind), at: service) }
        self.service = service
        self.numbers = range
        self.fault = fault
    }

    /// Whether it can only befall a connection that begins with TLS.
    package var isOfHandshake: Bool { call == ServiceName.handshake }

    private static func fault(_ kind: Substring, ofHandshake isOfHandshake: Bool) -> Fault? {
        if isOfHandshake { return HandshakeFault(kind).map { .handshake($0) } }
        return Fault(kind) ?? RegistryFault(kind).map { .registry($0) }
    }

    private static func range(_ text: Substring) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = ends.first.flatMap({ Int($0) }), first >= 1 else { return nil }
        guard ends.count > 1 else { return first...first }
        if ends[1].isEmpty { return first...Int.max }
        guard let last = Int(ends[1]), last >= first else { return nil }
        return first...last
    }
}

/// A fault plan that says nothing that could be done.
package enum FaultPlanError: Error, Equatable {
    case malformed(String)
    case unknownService(String)
    case unknownCall(String, of: ServiceName)
    case numbers(String)
    case unknownFault(String)
    case foreignFault(String, at: ServiceName)
    case noHandshakes
    case notServed(ServiceName)
}

extension FaultPlanError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let text):
            "fault plan '\(text)' is not SERVICE[/CALL]:N[-M]=KIND[:ARGUMENT]"
        case .unknownService(let name):
            "no service '\(name)'; there are "
                + ServiceName.allCases.map(\.rawValue).joined(separator: ", ")
        case .unknownCall(let call, let service):
            "\(service.rawValue) has no call '\(call)'; it has "
                + (service.calls + [ServiceName.handshake]).joined(separator: ", ")
        case .numbers(let text):
            "'\(text)' is not the number of a call from 1, nor two of them in order"
        case .unknownFault(let kind):
            "no fault '\(kind)'; a fault is \(Fault.grammar); one of the registry is "
                + "\(RegistryFault.grammar); one of a handshake is \(HandshakeFault.grammar)"
        case .foreignFault(let kind, let service):
            "fault '\(kind)' is not one of \(service.rawValue)"
        case .noHandshakes: "there are handshakes with --tls only"
        case .notServed(let service):
            service == .rekorV2Alias
                ? "\(service.rawValue) is served with --alias only"
                : "\(service.rawValue) is served with --second \(service.kind.rawValue) only"
        }
    }
}
