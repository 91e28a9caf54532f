import Dispatch
import FoundationEssentials
import JSON
import SigningCrypto
import TUF
import TestSupport
import Testing

@Suite("A cache that others write to, or that is broken")
struct CacheTests {
    private let repository: SimulatedRepository

    init() throws {
        repository = try SimulatedRepository()
        repository.addTarget("a", [1])
        try repository.publishAll()
    }

    @Test(
        "a broken file is as good as none",
        arguments: [
            "2.root.json", "3.root.json", "root.json", "timestamp.json", "snapshot.json",
            "targets.json", "complete.json",
        ], ["", #"{"signed":{},"signatures":[]}"#])
    func corruption(name: String, content: String) throws {
        let client = Client(repository)
        try repository.publishNextRoot()
        try repository.publishNextRoot()
        try client.refresh(targets: ["a"])
        client.store.write(name, Array(content.utf8))

        // The root keys are the same all along, so a shorter way does as well.
        if name == "complete.json" {
            #expect(throws: TUFError.absent(file: "timestamp.json")) { try client.cached() }
        } else {
            #expect(try client.cached().target("a") == [1])
        }
        try repository.publishNext(.targets)
        try client.refresh(targets: ["a"])

        #expect(try client.cached().target("a") == [1])
        for role in [Role.timestamp, .snapshot, .targets] {
            #expect(try client.version(role) == 2)
        }
        #expect(try client.version(.root) == 3)
        #expect(client.store.read("3.root.json", limit: .max) == repository.files["3.root.json"])
    }

    @Test("a cached root that does not follow is fetched again")
    func foreignRoot() throws {
        try repository.publishNextRoot()
        let client = Client(repository)
        let other = try SimulatedRepository()
        try other.publishNextRoot()
        client.store.write("2.root.json", try #require(other.files["2.root.json"]))
        try client.refresh()

        #expect(client.store.read("2.root.json", limit: .max) == repository.files["2.root.json"])
    }

    @Test("a cache that was not written by the repository's keys counts for nothing")
    func foreignCache() throws {
        let client = Client(repository)
        let other = try SimulatedRepository()
        for _ in 1...9 { try other.publishNext(.targets) }
        try Client(other, store: client.store).refresh()
        try client.refresh(targets: ["a"])

        for role in Role.allCases {
            #expect(try client.version(role) == 1)
        }
        #expect(try client.cached().target("a") == [1])
    }

    @Test("without a place to write, an update goes through")
    func readOnly() throws {
        let client = Client(repository, store: DirectoryStore("/dev/null/cache"))

        #expect(try client.updater().target("a") == [1])
        try repository.publishNext(.targets)
        #expect(try client.updater(targets: ["a"]).target("a") == [1])
        #expect(try client.cached().expired == [])
    }

    @Test("a process that ends between two writes leaves a cache that serves and goes on")
    func crash() throws {
        repository.timestamp["version"] = .integer(9_000)
        try repository.publishNext(.timestamp)
        let stolen = MemoryStore()
        try Client(repository, store: stolen).refresh(targets: ["a"])

        // New keys beside the stolen one, lower versions, another target.
        try repository.addKey(to: .timestamp)
        try repository.publishNextRoot()
        repository.addTarget("a", [2])
        repository.timestamp["version"] = .integer(1)
        try repository.publishNext(.targets)
        let whole = CrashingStore(MemoryStore(stolen), after: .max)
        try Client(repository, store: whole).refresh(targets: ["a"])
        #expect(whole.changes > 8)

        for count in 0..<whole.changes {
            let files = MemoryStore(stolen)
            try? Client(repository, store: CrashingStore(files, after: count))
                .refresh(targets: ["a"])
            let client = Client(repository, store: files)
            if let content = try? client.cached().target("a") {
                #expect(content == [1] || content == [2])
            }
            try client.refresh(targets: ["a"])
            #expect(try client.cached().target("a") == [2])
            #expect(try client.version(.timestamp) == 2)
        }
    }

    @Test("an update that another one overtakes leaves what that has kept")
    func overtaken() throws {
        let client = Client(repository)
        let overtaking = Client(repository, store: client.store)
        repository.onRequest = { [repository] path in
            guard path == "timestamp.json" || path == "2.root.json" else { return }
            repository.onRequest = nil
            #expect(throws: Never.self) { try overtaking.refresh(targets: ["a"]) }
            repository.failures = ["timestamp.json": .unavailable("503")]
        }
        #expect(throws: TUFError.self) { try client.refresh() }
        #expect(try client.cached().target("a") == [1])

        // An older mirror: what it serves is right, but not the newest.
        repository.failures = [:]
        let older = repository.files
        for path in ["timestamp.json", "1.snapshot.json", "1.targets.json"] {
            let store = MemoryStore()
            let client = Client(repository, store: store)
            repository.files = older
            repository.onRequest = { [repository] request in
                guard request == path else { return }
                repository.onRequest = nil
                #expect(throws: Never.self) {
                    try repository.publishNext(.targets)
                    try Client(repository, store: store).refresh(targets: ["a"])
                }
                repository.files = older
            }
            try client.refresh()
            for role in [Role.timestamp, .snapshot, .targets] {
                #expect(try client.version(role) ?? 0 > 1)
            }
            #expect(try client.cached().target("a") == [1])
            #expect(try completeVersion(store) == repository.timestamp["version"])
        }
    }

    /// The version of the timestamp in the last complete set.
    private func completeVersion(_ store: MemoryStore) throws -> JSONValue {
        let content = try #require(store.read("complete.json", limit: .max))
        let text = try JSONNode(parsing: content).required("timestamp").string
        let timestamp = try JSONNode(parsing: try #require([UInt8](base64: text)))
        return try timestamp.required("signed").required("version").value
    }

    @Test("parallel updates of one folder all go through, and the newest stays")
    func parallel() throws {
        let temporary = TemporaryFolder()
        defer { withExtendedLifetime(temporary) {} }
        let folder = temporary.path
        let bootstrapRoot = repository.bootstrapRoot
        var states = [FrozenRepository(files: repository.files)]
        for number in 2...8 as ClosedRange<UInt8> {
            if number == 5 {
                try repository.rotateKeys(of: .timestamp)
                try repository.publishNextRoot()
            }
            repository.addTarget("a", [number])
            try repository.publishNext(.targets)
            states.append(FrozenRepository(files: repository.files))
        }
        let fetchers = states
        let failures = Failures()
        DispatchQueue.concurrentPerform(iterations: 24) { index in
            do throws(TUFError) {
                // The last of them all see the newest state.
                let fetcher = fetchers[min(index, fetchers.count - 1)]
                var updater = try Updater(
                    fetcher: fetcher, store: DirectoryStore(folder), bootstrapRoot: bootstrapRoot,
                    now: Client.start)
                try updater.refresh(targets: ["a"])
            } catch {
                failures.append(error)
            }
        }

        // An old mirror is refused, as it should be; nothing else may happen.
        for failure in failures.all {
            if case .rollback = failure { continue }
            if case .belowThreshold = failure { continue }
            Issue.record(failure)
        }
        let client = Client(repository, store: DirectoryStore(folder))
        #expect(try client.cached().target("a") == [8])
        #expect(try client.version(.timestamp) == 8)
        #expect(try client.version(.root) == 2)
    }
}

/// What a repository serves at one time.
private struct FrozenRepository: MetadataFetcher {
    let files: [String: [UInt8]]

    func fetch(_ path: String, limit: Int) throws(FetchError) -> [UInt8] {
        guard let content = files[path] else { throw .notFound }
        return content
    }
}

/// Errors from several threads.
private final class Failures: @unchecked Sendable {
    private let queue = DispatchQueue(label: "failures")
    private var errors: [TUFError] = []

    var all: [TUFError] { queue.sync { errors } }

    func append(_ error: TUFError) {
        queue.sync { errors.append(error) }
    }
}

/// Forgets what is written after some changes, as if the process had ended there.
private final class CrashingStore: MetadataStore {
    private let store: MemoryStore
    private let limit: Int
    private(set) var changes = 0

    init(_ store: MemoryStore, after limit: Int) {
        self.store = store
        self.limit = limit
    }

    func read(_ name: String, limit: Int) -> [UInt8]? { store.read(name, limit: limit) }

    func write(_ name: String, _ content: [UInt8]) {
        if changes < limit { store.write(name, content) }
        changes += 1
    }

    func remove(_ name: String) {
        if changes < limit { store.remove(name) }
        changes += 1
    }

    func locked(_ body: () -> Void) { body() }
}
