package import FoundationEssentials
package import HTTP

/// The services that one run signs with.
package struct SigningServices: Codable, Sendable {
    package struct Service: Codable, Equatable, Sendable {
        package let url: HTTPURL
        package let majorVersion: Int64
    }

    /// What a run is to bring besides the signature.
    package struct Needs: Sendable {
        /// A certificate; none when a key signs that verifiers know.
        package var certificate = true
        package var log = true
        package var timestamp = true
        /// A log's promise that it has the certificate.
        package var certificatePromise = true
        /// The versions of Rekor to choose from.
        package var logVersions: Set<Int64> = [1, 2]
        /// Whether a log of another version may stand in where those chosen fail.
        package var fallsBack = false

        package init() {}

        /// A key signs for itself.
        package var isNobody: Bool { !certificate && !log && !timestamp }
    }

    /// Nil when no certificate is needed.
    package private(set) var certificateAuthority: Service?
    package let isPromiseNeeded: Bool
    package let timestampAuthorities: ServiceChoice<Service>
    package private(set) var logs: ServiceChoice<Service>
    /// Those of another version that may stand in; nil where none may, or they have.
    package private(set) var fallbackLogs: ServiceChoice<Service>?

    /// Chooses by the rules of the signing config.
    ///
    /// - Throws: `SelectionError` also when the bundle could not show when it was signed: that takes
    ///   a timestamp authority, or a log that promises its times (Rekor v1).
    package init(
        _ config: SigningConfig, at time: Date, needs: Needs
    ) throws(SelectionError) {
        certificateAuthority =
            needs.certificate ? try Self.certificateAuthority(config, at: time) : nil
        isPromiseNeeded = needs.certificatePromise
        timestampAuthorities = try Self.services(
            "timestamp authority",
            needs.timestamp ? config.timestampAuthorities(at: time) : .none)
        logs = try Self.services(
            "transparency log",
            needs.log ? config.logs(at: time, versions: needs.logVersions) : .none)
        fallbackLogs = needs.fallsBack ? try Self.fallback(for: logs, config, at: time) : nil
        for choice in [logs, fallbackLogs].compactMap({ $0 })
        where needs.certificate && timestampAuthorities.count == 0 {
            let log = choice.candidates.first
            if log?.majorVersion != 1 { throw .noTime(log: log.map { "\($0.url)" }) }
        }
    }

    /// The one that issues certificates by the signing config.
    package static func certificateAuthority(
        _ config: SigningConfig, at time: Date
    ) throws(SelectionError) -> Service {
        try service("certificate authority", config.certificateAuthority(at: time))
    }

    private static func fallback(
        for logs: ServiceChoice<Service>, _ config: SigningConfig, at time: Date
    ) throws(SelectionError) -> ServiceChoice<Service>? {
        guard let version = logs.candidates.first?.majorVersion else { return nil }
        let others = Set(config.logs.map(\.majorVersion)).subtracting([version])
            .intersection([1, 2])
        guard !others.isEmpty else { return nil }
        return try services("transparency log", config.logs(at: time, versions: others))
    }

    /// Whether there is to be a log entry.
    package var isLogged: Bool { logs.count > 0 }

    /// Whether the log's time has to lie within that of the certificate: Rekor v1.
    package var isLogTimed: Bool { logs.candidates.first?.majorVersion == 1 }

    /// Has the connections to those that come later opened while the first one answers.
    func prepareConnections(_ transport: any HTTPTransport) {
        for service in Array(timestampAuthorities.chosen) + Array(logs.chosen) {
            transport.prepare(service.url)
        }
    }

    /// Asks another authority for certificates from now on, where some are needed.
    mutating func takeCertificates(from authority: Service) {
        if certificateAuthority != nil { certificateAuthority = authority }
    }

    /// Uses the logs of the other version from now on. Those of Rekor v2 are kept to turn back to: they take an
    /// entry at any time.
    mutating func fallBack() {
        guard let other = fallbackLogs else { return }
        fallbackLogs = isLogTimed ? nil : logs
        logs = other
    }

    /// Uses the logs of a newer signing config.
    mutating func replaceLogs(by newer: SigningServices) {
        logs = newer.logs
    }

    private static func services(
        _ kind: String, _ choice: ServiceChoice<SigningConfig.Service>
    ) throws(SelectionError) -> ServiceChoice<Service> {
        var candidates: [Service] = []
        for candidate in choice.candidates { candidates.append(try service(kind, candidate)) }
        return ServiceChoice(candidates: candidates, count: choice.count)
    }

    private static func service(
        _ kind: String, _ service: SigningConfig.Service
    ) throws(SelectionError) -> Service {
        do {
            return Service(url: try HTTPURL(service.url), majorVersion: service.majorVersion)
        } catch {
            throw .address(kind, error)
        }
    }
}

/// Services of one kind, of which the first `count` that work are used.
package struct ServiceChoice<Service> {
    package let candidates: [Service]
    package let count: Int

    package init(candidates: [Service], count: Int) {
        self.candidates = candidates
        self.count = count
    }

    package static var none: Self { Self(candidates: [], count: 0) }

    /// Those that are asked as long as all of them work.
    package var chosen: ArraySlice<Service> { candidates.prefix(count) }
}

extension ServiceChoice: Sendable where Service: Sendable {}
extension ServiceChoice: Codable where Service: Codable {
    private enum CodingKeys: CodingKey { case candidates, count }

    package init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        candidates = try stored.decode([Service].self, forKey: .candidates)
        count = try stored.decode(Int.self, forKey: .count)
        guard 0...candidates.count ~= count else {
            throw DecodingError.dataCorruptedError(
                forKey: .count, in: stored, debugDescription: "more services than there are")
        }
    }
}
