import Console
import FoundationEssentials
import OperatingSystem
import Sigstore
import TUF

/// What is known of an instance without asking it: its cache, and what was built in.
struct InstanceTrust {
    static let trustedRoot = "trusted_root.json"
    static let signingConfig = "signing_config.v0.2.json"

    /// The name of the signing config that has logs of these versions.
    ///
    /// The public-good instance has one of its own for Rekor v2, besides the one for everybody.
    static func signingConfig(of instance: Instance, logVersions: Set<Int64>) -> String {
        instance.name == Instance.publicGood.name && logVersions == [2]
            ? "signing_config_rekor_v2.v0.2.json" : signingConfig
    }

    let instance: Instance
    let store: any MetadataStore
    let now: Date

    init(_ instance: Instance) {
        self.instance = instance
        store =
            Self.folder(for: instance.name).map { DirectoryStore($0, ownFolders: 3) }
            ?? MemoryStore()
        now = Date()
    }

    /// `$XDG_CACHE_HOME/retry-run/tuf/` and the repository's name as a file name.
    private static func folder(for repository: String) -> String? {
        let caches =
            pathVariable("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? pathVariable("HOME").flatMap { $0.isEmpty ? nil : "\($0)/.cache" }
        let name = String(
            repository.unicodeScalars.map { scalar in
                scalar.properties.isAlphabetic && scalar.isASCII
                    || ".-".unicodeScalars.contains(scalar)
                    || ("0"..."9").contains(scalar) ? Character(scalar) : "_"
            })
        return caches.map { "\($0)/retry-run/tuf/\(name)" }
    }

    /// What the last refresh has left, while the repository itself says that it is in date.
    func current(_ names: [String]) -> [[UInt8]]? {
        guard let cached = try? cached(), cached.expired.isEmpty else { return nil }
        return try? names.map { try cached.target($0) }
    }

    /// What the last refresh has left, unless its owners do not vouch for it any more and there is
    /// something built in. How old its timestamp is does not matter: nobody is asked for a newer one.
    /// - Throws: `UsageError` where there is neither.
    func withoutNetwork(_ name: String) throws -> [UInt8] {
        let cached = try? cached()
        let builtIn = builtIn[name] ?? nil
        let isOutlived = cached?.expired.contains { $0 == .root || $0 == .targets } ?? true
        if let json = try? cached?.target(name), !isOutlived || builtIn == nil { return json }
        guard let builtIn else {
            throw UsageError(
                (cached == nil ? "nothing is" : "no '\(name)' is")
                    + " known of \(instance.name) yet; run once without --offline")
        }
        return builtIn
    }

    private var builtIn: [String: [UInt8]?] {
        [
            Self.trustedRoot: instance.trustedRoot,
            Self.signingConfig: instance.signingConfig,
        ]
    }

    private func cached() throws(TUFError) -> CachedRepository {
        try CachedRepository(store: store, bootstrapRoot: instance.root, now: now)
    }
}
