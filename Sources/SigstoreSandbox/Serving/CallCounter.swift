import JSON

/// Counts the calls of each service, and says what befalls each.
struct CallCounter {
    private let services: [ServiceName]
    private(set) var plans: [FaultPlan]
    /// By service, then by call; the empty name counts all calls of the service.
    private var counts: [ServiceName: [String: Int]] = [:]

    init(services: [ServiceName] = ServiceName.allCases, plans: [FaultPlan]) {
        self.services = services
        self.plans = plans
    }

    /// Counts a call, or a handshake. The first plan that fits decides.
    mutating func count(_ call: String, of service: ServiceName) -> Fault? {
        let isCall = call != ServiceName.handshake
        if isCall { counts[service, default: [:]]["", default: 0] += 1 }
        counts[service, default: [:]][call, default: 0] += 1
        return plans.first {
            $0.service == service && ($0.call == nil && isCall || $0.call == call)
                && $0.numbers.contains(counts[service]?[$0.call ?? ""] ?? 0)
        }?.fault
    }

    /// `{"fulcio": {"total": 1, "certificate": 1, …}, …}`
    var json: JSONValue {
        var services: [String: JSONValue] = [:]
        for service in self.services {
            var calls = ["total": JSONValue.integer(count(service, ""))]
            for call in service.calls + [ServiceName.handshake] {
                calls[call] = .integer(count(service, call))
            }
            services[service.rawValue] = .object(calls)
        }
        return .object(services)
    }

    private func count(_ service: ServiceName, _ call: String) -> Int64 {
        Int64(counts[service]?[call] ?? 0)
    }
}
