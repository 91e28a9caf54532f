package import RetryEngine

/// Many jobs under one policy, all of whose first calls meet a service that is down.
///
/// Each job is a run of `retry` on a simulated clock. A call that starts in the outage fails: at
/// once, or when the limit of an attempt is over, as a call does that nobody answers. A call that
/// starts later succeeds and takes no time. The jobs know nothing of each other, and the service
/// bears every load.
package struct Fleet: Equatable, Sendable {
    package var jobs: Int
    package var outage: Duration

    package init(jobs: Int, outage: Duration) {
        self.jobs = jobs
        self.outage = outage
    }
}

extension Fleet {
    /// Counts the calls of all jobs.
    ///
    /// - Parameters:
    ///   - policy: Its seed gives each job a seed of its own; without one every count differs.
    ///   - attemptLimit: The limit of each attempt; nil for calls that fail at once.
    ///   - deadline: The time from the first call to the deadline of each job; nil for none.
    ///   - callLimit: How many calls are counted at most.
    /// - Throws: `FleetError` when there are more, as there are without end for a policy that
    ///   neither waits nor gives up.
    package func load(
        policy: RetryPolicy, attemptLimit: Duration? = nil, deadline: Duration? = nil,
        callLimit: Int = 100_000_000
    ) throws -> FleetLoad {
        var load = FleetLoad(jobs: jobs)
        var seeds = SeededGenerator(seed: policy.seed ?? .random(in: .min ... .max))
        // Without jitter all jobs make as many calls as the first one.
        let limitOfJob = policy.jitter == .none ? callLimit / jobs : callLimit
        var policy = policy
        for _ in 0..<jobs {
            policy.seed = seeds.next()
            let clock = SimulatedClock()
            let end = deadline.map { clock.now.advanced(by: $0) }
            let outcome = try retry(policy: policy, deadline: end, clock: clock) { number in
                if load.calls >= callLimit || number > limitOfJob {
                    throw FleetError.tooManyCalls(limit: callLimit)
                }
                load.count(at: clock.now.sinceStart, isFirst: number == 1)
                if clock.now.sinceStart >= outage { return ((), .succeeded) }
                if let attemptLimit {
                    clock.spend(
                        min(attemptLimit, end.map { clock.now.duration(to: $0) } ?? .longest))
                }
                return ((), .retry())
            }
            if outcome.verdict == .succeeded { load.succeed(at: clock.now.sinceStart) }
        }
        return load
    }
}

/// A fleet that cannot be reckoned with.
package enum FleetError: Error, Equatable {
    case tooManyCalls(limit: Int)
}

extension FleetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooManyCalls(let limit):
            "the fleet makes more than \(limit) calls; take fewer jobs, a shorter outage or longer "
                + "pauses"
        }
    }
}
