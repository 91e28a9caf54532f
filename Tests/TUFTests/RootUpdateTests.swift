import FoundationEssentials
import JSON
import TUF
import Testing

@Suite("From root to root")
struct RootUpdateTests {
    private let repository: SimulatedRepository
    private let client: Client

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
    }

    @Test("roots are followed one by one until there is no next")
    func chain() throws {
        for _ in 2...4 {
            try repository.rotateKeys(of: .root)
            try repository.publishNextRoot()
            repository.signers[.root] = repository.signers[.root]?.prefix(1).map { $0 }
        }
        try client.refresh()

        #expect(
            repository.takeRequests() == [
                "2.root.json", "3.root.json", "4.root.json", "5.root.json", "timestamp.json",
                "1.snapshot.json", "1.targets.json",
            ])
        #expect(try client.version(.root) == 4)
    }

    @Test("the roots of an earlier run are not fetched again")
    func cachedChain() throws {
        try repository.publishNextRoot()
        try client.refresh()
        _ = repository.takeRequests()
        try repository.publishNextRoot()
        try client.refresh()

        #expect(
            repository.takeRequests() == ["3.root.json", "4.root.json", "timestamp.json"])
    }

    @Test("a new root must be signed by the keys of the one before")
    func oldKeys() throws {
        try repository.rotateKeys(of: .root)
        repository.signers[.root] = repository.signers[.root]?.prefix(1).map { $0 }
        try repository.publishNextRoot()

        #expect(
            throws: TUFError.belowThreshold(
                file: "2.root.json", role: .root, valid: 0, threshold: 1)
        ) { try client.refresh() }
    }

    @Test("a new root must be signed by its own keys")
    func newKeys() throws {
        try repository.rotateKeys(of: .root)
        repository.signers[.root] = repository.signers[.root]?.suffix(1).map { $0 }
        try repository.publishNextRoot()

        #expect(
            throws: TUFError.belowThreshold(
                file: "2.root.json", role: .root, valid: 0, threshold: 1)
        ) { try client.refresh() }
    }

    @Test("a root key that was taken away signs no further root")
    func compromisedRootKey() throws {
        let stolen = try #require(repository.signers[.root])
        try repository.rotateKeys(of: .root)
        try repository.publishNextRoot()
        try client.refresh()

        repository.signers[.root] = stolen
        try repository.publishNextRoot()
        #expect(throws: TUFError.self) { try client.refresh() }
        #expect(try client.version(.root) == 2)
    }

    @Test("a root has the version of its name, and no other", arguments: [1, 3, 100] as [Int64])
    func wrongVersion(version: Int64) throws {
        repository.root["version"] = .integer(version)
        repository.files["2.root.json"] = try repository.sign(repository.root, as: .root)

        #expect(
            throws: TUFError.wrongVersion(file: "2.root.json", found: version, expected: 2)
        ) { try client.refresh() }
    }

    @Test("behind a version that is missing nothing is looked for")
    func missingVersion() throws {
        try repository.publishNextRoot()
        try repository.publishNextRoot()
        repository.files["2.root.json"] = nil
        try client.refresh()

        #expect(repository.takeRequests().first == "2.root.json")
        #expect(try client.version(.root) == 1)
    }

    @Test("an expired root on the way does not matter")
    func expiredIntermediate() throws {
        let expires = repository.root["expires"]
        repository.root["expires"] = .string("2021-12-18T13:28:12.99008-06:00")
        try repository.publishNextRoot()
        repository.root["expires"] = expires
        try repository.publishNextRoot()

        try client.refresh()
    }

    @Test("of many roots one update follows as many as the limit says, the next goes on")
    func rounds() throws {
        for _ in 2...6 { try repository.publishNextRoot() }
        var client = client
        client.limits.roots = 3
        try client.refresh()
        #expect(try client.version(.root) == 4)

        try client.refresh()
        #expect(try client.version(.root) == 6)
        #expect(UpdaterLimits().roots == 256)
    }

    @Test("a root that cannot be reached stops the update, and what came before it is kept")
    func unreachable() throws {
        try repository.publishNextRoot()
        repository.failures["3.root.json"] = .unavailable("503")

        #expect(throws: TUFError.unavailable(file: "3.root.json", reason: "503")) {
            try client.refresh()
        }
        #expect(client.store.read("2.root.json", limit: .max) == repository.files["2.root.json"])
    }

    @Test("a root to start from that is newer than the cache is followed by its successors")
    func newerBootstrapRoot() throws {
        try client.refresh()
        for _ in 2...4 { try repository.publishNextRoot() }
        var client = client
        client.bootstrapRoot = try #require(repository.files["3.root.json"])
        _ = repository.takeRequests()
        try client.refresh()

        #expect(repository.takeRequests().prefix(2) == ["4.root.json", "5.root.json"])
    }
}
