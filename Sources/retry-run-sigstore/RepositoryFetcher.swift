import Console
import HTTP
import POSIX
import RetryEngine
import TUF

/// Gets the files of a TUF repository over HTTP, each call by the rules of the retry engine.
final class RepositoryFetcher: MetadataFetcher {
    private let base: HTTPURL
    private let client: HTTPClient<SystemClock>
    private let deadline: ContinuousClock.Instant
    /// Whether the deadline has ended a call.
    private(set) var isTimeout = false

    /// - Throws: `UsageError` for a URL that is none.
    init(_ repository: String, limits: CallLimits, reporter: Reporter) throws {
        do {
            base = try HTTPURL(repository)
        } catch {
            throw UsageError("--tuf-url: \(error)")
        }
        let names = [
            "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
        ]
        let variables = names.compactMap { name in environmentVariable(name).map { (name, $0) } }
        let transport = try CurlTransport(
            userAgent: "retry-run/\(programVersion)",
            certificateAuthorities: limits.certificateAuthorities,
            proxy: ProxySettings(environment: Dictionary(uniqueKeysWithValues: variables)))
        let clock = SystemClock()
        // A limit of none at all is one that no run will see.
        let never = Duration.seconds(100 * 366 * 86400)
        deadline = clock.now.advanced(by: limits.deadline ?? never)
        client = HTTPClient(
            transport: transport, clock: clock, policy: limits.policy,
            attemptLimit: limits.timeout ?? never
        ) { event in
            guard case .attemptFailed(let attempt, .failure(let error), let pause) = event else {
                return
            }
            reporter.attemptFailed(
                attempt, of: limits.policy.attempts, reason: "\(error)", next: pause)
        }
    }

    func fetch(_ path: String, limit: Int) throws(FetchError) -> [UInt8] {
        let outcome: HTTPOutcome
        do {
            // Some storage answers 403 for a file that is not there.
            outcome = client.send(
                try HTTPRequest(
                    .get, base.appending(path: path), answers: [403, 404], bodyLimit: limit),
                deadline: deadline)
        } catch {
            throw .unavailable("\(error)")
        }
        switch outcome.result {
        case .success(let response) where response.status == 403 || response.status == 404:
            throw .notFound
        case .success(let response):
            return response.body
        case .failure(let error):
            if case .tooLarge = error.failure { throw .tooLarge }
            if error.failureClass == .deadline { isTimeout = true }
            throw .unavailable("\(error)")
        }
    }
}
