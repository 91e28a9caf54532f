import FoundationEssentials
import TUF
import Testing

/// The folder with the real metadata; where it is not, these tests do not run.
private let sharedData = ProcessInfo.processInfo.environment["RETRY_RUN_SHARED_DATA"]

/// Public-good metadata as files: `root_history/N.root.json` and `timestamp.json`.
private struct HistoryFetcher: MetadataFetcher {
    let folder: String

    func fetch(_ path: String, limit: Int) throws(FetchError) -> [UInt8] {
        let place = path.hasSuffix(".root.json") ? "root_history/\(path)" : path
        guard let content = try? Data(contentsOf: URL(filePath: "\(folder)/\(place)")) else {
            throw .notFound
        }
        return [UInt8](content)
    }
}

@Suite("The public-good roots", .enabled(if: sharedData != nil))
struct PublicGoodChainTests {
    private let fetcher: HistoryFetcher
    private let firstRoot: [UInt8]
    private let timestamp: [UInt8]
    private let august = Date(timeIntervalSince1970: 1_787_184_000)  // 2026-08-20T00:00:00Z
    private let december = Date(timeIntervalSince1970: 1_796_083_200)  // 2026-12-01T00:00:00Z
    private let expiry = Date(timeIntervalSince1970: 1_795_183_098)  // 2026-11-20T13:58:18Z

    init() throws {
        let folder = try #require(sharedData)
        fetcher = HistoryFetcher(folder: "\(folder)/public-good/metadata")
        firstRoot = try fetcher.fetch("1.root.json", limit: .max)
        timestamp = try fetcher.fetch("timestamp.json", limit: .max)
    }

    private func newestSet(at time: Date) throws -> TrustedMetadataSet {
        var trusted = try TrustedMetadataSet(bootstrapRoot: firstRoot, startTime: time)
        for version in 2...15 {
            try trusted.update(root: fetcher.fetch("\(version).root.json", limit: .max))
        }
        return trusted
    }

    @Test("lead from the first to the newest, which vouches for the timestamp")
    func chain() throws {
        var trusted = try newestSet(at: august)
        #expect(trusted.root.version == 15)
        #expect(trusted.root.expires == expiry)
        #expect(trusted.root.isConsistentSnapshot)

        try trusted.update(timestamp: timestamp)
        #expect(trusted.timestamp?.version == 762)
        #expect(trusted.timestamp?.snapshot.version == 165)
    }

    @Test("are refused once the newest has expired")
    func expired() throws {
        var trusted = try newestSet(at: december)

        #expect(throws: TUFError.expired(file: "root.json", at: expiry, now: december)) {
            try trusted.update(timestamp: timestamp)
        }
    }

    @Test("are followed by an update, up to the snapshot that is not there")
    func update() throws {
        let store = MemoryStore()
        var updater = try Updater(
            fetcher: fetcher, store: store, bootstrapRoot: firstRoot, now: august)
        #expect(throws: TUFError.missing(file: "165.snapshot.json")) { try updater.refresh() }
        #expect(try store.read("root.json", limit: .max) == fetcher.fetch("15.root.json", limit: 0))

        var later = try Updater(
            fetcher: fetcher, store: store, bootstrapRoot: firstRoot, now: december)
        #expect(throws: TUFError.expired(file: "root.json", at: expiry, now: december)) {
            try later.refresh()
        }
    }
}
