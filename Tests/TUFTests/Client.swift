import FoundationEssentials
import JSON
import TUF

/// A client of a simulated repository: one cache, any number of updates.
struct Client {
    let repository: SimulatedRepository
    let store: any MetadataStore
    var bootstrapRoot: [UInt8]
    var now = Client.start
    var limits = UpdaterLimits()

    /// Within the validity of all metadata, which ends in 2030.
    static let start = Date(timeIntervalSince1970: 1_800_000_000)
    static let afterExpiry = Date(timeIntervalSince1970: 2_000_000_000)

    init(_ repository: SimulatedRepository, store: any MetadataStore = MemoryStore()) {
        self.repository = repository
        self.store = store
        bootstrapRoot = repository.bootstrapRoot
    }

    /// One update, as a run of the program makes it.
    func refresh(targets: [String] = []) throws(TUFError) {
        _ = try updater(targets: targets)
    }

    /// The updater after its update.
    func updater(targets: [String] = []) throws(TUFError) -> Updater {
        var updater = try Updater(
            fetcher: repository, store: store, bootstrapRoot: bootstrapRoot, now: now,
            limits: limits)
        try updater.refresh(targets: targets)
        return updater
    }

    func cached() throws(TUFError) -> CachedRepository {
        try CachedRepository(
            store: store, bootstrapRoot: bootstrapRoot, now: now, limits: limits)
    }

    /// The version of the file that is kept for a role; nil without one.
    func version(_ role: Role) throws -> Int64? {
        try store.read(role.file, limit: .max).map {
            try JSONNode(parsing: $0).required("signed").required("version").integer
        }
    }
}
