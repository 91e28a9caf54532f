import JSON
import TUF
import Testing

@Suite("Recovery: a new root undoes what a stolen key has done")
struct RecoveryTests {
    private let repository: SimulatedRepository
    private let client: Client

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
        try client.refresh()
    }

    /// The thief counts up; the client follows.
    private func fastForward(_ role: Role) throws {
        switch role {
        case .targets: repository.targets["version"] = .integer(9_000)
        case .snapshot: repository.snapshot["version"] = .integer(9_000)
        default: repository.timestamp["version"] = .integer(9_000)
        }
        try repository.publishNext(role)
        try client.refresh()
        #expect(try client.version(role) ?? 0 >= 9_000)
    }

    /// The owners go on from where they were.
    private func restore() throws {
        repository.targets["version"] = .integer(3)
        repository.snapshot["version"] = .integer(3)
        repository.timestamp["version"] = .integer(3)
        try repository.publish(from: .targets)
    }

    @Test(
        "after a fast-forward new keys lead back to lower versions",
        arguments: [
            (Role.timestamp, [Role.timestamp]), (.snapshot, [.snapshot, .timestamp]),
            (.targets, [.snapshot, .timestamp]), (.snapshot, [.timestamp]),
            (.timestamp, [.snapshot]),
        ])
    func fastForward(role: Role, rotated: [Role]) throws {
        try fastForward(role)
        try restore()
        #expect(throws: TUFError.self) { try client.refresh() }

        for role in rotated { try repository.rotateKeys(of: role) }
        try repository.publishNextRoot()
        try restore()
        try client.refresh()

        for role in [Role.timestamp, .snapshot, .targets] {
            #expect(try client.version(role) == 3)
        }
        #expect(try client.cached().expired == [])
    }

    @Test("a key that is added while the stolen one stays undoes it as well")
    func addedKey() throws {
        try fastForward(.timestamp)
        try repository.addKey(to: .timestamp)
        try repository.publishNextRoot()
        try restore()
        try client.refresh()

        #expect(try client.version(.timestamp) == 3)
    }

    @Test("keys that were changed and changed back in one update count as changed")
    func changedBack() throws {
        try fastForward(.timestamp)
        let root = repository.root["roles"]
        let signers = repository.signers
        try repository.rotateKeys(of: .timestamp)
        try repository.publishNextRoot()
        repository.root["roles"] = root
        repository.signers = signers
        try repository.publishNextRoot()
        try restore()
        try client.refresh()

        #expect(try client.version(.timestamp) == 3)
    }

    @Test("new keys take effect also when they come with a newer root to start from")
    func newerBootstrapRoot() throws {
        try fastForward(.timestamp)
        try repository.addKey(to: .timestamp)
        try repository.publishNextRoot()
        try restore()
        var client = client
        client.bootstrapRoot = try #require(repository.files["2.root.json"])
        try client.refresh()

        #expect(try client.version(.timestamp) == 3)
    }

    @Test("an update that breaks off after the new root is made up for by the next")
    func brokenOff() throws {
        try fastForward(.timestamp)
        try repository.addKey(to: .timestamp)
        try repository.publishNextRoot()
        try restore()
        repository.failures["3.root.json"] = .unavailable("503")
        #expect(throws: TUFError.self) { try client.refresh() }

        repository.failures = [:]
        try client.refresh()
        #expect(try client.version(.timestamp) == 3)
    }

    @Test("a root that changes other keys, or no keys, leaves what was trusted")
    func otherKeys() throws {
        try repository.publishNext(.timestamp)
        try repository.rotateKeys(of: .timestamp)
        try repository.publishNextRoot()
        try repository.publishNext(.timestamp)
        try client.refresh()
        try repository.rotateKeys(of: .targets)
        try repository.publishNextRoot()
        try repository.publishNext(.targets)
        try client.refresh()

        for _ in 1...2 {
            repository.timestamp["version"] = .integer(2)
            try repository.publish(from: .timestamp)
            #expect(throws: TUFError.rollback(file: "timestamp.json", found: 2, trusted: 4)) {
                try client.refresh()
            }
            try repository.publishNextRoot()
        }
    }

    @Test("what a stolen key has signed is refused once its role has others")
    func revokedKey() throws {
        let stolen = repository.signers[.targets]
        try repository.rotateKeys(of: .targets)
        try repository.publishNextRoot()
        try repository.publishNext(.targets)
        try client.refresh()

        repository.signers[.targets] = stolen
        try repository.publishNext(.targets)
        #expect(
            throws: TUFError.belowThreshold(
                file: "targets.json", role: .targets, valid: 0, threshold: 1)
        ) { try client.refresh() }
    }
}
