import JSON
import TUF
import Testing

@Suite("Endless data: no file may have more bytes than it should")
struct EndlessDataTests {
    /// Sends as much as is asked for, and a byte more.
    private struct EndlessFetcher: MetadataFetcher {
        let repository: SimulatedRepository
        let path: String

        func fetch(_ path: String, limit: Int) throws(FetchError) -> [UInt8] {
            if path == self.path { return [UInt8](repeating: 0x20, count: limit + 1) }
            return try repository.fetch(path, limit: limit)
        }
    }

    private let repository: SimulatedRepository

    init() throws {
        repository = try SimulatedRepository()
        repository.addTarget("a", [1, 2, 3])
    }

    @Test(
        "without a listed length the limit of its role holds",
        arguments: [
            ("2.root.json", 524_288), ("timestamp.json", 16_384), ("1.snapshot.json", 1_048_576),
            ("1.targets.json", 1_048_576),
        ])
    func limits(path: String, limit: Int) throws {
        repository.listsContents = false
        try repository.publishAll()
        let store = MemoryStore()
        var updater = try Updater(
            fetcher: EndlessFetcher(repository: repository, path: path), store: store,
            bootstrapRoot: repository.bootstrapRoot, now: Client.start)

        #expect(throws: TUFError.tooLarge(file: path, limit: limit)) { try updater.refresh() }
        repository.failures[path] = .tooLarge
        #expect(throws: TUFError.tooLarge(file: path, limit: limit)) {
            try Client(repository).refresh()
        }
    }

    @Test("a listed length is the limit", arguments: ["1.snapshot.json", "1.targets.json"])
    func listedLength(path: String) throws {
        try repository.publishAll()
        let length = try #require(repository.files[path]).count
        repository.files[path]?.append(0x20)

        #expect(throws: TUFError.tooLarge(file: path, limit: length)) {
            try Client(repository).refresh()
        }
    }

    @Test("a listed length does not raise the limit")
    func hugeLength() throws {
        try repository.publishAll()
        repository.timestamp["meta"]["snapshot.json"]["length"] = .integer(.max)
        try repository.publish(from: .timestamp)
        repository.failures["1.snapshot.json"] = .tooLarge

        #expect(throws: TUFError.tooLarge(file: "1.snapshot.json", limit: 1_048_576)) {
            try Client(repository).refresh()
        }
    }

    @Test("a target has its listed length, and at most the limit for targets")
    func target() throws {
        try repository.publishAll()
        let path = "targets/039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81.a"
        repository.files[path]?.append(0)
        let updater = try Client(repository).updater()
        #expect(throws: TUFError.tooLarge(file: path, limit: 3)) { try updater.target("a") }

        var client = Client(repository)
        client.limits.targetFileBytes = 2
        repository.files[path] = [1, 2, 3]
        let limited = try client.updater()
        #expect(throws: TUFError.tooLarge(file: path, limit: 2)) { try limited.target("a") }
    }

    @Test("a cached file that has grown is not read")
    func cachedFile() throws {
        try repository.publishAll()
        let client = Client(repository)
        try client.refresh(targets: ["a"])
        let store = client.store
        for role in Role.allCases {
            store.write(role.file, [UInt8](repeating: 0x20, count: 2 << 20))
        }
        store.write("complete.json", [UInt8](repeating: 0x20, count: 16 << 20))

        #expect(throws: TUFError.absent(file: "timestamp.json")) { try client.cached() }
        try client.refresh()
        #expect(try client.cached().target("a") == [1, 2, 3])
    }
}
