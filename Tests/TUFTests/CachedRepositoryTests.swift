import FoundationEssentials
import JSON
import TUF
import Testing

@Suite("Without network")
struct CachedRepositoryTests {
    private let repository: SimulatedRepository
    private let client: Client

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
        repository.addTarget("a", [1])
        try repository.publishAll()
        try client.refresh(targets: ["a"])
    }

    @Test("the last update is as good until something expires")
    func valid() throws {
        _ = repository.takeRequests()
        let cached = try client.cached()

        #expect(cached.expired == [])
        #expect(try cached.target("a") == [1])
        #expect(throws: TUFError.unknownTarget("b")) { try cached.target("b") }
        #expect(repository.takeRequests() == [])
    }

    @Test("what has expired is told")
    func expired() throws {
        repository.timestamp["expires"] = .string("2027-02-01T00:00:00Z")
        repository.snapshot["expires"] = .string("2027-03-01T00:00:00Z")
        try repository.publishNext(.snapshot)
        try client.refresh(targets: ["a"])
        var client = client

        client.now = Client.start.addingTimeInterval(30 * 86_400)
        #expect(try client.cached().expired == [.timestamp])
        client.now = Client.start.addingTimeInterval(60 * 86_400)
        #expect(try client.cached().expired == [.timestamp, .snapshot])
        client.now = Client.afterExpiry
        #expect(try client.cached().expired == Role.allCases)
        #expect(try client.cached().target("a") == [1])
    }

    @Test("before the first complete update there is nothing")
    func empty() throws {
        repository.failures = ["1.targets.json": .unavailable("503")]
        let client = Client(repository)
        #expect(throws: TUFError.absent(file: "timestamp.json")) { try client.cached() }
        #expect(throws: TUFError.self) { try client.refresh() }
        #expect(throws: TUFError.absent(file: "timestamp.json")) { try client.cached() }
    }

    @Test(
        "an update that breaks off, wherever, takes nothing away",
        arguments: [
            "2.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json",
            "targets/dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986.a",
        ])
    func brokenOff(path: String) throws {
        repository.addTarget("a", [2])
        try repository.publishNext(.targets)
        for failure in [FetchError.unavailable("503"), .tooLarge] {
            repository.failures = [path: failure]
            #expect(throws: TUFError.self) { try client.refresh(targets: ["a"]) }
            #expect(try client.cached().target("a") == [1])
        }
        repository.failures = [:]
        repository.files[path] = Array("{}".utf8)
        #expect(throws: TUFError.self) { try client.refresh(targets: ["a"]) }
        #expect(try client.cached().target("a") == [1])
        #expect(try client.cached().expired == [])
    }

    @Test("the way from the first root is gone again, and every file verified again")
    func verified() throws {
        try repository.rotateKeys(of: .root)
        try repository.rotateKeys(of: .timestamp)
        try repository.publishNextRoot()
        try repository.publishNext(.timestamp)
        try client.refresh(targets: ["a"])
        #expect(try client.cached().target("a") == [1])

        // A cache whose root does not follow from ours.
        let other = try SimulatedRepository()
        var client = client
        client.bootstrapRoot = other.bootstrapRoot
        #expect(
            throws: TUFError.belowThreshold(
                file: "timestamp.json", role: .timestamp, valid: 0, threshold: 1)
        ) { try client.cached() }
    }

    @Test("what the keys of before have signed is of no use after a new root")
    func revoked() throws {
        try repository.rotateKeys(of: .timestamp)
        try repository.publishNextRoot()
        repository.failures = ["timestamp.json": .unavailable("503")]

        #expect(throws: TUFError.self) { try client.refresh() }
        #expect(throws: TUFError.absent(file: "timestamp.json")) { try client.cached() }
    }

    @Test("a target that is not cached, or not any more what it was, is absent")
    func target() throws {
        repository.addTarget("b", [2])
        try repository.publishNext(.targets)
        try client.refresh()
        #expect(throws: TUFError.absent(file: "b")) { try client.cached().target("b") }

        try client.refresh(targets: ["b"])
        #expect(try client.cached().target("b") == [2])
        client.store.write(
            "dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986.b", [3])
        #expect(throws: TUFError.absent(file: "b")) { try client.cached().target("b") }
    }
}
