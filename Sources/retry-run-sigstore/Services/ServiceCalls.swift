import Console
import HTTP
import POSIX
import RetryEngine
import Sigstore

extension SigningCalls where Clock == SystemClock {
    /// The way to the services that the options ask for, its deadline counted from now.
    ///
    /// - Parameter whileWaiting: Called about once a second during exchanges and pauses.
    /// - Throws: `UsageError` where libcurl cannot be used.
    init(
        _ limits: CallLimits, whileWaiting: @escaping () -> Void = {},
        observer: @escaping (SigningEvent) -> Void
    ) throws {
        let names = ProxySettings.variables + CertificateAuthorities.variables
        let variables = Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                environmentVariable(name).map { (name, $0) }
            })
        let cancellation = Cancellation.descriptor
        let clock = SystemClock(cancellation: cancellation, whileWaiting: whileWaiting)
        do {
            let transport = try CurlTransport(
                userAgent: "retry-run/\(programVersion)",
                certificateAuthorities: limits.certificateAuthorities
                    .map { CertificateAuthorities(only: $0) }
                    ?? CertificateAuthorities(environment: variables),
                proxy: ProxySettings(environment: variables),
                cancellation: cancellation, whileWaiting: whileWaiting)
            self.init(
                services: ClockComparison(transport), clock: clock, policy: limits.policy,
                attemptLimit: limits.timeout ?? .never,
                deadline: limits.end, observer: observer)
        } catch {
            throw UsageError("\(error)")
        }
    }
}

extension Duration {
    /// A limit of none at all: one that no run will see.
    static let never = Duration.seconds(100 * 366 * 86400)
}

extension Reporter {
    /// One line for each attempt that another one follows.
    func note(_ event: SigningEvent) {
        switch event {
        case .call(_, .pauses(let attempt, let attempts, let error, let pause)):
            attemptFailed(attempt, of: attempts, reason: "\(error)", next: pause)
        case .asksAgain(_, let reason, let pause):
            note("asking again in \(durationText(pause)): \(reason)")
        default:
            break
        }
    }
}
