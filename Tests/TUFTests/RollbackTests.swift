import FoundationEssentials
import JSON
import TUF
import Testing

@Suite("Rollback: what is older than what was trusted is refused")
struct RollbackTests {
    private let repository: SimulatedRepository
    private let client: Client

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
        for _ in 1...4 { try repository.publishNext(.targets) }
        try client.refresh()
        _ = repository.takeRequests()
    }

    @Test("a timestamp of a lower version")
    func timestamp() throws {
        repository.timestamp["version"] = .integer(4)
        try repository.publish(from: .timestamp)

        #expect(throws: TUFError.rollback(file: "timestamp.json", found: 4, trusted: 5)) {
            try client.refresh()
        }
        #expect(try client.version(.timestamp) == 5)
    }

    @Test("a new timestamp that names a snapshot of a lower version")
    func snapshot() throws {
        repository.snapshot["version"] = .integer(4)
        repository.timestamp["version"] = .integer(6)
        try repository.publish(from: .snapshot)

        #expect(throws: TUFError.rollback(file: "snapshot.json", found: 4, trusted: 5)) {
            try client.refresh()
        }
        #expect(try client.version(.timestamp) == 5)
        #expect(repository.takeRequests() == ["2.root.json", "timestamp.json"])
    }

    @Test("a new snapshot that lists targets of a lower version", arguments: [true, false])
    func targets(listsContents: Bool) throws {
        repository.listsContents = listsContents
        repository.targets["version"] = .integer(3)
        try repository.publishNext(.snapshot)
        repository.snapshot["version"].increment()
        repository.timestamp["version"].increment()
        try repository.publish(from: .targets)

        #expect(throws: TUFError.rollback(file: "targets.json", found: 3, trusted: 5)) {
            try client.refresh()
        }
        #expect(try client.version(.targets) == 5)
        #expect(try client.version(.snapshot) == 5)
    }

    @Test("a new snapshot that lists another file in a lower version, or not any more")
    func delegatedTargets() throws {
        repository.snapshot["meta"]["npm.json"] = .object(["version": .integer(7)])
        try repository.publishNext(.snapshot)
        try client.refresh()

        repository.snapshot["meta"]["npm.json"] = .object(["version": .integer(6)])
        try repository.publishNext(.snapshot)
        #expect(throws: TUFError.rollback(file: "npm.json", found: 6, trusted: 7)) {
            try client.refresh()
        }

        repository.snapshot["meta"]["npm.json"] = .null
        try repository.publishNext(.snapshot)
        #expect(throws: TUFError.vanished(file: "npm.json")) { try client.refresh() }
        #expect(try client.version(.snapshot) == 6)
    }

    @Test("what an update that broke off has seen counts, too")
    func brokenOff() throws {
        try repository.publishNext(.targets)
        repository.failures["6.targets.json"] = .unavailable("503")
        #expect(throws: TUFError.unavailable(file: "6.targets.json", reason: "503")) {
            try client.refresh()
        }

        repository.timestamp["version"] = .integer(5)
        try repository.publish(from: .timestamp)
        #expect(throws: TUFError.rollback(file: "timestamp.json", found: 5, trusted: 6)) {
            try client.refresh()
        }
    }

    @Test("an expired timestamp of an earlier update still counts")
    func expiredCache() throws {
        repository.timestamp["expires"] = .string("2027-01-16T00:00:00Z")
        try repository.publishNext(.timestamp)
        try client.refresh()

        var client = client
        client.now = Client.start.addingTimeInterval(7 * 86_400)
        repository.timestamp["expires"] = .string("2030-01-01T00:00:00Z")
        repository.timestamp["version"] = .integer(5)
        try repository.publish(from: .timestamp)
        #expect(throws: TUFError.rollback(file: "timestamp.json", found: 5, trusted: 6)) {
            try client.refresh()
        }

        try repository.publishNext(.timestamp)
        try repository.publishNext(.timestamp)
        try client.refresh()
    }

    @Test("a timestamp of the same version changes nothing, whatever it says")
    func sameVersion() throws {
        let kept = client.store.read("timestamp.json", limit: .max)
        repository.snapshot["version"] = .integer(100)
        try repository.publish(from: .snapshot)
        try client.refresh()

        #expect(client.store.read("timestamp.json", limit: .max) == kept)
        #expect(repository.takeRequests() == ["2.root.json", "timestamp.json"])
    }

    @Test("what is recalled counts, in whichever order")
    func recalled() throws {
        let timestamp = try #require(repository.files["timestamp.json"])
        let snapshot = try #require(repository.files["5.snapshot.json"])
        var trusted = try TrustedMetadataSet(
            bootstrapRoot: repository.bootstrapRoot, startTime: Client.start)
        try trusted.recall(snapshot: snapshot)
        try trusted.recall(timestamp: timestamp)
        repository.targets["version"] = .integer(3)
        repository.snapshot["version"] = .integer(6)
        repository.timestamp["version"] = .integer(6)
        try repository.publish(from: .targets)

        try trusted.update(timestamp: #require(repository.files["timestamp.json"]))
        #expect(throws: TUFError.rollback(file: "targets.json", found: 3, trusted: 5)) {
            try trusted.update(snapshot: #require(repository.files["6.snapshot.json"]))
        }
        #expect(throws: TUFError.rollback(file: "timestamp.json", found: 5, trusted: 6)) {
            try trusted.update(timestamp: timestamp)
        }
    }
}
