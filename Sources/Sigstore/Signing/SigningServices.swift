package import FoundationEssentials
package import HTTP

/// The services that one run signs with.
package struct SigningServices: Sendable {
    package struct Service: Sendable {
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

        package init() {}

        /// A key signs for itself.
        package var isNobody: Bool { !certificate && !log && !timestamp }
    }

    /// Nil when no certificate is needed.
    package let certificateAuthority: Service?
    package let isPromiseNeeded: Bool
    package let timestampAuthorities: ServiceChoice<Service>
    package let logs: ServiceChoice<Service>

    /// Chooses by the rules of the signing config.
    ///
    /// - Throws: `SelectionError` also when the bundle could not show when it was signed: that takes
    ///   a timestamp authority, or a log that promises its times (Rekor v1).
    package init(
        _ config: SigningConfig, at time: Date, needs: Needs
    ) throws(SelectionError) {
        certificateAuthority =
            needs.certificate
            ? try Self.service("certificate authority", config.certificateAuthority(at: time))
            : nil
        isPromiseNeeded = needs.certificatePromise
        timestampAuthorities = try Self.services(
            "timestamp authority",
            needs.timestamp ? config.timestampAuthorities(at: time) : .none)
        logs = try Self.services(
            "transparency log",
            needs.log ? config.logs(at: time, versions: needs.logVersions) : .none)
        let isTimeLogged = logs.candidates.first?.majorVersion == 1
        if needs.certificate, timestampAuthorities.count == 0, !isTimeLogged {
            throw .noTime(log: logs.candidates.first.map { "\($0.url)" })
        }
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

    /// Asks one after the other until as many as needed have answered.
    ///
    /// - Parameter isReplaceable: Whether another one may be asked instead of one that failed so.
    /// - Throws: Of several failures the one that came furthest.
    func answers<Answer, Failure: Progressing>(
        isReplaceable: (Failure) -> Bool, ask: (Service) throws(Failure) -> Answer
    ) throws(Failure) -> [Answer] {
        var answers: [Answer] = []
        var spare = candidates.count - count
        var furthest: Failure?
        for service in candidates where answers.count < count {
            do {
                answers.append(try ask(service))
            } catch {
                if error.isFurther(than: furthest) { furthest = error }
                guard spare > 0, isReplaceable(error) else { throw furthest ?? error }
                spare -= 1
            }
        }
        return answers
    }
}

extension ServiceChoice: Sendable where Service: Sendable {}
