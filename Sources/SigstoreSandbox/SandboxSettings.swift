/// What a sandbox has and how it behaves, besides the faults of single calls.
package struct SandboxSettings: Sendable {
    /// Services of which there is a second instance, by another operator.
    package var doubled: Set<ServiceName> = []
    /// Whether Rekor v2 takes entries at an address that belongs to none of its logs.
    package var hasAlias = false
    /// The first that is of a service counts.
    package var bodyLimits: [BodyLimit] = []
    /// How long Rekor v2 waits from one checkpoint to the next; with zero each entry gets its own at
    /// once.
    package var checkpointInterval = Duration.zero
    /// What the network adds to each answer, and once more to each new connection.
    package var roundTrip = Duration.zero
    package var registry = RegistryOptions()

    package init() {}

    /// All that is served, in the order of the ports.
    package var services: [ServiceName] {
        ServiceName.allCases.filter {
            switch $0 {
            case .rekorV2Alias: hasAlias
            default: $0.isSecond ? doubled.contains($0.kind) : true
            }
        }
    }

    func bodyLimit(of service: ServiceName) -> BodyLimit? {
        bodyLimits.first { $0.service == service }
    }
}
