import FoundationEssentials
import JSON
import SigningCrypto
import TUF

/// A repository with throw-away keys, whose metadata can be edited and signed anew.
///
/// `publish` puts the metadata as it stands among the files; nothing else changes these, but a test
/// may do what it likes with them.
final class SimulatedRepository: MetadataFetcher {
    /// What the repository serves, by path.
    var files: [String: [UInt8]] = [:]
    /// The paths that were asked for.
    private(set) var requests: [String] = []
    /// What a path is answered with instead of its file.
    var failures: [String: FetchError] = [:]
    /// Called before each answer, with the path.
    var onRequest: ((String) -> Void)?

    /// The `signed` parts.
    var root = Document.root
    var timestamp = Document.timestamp
    var snapshot = Document.snapshot
    var targets = Document.targets
    /// Who signs, by role; the root role's keys of earlier roots too, until they are taken away.
    var signers: [Role: [Signer]] = [:]
    /// Whether timestamp and snapshot list lengths and digests.
    var listsContents = true

    /// One key for each role, everything at version 1 and published.
    init() throws {
        for role in Role.allCases {
            try addKey(to: role)
        }
        try publishAll()
    }

    var bootstrapRoot: [UInt8] { files["1.root.json"] ?? [] }

    func fetch(_ path: String, limit: Int) throws(FetchError) -> [UInt8] {
        requests.append(path)
        onRequest?(path)
        if let failure = failures[path] { throw failure }
        guard let content = files[path] else { throw .notFound }
        guard content.count <= limit else { throw .tooLarge }
        return content
    }

    /// The requests since the last call.
    func takeRequests() -> [String] {
        defer { requests = [] }
        return requests
    }
}

extension SimulatedRepository {
    /// Adds a fresh key to a role and its signers; the root is to be published then.
    @discardableResult
    func addKey(to role: Role, _ signer: Signer? = nil) throws -> Signer {
        let signer = try signer ?? Signer()
        root["keys"][signer.identifier] = signer.key
        root["roles"][role.rawValue]["keyids"].append(.string(signer.identifier))
        signers[role, default: []].append(signer)
        return signer
    }

    /// Replaces the keys of a role by a fresh one, which alone signs from now on; but the next
    /// root is signed by the old root keys too.
    func rotateKeys(of role: Role) throws {
        let old = signers[role] ?? []
        root["roles"][role.rawValue]["keyids"] = .array([])
        signers[role] = []
        try addKey(to: role)
        if role == .root { signers[.root, default: []] += old }
    }

    func setThreshold(_ threshold: Int64, of role: Role) {
        root["roles"][role.rawValue]["threshold"] = .integer(threshold)
    }

    func addTarget(_ name: String, _ content: [UInt8]) {
        let digest = Digest(of: content)
        targets["targets"][name] = .object([
            "length": .integer(Int64(content.count)),
            "hashes": .object([
                "sha256": .string(digest.hex),
                "sha512": .string(Digest(of: content, using: .sha512).hex),
            ]),
        ])
        files["targets/\(digest.hex).\(name)"] = content
        files["targets/\(name)"] = content
    }
}

extension SimulatedRepository {
    /// Publishes everything as it stands.
    func publishAll() throws {
        try publishRoot()
        try publish(from: .targets)
    }

    func publishRoot() throws {
        let version = root["version"].integerValue
        files["\(version).root.json"] = try sign(root, as: .root)
    }

    /// A new version of the root, published.
    func publishNextRoot() throws {
        root["version"].increment()
        try publishRoot()
    }

    /// A new version of a role's metadata and of all that lists it, published.
    func publishNext(_ role: Role) throws {
        if role == .targets { targets["version"].increment() }
        if role != .timestamp { snapshot["version"].increment() }
        timestamp["version"].increment()
        try publish(from: role)
    }

    /// Publishes a role's metadata as it stands, and what lists it.
    func publish(from role: Role) throws {
        if role == .targets {
            snapshot["meta"]["targets.json"] = try publish(targets, as: .targets)
        }
        if role == .targets || role == .snapshot {
            timestamp["meta"]["snapshot.json"] = try publish(snapshot, as: .snapshot)
        }
        files["timestamp.json"] = try sign(timestamp, as: .timestamp)
    }

    /// Publishes one file, and says what is to be listed about it.
    @discardableResult
    func publish(_ signed: JSONValue, as role: Role) throws -> JSONValue {
        let content = try sign(signed, as: role)
        files["\(signed["version"].integerValue).\(role.file)"] = content
        files[role.file] = content
        var description: [String: JSONValue] = ["version": signed["version"]]
        if listsContents {
            description["length"] = .integer(Int64(content.count))
            description["hashes"] = .object(["sha256": .string(Digest(of: content).hex)])
        }
        return .object(description)
    }

    /// The file: signed by all signers of the role.
    func sign(_ signed: JSONValue, as role: Role) throws -> [UInt8] {
        let message = try CanonicalJSON.encode(signed)
        let signatures = try (signers[role] ?? []).map { signer in
            JSONValue.object([
                "keyid": .string(signer.identifier),
                "sig": .string(try signer.sign(message).hex),
            ])
        }
        return JSONValue.object(["signed": signed, "signatures": .array(signatures)])
            .text(isIndented: true)
    }
}
