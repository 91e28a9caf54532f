package import FoundationEssentials
package import JSON

/// One of the four top-level roles, in the order in which their metadata is loaded.
package enum Role: String, Sendable, CaseIterable {
    case root, timestamp, snapshot, targets

    /// The name of the role's metadata file, without a version.
    package var file: String { "\(rawValue).json" }
}

/// The `signed` part of a metadata file.
package protocol RoleMetadata: Sendable {
    static var role: Role { get }

    /// From 1 on; counts up with each change.
    var version: Int64 { get }
    /// The time from which on the file is not to be trusted.
    var expires: Date { get }

    init(signed node: JSONNode) throws(JSONError)
}

/// What the `signed` parts of all roles have in common.
struct MetadataHeader {
    let version: Int64
    let expires: Date

    init(_ node: JSONNode, of role: Role) throws(JSONError) {
        let type = try node.required("_type")
        guard try type.string == role.rawValue else { throw type.unexpected("'\(role.rawValue)'") }
        let specification = try node.required("spec_version")
        // TUF 4.3: what counts as a match is ours to say; a new major version is another format.
        guard try specification.string.split(separator: ".").first == "1" else {
            throw specification.unexpected("1 or 1.x")
        }
        version = try node.required("version").version
        let time = try node.required("expires")
        // The first roots of Sigstore have fractions of a second, and offsets from UTC.
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = try? Date(time.string, strategy: format) else {
            throw time.unexpected("a time")
        }
        expires = date
    }
}

extension JSONNode {
    /// A version, which has a successor.
    var version: Int64 {
        get throws(JSONError) {
            guard case let version = try integer, version > 0, version < .max else {
                throw unexpected("a version")
            }
            return version
        }
    }
}

/// Which keys sign for which role.
package struct Root: RoleMetadata, Equatable {
    package static let role = Role.root

    package let version: Int64
    package let expires: Date
    /// Whether the names of files on the repository begin with their version or digest.
    package let isConsistentSnapshot: Bool
    private let root: RoleKeys
    private let timestamp: RoleKeys
    private let snapshot: RoleKeys
    private let targets: RoleKeys

    package init(signed node: JSONNode) throws(JSONError) {
        let header = try MetadataHeader(node, of: Self.role)
        version = header.version
        expires = header.expires
        isConsistentSnapshot = try node.optional("consistent_snapshot")?.bool ?? false

        let list = try node.required("keys")
        var keys: [String: Key] = [:]
        for (identifier, key) in try list.members {
            keys[identifier] = Key(key)
        }
        let roles = try node.required("roles")
        root = try RoleKeys(roles.required(Role.root.rawValue), keys: keys)
        timestamp = try RoleKeys(roles.required(Role.timestamp.rawValue), keys: keys)
        snapshot = try RoleKeys(roles.required(Role.snapshot.rawValue), keys: keys)
        targets = try RoleKeys(roles.required(Role.targets.rawValue), keys: keys)
    }

    package func keys(of role: Role) -> RoleKeys {
        switch role {
        case .root: root
        case .timestamp: timestamp
        case .snapshot: snapshot
        case .targets: targets
        }
    }

    /// Whether what timestamp and snapshot keys signed before still counts.
    func hasSameOnlineKeys(as other: Root) -> Bool {
        timestamp.hasSameKeys(as: other.timestamp) && snapshot.hasSameKeys(as: other.snapshot)
    }
}

/// Which snapshot is the newest.
package struct Timestamp: RoleMetadata, Equatable {
    package static let role = Role.timestamp

    package let version: Int64
    package let expires: Date
    package let snapshot: MetadataDescription

    package init(signed node: JSONNode) throws(JSONError) {
        let header = try MetadataHeader(node, of: Self.role)
        version = header.version
        expires = header.expires
        snapshot = try MetadataDescription(node.required("meta").required(Role.snapshot.file))
    }
}

/// Which versions of the targets metadata belong together.
package struct Snapshot: RoleMetadata, Equatable {
    package static let role = Role.snapshot

    package let version: Int64
    package let expires: Date
    package let targets: MetadataDescription
    /// The versions of all listed files by name: those of delegated roles too.
    package let versions: [String: Int64]

    package init(signed node: JSONNode) throws(JSONError) {
        let header = try MetadataHeader(node, of: Self.role)
        version = header.version
        expires = header.expires
        let files = try node.required("meta")
        targets = try MetadataDescription(files.required(Role.targets.file))
        var versions: [String: Int64] = [:]
        for (name, file) in try files.members {
            versions[name] = try file.required("version").version
        }
        self.versions = versions
    }
}

/// Which files there are to be had. Delegations to further roles are not followed.
package struct Targets: RoleMetadata, Equatable {
    package static let role = Role.targets

    package let version: Int64
    package let expires: Date
    /// By name; every one with its length and at least one digest.
    package let files: [String: TargetDescription]

    package init(signed node: JSONNode) throws(JSONError) {
        let header = try MetadataHeader(node, of: Self.role)
        version = header.version
        expires = header.expires
        let list = try node.required("targets")
        var files: [String: TargetDescription] = [:]
        for (name, file) in try list.members {
            _ = try file.required("length")
            _ = try file.required("hashes")
            files[name] = try TargetDescription(file)
        }
        self.files = files
    }
}
