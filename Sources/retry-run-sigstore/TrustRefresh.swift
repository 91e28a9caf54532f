import Console
import Sigstore
import TUF

/// Brings the trusted root of an instance up to date.
struct TrustRefresh {
    private let trust: InstanceTrust
    private let limits: CallLimits
    private let reporter: Reporter

    init(_ trust: InstanceTrust, limits: CallLimits, reporter: Reporter) {
        self.trust = trust
        self.limits = limits
        self.reporter = reporter
    }

    /// The trusted root after an update. When that fails, the one of the last update will do as
    /// long as its repository promised.
    /// - Throws: `ServiceError` when there is none, `UsageError` for a root that is none.
    func trustedRoot() throws -> [UInt8] {
        let fetcher = try RepositoryFetcher(
            trust.instance.repository, limits: limits, reporter: reporter)
        do throws(TUFError) {
            return try updated(fetcher)
        } catch {
            let reason =
                "cannot refresh the trust in \(trust.instance.repository): \(error)"
            if let current = trust.current() {
                reporter.warn("\(reason); that of the last run is still in date")
                return current
            }
            throw ServiceError(
                description: reason, isTimeout: fetcher.isTimeout,
                hint: "--offline fetches nothing and trusts what was cached or built in")
        }
    }

    private func updated(_ fetcher: RepositoryFetcher) throws(TUFError) -> [UInt8] {
        do throws(TUFError) {
            return try attempt(fetcher)
        } catch  where !error.isTransient {
            // Files of a repository that is just being updated may not fit together.
            return try attempt(fetcher)
        }
    }

    private func attempt(_ fetcher: RepositoryFetcher) throws(TUFError) -> [UInt8] {
        var updater = try Updater(
            fetcher: fetcher, store: trust.store, bootstrapRoot: trust.instance.root,
            now: trust.now)
        try updater.refresh(targets: [InstanceTrust.target])
        return try updater.target(InstanceTrust.target)
    }
}
