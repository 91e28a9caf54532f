import JSON
import SigningCrypto
import TUF
import Testing

@Suite("Mix and match: files that were not published together are refused")
struct MixAndMatchTests {
    private let repository: SimulatedRepository
    private let client: Client

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
    }

    private func length(_ path: String) throws -> Int {
        try #require(repository.files[path]).count
    }

    @Test("a snapshot of another version than the timestamp names")
    func snapshotVersion() throws {
        repository.listsContents = false
        try repository.publishAll()
        repository.snapshot["version"] = .integer(2)
        repository.files["1.snapshot.json"] = try repository.sign(
            repository.snapshot, as: .snapshot)

        #expect(throws: TUFError.wrongVersion(file: "snapshot.json", found: 2, expected: 1)) {
            try client.refresh()
        }
        #expect(try client.version(.snapshot) == nil)
    }

    @Test("targets of another version than the snapshot names")
    func targetsVersion() throws {
        repository.listsContents = false
        try repository.publishAll()
        repository.targets["version"] = .integer(2)
        repository.files["1.targets.json"] = try repository.sign(repository.targets, as: .targets)

        #expect(throws: TUFError.wrongVersion(file: "targets.json", found: 2, expected: 1)) {
            try client.refresh()
        }
        #expect(try client.version(.targets) == nil)
    }

    @Test(
        "a snapshot, or targets, of the right version but with another content",
        arguments: [Role.snapshot, .targets])
    func digest(role: Role) throws {
        let path = "1.\(role.file)"
        let listed = Digest(of: try #require(repository.files[path]))
        // The same length: the last byte is white space.
        repository.files[path]?.append(UInt8(ascii: " "))
        if role == .targets {
            repository.snapshot["meta"]["targets.json"]["length"].increment()
            try repository.publish(from: .snapshot)
        } else {
            repository.timestamp["meta"]["snapshot.json"]["length"].increment()
            try repository.publish(from: .timestamp)
        }
        let found = Digest(of: try #require(repository.files[path]))

        #expect(
            throws: TUFError.wrongDigest(file: role.file, found: found.hex, listed: listed.hex)
        ) { try client.refresh() }
        #expect(try client.version(role) == nil)
    }

    @Test(
        "a snapshot, or targets, that is shorter than listed",
        arguments: [Role.snapshot, .targets])
    func shorter(role: Role) throws {
        let path = "1.\(role.file)"
        let count = try length(path)
        repository.files[path]?.removeLast()

        #expect(
            throws: TUFError.wrongLength(
                file: role.file, found: count - 1, listed: Int64(count))
        ) { try client.refresh() }
    }

    @Test("metadata of one role does not pass for another's")
    func otherRole() throws {
        repository.files["1.targets.json"] = repository.files["1.snapshot.json"]
        repository.listsContents = false
        repository.snapshot["meta"]["targets.json"] = .object(["version": .integer(1)])
        try repository.publish(from: .snapshot)

        #expect(
            throws: TUFError.malformed(
                file: "targets.json", reason: "'signed._type' is not 'targets'")
        ) { try client.refresh() }
    }

    @Test("a step cannot be taken before the one it builds on")
    func order() throws {
        var trusted = try TrustedMetadataSet(
            bootstrapRoot: repository.bootstrapRoot, startTime: Client.start)
        let snapshot = try #require(repository.files["1.snapshot.json"])
        let targets = try #require(repository.files["1.targets.json"])
        #expect(throws: TUFError.absent(file: "timestamp.json")) {
            try trusted.update(snapshot: snapshot)
        }
        #expect(throws: TUFError.absent(file: "snapshot.json")) {
            try trusted.update(targets: targets)
        }

        try trusted.update(timestamp: #require(repository.files["timestamp.json"]))
        try trusted.update(snapshot: snapshot)
        try trusted.update(targets: targets)
        // A new root, or a new timestamp: what was trusted is to be shown anew.
        try repository.publishNext(.timestamp)
        try trusted.update(timestamp: #require(repository.files["timestamp.json"]))
        #expect(trusted.snapshot == nil && trusted.targets == nil)
        try repository.publishNextRoot()
        try trusted.update(root: #require(repository.files["2.root.json"]))
        #expect(trusted.timestamp == nil)
    }
}
