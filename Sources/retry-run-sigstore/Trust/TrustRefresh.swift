import Console
import HTTP
import Sigstore
import TUF

/// Brings what an instance tells its clients up to date.
struct TrustRefresh {
    private let trust: InstanceTrust
    private let calls: SigningCalls<SystemClock>
    private let reporter: Reporter

    init(_ trust: InstanceTrust, calls: SigningCalls<SystemClock>, reporter: Reporter) {
        self.trust = trust
        self.calls = calls
        self.reporter = reporter
    }

    /// The targets after an update. In an outage those of the last update will do as long as their
    /// repository promised; an answer that must not be believed is never made up for.
    /// - Throws: `ServiceError` when there are none.
    func targets(_ names: [String]) throws -> [[UInt8]] {
        let fetcher = try RepositoryFetcher(trust.instance, calls: calls)
        do throws(TUFError) {
            return try updated(names, fetcher)
        } catch {
            try Cancellation.check()
            let reason = "cannot refresh the trust in \(trust.instance.name): \(error)"
            guard error.isTransient else {
                throw ServiceError(
                    description: reason, failureClass: .permanent, hint: hint(for: error))
            }
            if fetcher.failureClass != .cancelled, let current = trust.current(names) {
                reporter.warn("\(reason); that of the last run is still in date")
                return current
            }
            throw ServiceError(
                description: reason, failureClass: fetcher.failureClass,
                hint: "--offline fetches nothing and trusts what was cached or built in")
        }
    }

    /// The local clock decides; that of the repository may explain.
    private func hint(for error: TUFError) -> String? {
        guard case .expired = error, let skew = calls.services.notableSkew else { return nil }
        return "by its own clock the repository is "
            + "\(durationText(skew > .zero ? skew : .zero - skew)) "
            + "\(skew > .zero ? "behind" : "ahead of") this machine; is the clock here right?"
    }

    private func updated(
        _ names: [String], _ fetcher: RepositoryFetcher
    ) throws(TUFError) -> [[UInt8]] {
        do throws(TUFError) {
            return try attempt(names, fetcher)
        } catch .refused(let file, let reason) {
            throw .refused(file: file, reason: reason)
        } catch  where !error.isTransient {
            // Files of a repository that is just being updated may not fit together.
            return try attempt(names, fetcher)
        }
    }

    private func attempt(
        _ names: [String], _ fetcher: RepositoryFetcher
    ) throws(TUFError) -> [[UInt8]] {
        var updater = try Updater(
            fetcher: fetcher, store: trust.store, bootstrapRoot: trust.instance.root,
            now: trust.now)
        try updater.refresh(targets: names)
        var targets: [[UInt8]] = []
        for name in names { targets.append(try updater.target(name)) }
        return targets
    }
}
