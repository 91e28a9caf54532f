package import FoundationEssentials
package import HTTP

/// No choice of services follows from a signing config.
package enum SelectionError: Error, Equatable {
    case noService(String)
    case noLog(version: Int64)
    case tooFew(String, found: Int, needed: Int)
    case noSelector(String)
    case address(String, HTTPFailure)
    /// Nothing would show when it was signed; the log, if there is one, proves no time.
    case noTime(log: String?)
}

extension SelectionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noService(let kind):
            "the signing config has no \(kind) of a known version that is in use now"
        case .noLog(let version):
            "the signing config has no log of Rekor v\(version) that is in use now"
        case .tooFew(let kind, let found, let needed):
            "the signing config wants \(needed) of its \(kind)s, but only \(found) can be used"
        case .noSelector(let kind):
            "the signing config does not say how many of its \(kind)s to use"
        case .address(let kind, let failure):
            "cannot use the \(kind): \(failure)"
        case .noTime(let log):
            (log.map { "the log \($0) proves no time, and " } ?? "")
                + "there is no timestamp authority, so that nothing would show when it was signed"
        }
    }
}

/// The rules of the signing config specification, as a function of the time.
extension SigningConfig {
    package func certificateAuthority(at time: Date) throws(SelectionError) -> Service {
        try first("certificate authority", certificateAuthorities, at: time)
    }

    package func identityProvider(at time: Date) throws(SelectionError) -> Service {
        try first("identity provider", identityProviders, at: time)
    }

    /// - Parameter versions: The major versions to choose from; a user may force one.
    package func logs(
        at time: Date, versions: Set<Int64> = [1, 2]
    ) throws(SelectionError) -> ServiceChoice<Service> {
        do {
            return try select("transparency log", logs, logSelector, versions, time)
        } catch .noService where versions.count == 1 {
            throw .noLog(version: versions.first ?? 0)
        }
    }

    /// None at all is a valid choice: an instance may do without.
    package func timestampAuthorities(
        at time: Date
    ) throws(SelectionError) -> ServiceChoice<Service> {
        if timestampAuthorities.isEmpty { return .none }
        return try select(
            "timestamp authority", timestampAuthorities, timestampSelector, [1], time)
    }

    private func first(
        _ kind: String, _ services: [Service], at time: Date
    ) throws(SelectionError) -> Service {
        guard let service = Self.usable(services, [1], time).first else { throw .noService(kind) }
        return service
    }

    private func select(
        _ kind: String, _ services: [Service], _ selector: Selector?, _ versions: Set<Int64>,
        _ time: Date
    ) throws(SelectionError) -> ServiceChoice<Service> {
        guard let selector else { throw .noSelector(kind) }
        let usable = Self.usable(services, versions, time)
        guard !usable.isEmpty else { throw .noService(kind) }
        switch selector {
        case .all: return ServiceChoice(candidates: usable, count: usable.count)
        case .any: return ServiceChoice(candidates: usable, count: 1)
        case .exact(let count):
            guard usable.count >= count else {
                throw .tooFew(kind, found: usable.count, needed: count)
            }
            return ServiceChoice(candidates: usable, count: count)
        }
    }

    /// The services of the highest version that are in use, the newest first, one per operator. Those
    /// without an operator, as services named by the user are, exclude none.
    private static func usable(
        _ services: [Service], _ versions: Set<Int64>, _ time: Date
    ) -> [Service] {
        let current = services.filter {
            $0.period.contains(time) && versions.contains($0.majorVersion)
        }
        let highest = current.map(\.majorVersion).max()
        var operators: Set<String> = []
        return current.filter { $0.majorVersion == highest }
            .sorted { $0.period.start > $1.period.start }
            .filter { $0.operatorName.isEmpty || operators.insert($0.operatorName).inserted }
    }
}
