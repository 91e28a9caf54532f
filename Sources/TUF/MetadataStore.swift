/// Keeps files by name from one update to the next.
///
/// Nothing that goes wrong here is an error: what cannot be kept is fetched again.
package protocol MetadataStore {
    /// The content; nil when there is none, when it cannot be read, or has more bytes than `limit`.
    func read(_ name: String, limit: Int) -> [UInt8]?
    /// Replaces the file as a whole.
    func write(_ name: String, _ content: [UInt8])
    func remove(_ name: String)
    /// Does something while nobody else does, where that can be had.
    func locked(_ body: () -> Void)
}

/// A store that ends with the process.
package final class MemoryStore: MetadataStore {
    private var files: [String: [UInt8]] = [:]

    package init() {}

    /// A copy.
    package init(_ other: MemoryStore) {
        files = other.files
    }

    package func read(_ name: String, limit: Int) -> [UInt8]? {
        files[name].flatMap { $0.count <= limit ? $0 : nil }
    }

    package func write(_ name: String, _ content: [UInt8]) {
        files[name] = content
    }

    package func remove(_ name: String) {
        files[name] = nil
    }

    package func locked(_ body: () -> Void) {
        body()
    }
}
