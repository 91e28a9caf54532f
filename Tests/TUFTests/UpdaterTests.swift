import FoundationEssentials
import JSON
import TUF
import Testing

@Suite("An update")
struct UpdaterTests {
    private let repository: SimulatedRepository
    private let client: Client

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
    }

    @Test("fetches only what is new")
    func requests() throws {
        try client.refresh()
        #expect(
            repository.takeRequests()
                == ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"])

        try client.refresh()
        #expect(repository.takeRequests() == ["2.root.json", "timestamp.json"])

        try repository.publishNext(.timestamp)
        try client.refresh()
        #expect(repository.takeRequests() == ["2.root.json", "timestamp.json"])

        try repository.publishNext(.snapshot)
        try client.refresh()
        #expect(
            repository.takeRequests() == ["2.root.json", "timestamp.json", "2.snapshot.json"])

        try repository.publishNext(.targets)
        try client.refresh()
        #expect(
            repository.takeRequests()
                == ["2.root.json", "timestamp.json", "3.snapshot.json", "2.targets.json"])
    }

    @Test("asks for names without versions where the root does not promise consistent snapshots")
    func inconsistentSnapshot() throws {
        repository.root["consistent_snapshot"] = .null
        repository.addTarget("a", [1])
        try repository.publishNextRoot()
        try repository.publishNext(.targets)
        try client.refresh(targets: ["a"])

        #expect(
            repository.takeRequests() == [
                "2.root.json", "3.root.json", "timestamp.json", "snapshot.json", "targets.json",
                "targets/a",
            ])
    }

    @Test("tells a service that cannot be reached from metadata that is wrong")
    func transient() throws {
        for path in ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"] {
            repository.failures = [path: .unavailable("timed out")]
            let error = #expect(throws: TUFError.self) { try client.refresh() }
            #expect(error?.isTransient == true)
            #expect(error?.description == "cannot get '\(path)': timed out")
        }
        for failure in [FetchError.notFound, .refused("status 401")] {
            repository.failures = ["timestamp.json": failure]
            let error = #expect(throws: TUFError.self) { try client.refresh() }
            #expect(error?.isTransient == false)
        }

        repository.failures = ["timestamp.json": .tooLarge]
        let tooLarge = #expect(throws: TUFError.self) { try client.refresh() }
        #expect(tooLarge?.isTransient == false)
    }

    @Test("can be tried again after it broke off")
    func again() throws {
        repository.failures = ["1.targets.json": .unavailable("503")]
        var updater = try Updater(
            fetcher: repository, store: MemoryStore(), bootstrapRoot: repository.bootstrapRoot,
            now: Client.start)
        #expect(throws: TUFError.self) { try updater.refresh() }
        #expect(throws: TUFError.absent(file: "targets.json")) { try updater.target("a") }

        repository.failures = [:]
        _ = repository.takeRequests()
        try updater.refresh()
        #expect(
            repository.takeRequests() == ["2.root.json", "timestamp.json", "1.targets.json"])
    }
}
