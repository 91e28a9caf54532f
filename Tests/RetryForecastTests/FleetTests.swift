import Testing

import RetryEngine
@testable import RetryForecast

@Suite("Fleet")
struct FleetTests {
    @Test("without jitter all jobs call at the same instants")
    func together() throws {
        let policy = RetryPolicy(attempts: 10, backoff: .list([.seconds(5)]))

        let load = try Fleet(jobs: 100, outage: .seconds(12)).load(policy: policy)

        #expect(load.calls == 400)
        #expect(load.retries == [5: 100, 10: 100, 15: 100])
        #expect(load.peak?.second == 5)
        #expect(load.peak?.retries == 100)
        #expect(load.succeeded == 100)
        #expect(load.lastSuccess == .seconds(15))
    }

    @Test("full jitter spreads them: the peak is far lower")
    func spread() throws {
        let policy = RetryPolicy(
            attempts: nil, backoff: .list([.seconds(20)]), jitter: .full, seed: 1)

        let load = try Fleet(jobs: 1000, outage: .seconds(60)).load(policy: policy)

        let peak = try #require(load.peak)
        #expect(peak.retries < 200)
        #expect(load.succeeded == 1000)
    }

    @Test("a seed makes the count repeatable, and gives each job pauses of its own")
    func seed() throws {
        let policy = RetryPolicy(
            attempts: 4, backoff: .list([.seconds(20)]), jitter: .full, seed: 7)
        let fleet = Fleet(jobs: 50, outage: .seconds(30))

        let load = try fleet.load(policy: policy)

        #expect(try fleet.load(policy: policy) == load)
        #expect(load.retries.count > 10)
    }

    @Test("the service is back at the end of the outage, not after it")
    func endOfOutage() throws {
        let policy = RetryPolicy(attempts: 2, backoff: .list([.seconds(10)]))

        let atTheEnd = try Fleet(jobs: 1, outage: .seconds(10)).load(policy: policy)
        let before = try Fleet(jobs: 1, outage: .milliseconds(10_001)).load(policy: policy)

        #expect(atTheEnd.succeeded == 1)
        #expect(before.succeeded == 0)
        #expect(before.calls == 2)
    }

    @Test("with a limit for each attempt a call in the outage lasts that long")
    func timeout() throws {
        let policy = RetryPolicy(attempts: nil, backoff: .list([.seconds(1)]))

        let load = try Fleet(jobs: 2, outage: .seconds(60))
            .load(policy: policy, attemptLimit: .seconds(29))

        // At 0 s, 30 s and 60 s.
        #expect(load.retries == [30: 2, 60: 2])
    }

    @Test("no call starts at or after the deadline, and none outlasts it")
    func deadline() throws {
        let policy = RetryPolicy(attempts: nil, backoff: .list([.seconds(10)]))
        let fleet = Fleet(jobs: 3, outage: .seconds(600))

        let refused = try fleet.load(policy: policy, deadline: .seconds(30))
        let hanging = try fleet.load(
            policy: policy, attemptLimit: .seconds(15), deadline: .seconds(30))

        #expect(refused.retries == [10: 3, 20: 3])
        #expect(hanging.retries == [25: 3])
        #expect(hanging.succeeded == 0)
    }

    @Test("calls without end are an error")
    func endless() {
        let policy = RetryPolicy(attempts: nil, backoff: .list([.zero]))

        #expect(throws: FleetError.tooManyCalls(limit: 1000)) {
            try Fleet(jobs: 1, outage: .seconds(1)).load(policy: policy, callLimit: 1000)
        }
    }

    @Test("the spans cover every second up to the last call, at most as many as asked for")
    func spans() throws {
        let policy = RetryPolicy(attempts: nil, backoff: .list([.seconds(7)]))

        let load = try Fleet(jobs: 10, outage: .seconds(100)).load(policy: policy)
        let spans = load.spans(limit: 20)

        // The last call is at 105 s: 106 seconds, 6 to a span at least, so 10.
        #expect(spans.map(\.start) == Array(stride(from: 0, to: 106, by: 10)))
        #expect(spans.reduce(0) { $0 + $1.retries } == load.calls - 10)
        #expect(spans.allSatisfy { $0.peak <= 10 })
    }

    @Test("more than days are counted in days", arguments: [40 * 86_400, 1_000_000_000])
    func long(delay: Int64) throws {
        let policy = RetryPolicy(attempts: 2, backoff: .list([.seconds(delay)]))

        let spans = try Fleet(jobs: 1, outage: .seconds(1)).load(policy: policy).spans(limit: 20)

        #expect(spans.count <= 20)
        #expect(spans.last?.retries == 1)
        #expect(spans[1].start % 86_400 == 0)
    }
}
