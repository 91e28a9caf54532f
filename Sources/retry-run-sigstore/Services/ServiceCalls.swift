import Console
import HTTP
import OperatingSystem
import RetryEngine
import Sigstore

extension SigningCalls where Clock == SystemClock {
    /// The way to the services that the options ask for.
    ///
    /// - Parameters:
    ///   - deadline: The end of all calls; nil for none.
    ///   - whileWaiting: Called about once a second during exchanges and pauses.
    /// - Throws: `UsageError` where libcurl cannot be used, or would not with the proxy that is named.
    init(
        _ limits: RetryConfiguration, deadline: ContinuousClock.Instant?,
        whileWaiting: @escaping () -> Void = {},
        observer: @escaping (SigningEvent, _ number: Int?) -> Void
    ) throws {
        let names = ProxySettings.variables + CertificateAuthorities.variables
        let variables = Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                environmentVariable(name).map { (name, $0) }
            })
        do {
            let transport = try CurlTransport(
                userAgent: "retry-run/\(programVersion)",
                certificateAuthorities: limits.certificateAuthorities
                    .map { CertificateAuthorities(only: $0) }
                    ?? CertificateAuthorities(environment: variables),
                proxy: ProxySettings(environment: variables),
                cancellation: Cancellation.descriptor, whileWaiting: whileWaiting)
            self.init(
                services: ClockSkewTransport(transport), clock: SystemClock(transport: transport),
                policy: limits.policy, attemptLimit: limits.timeout, limit: limits.limit,
                deadline: deadline, observer: observer)
        } catch {
            throw UsageError("\(error)")
        }
    }
}

extension Reporter {
    /// One line for each attempt that another one follows.
    func note(_ event: SigningEvent) {
        guard case .call(_, .pauses(let attempt, let attempts, let error, let pause)) = event else {
            return
        }
        attemptFailed(attempt, of: attempts, reason: "\(error)", next: pause)
    }
}
