import FoundationEssentials
import JSON
import SigningCrypto
import Synchronization

/// A log of Rekor's first kind: it promises, and proves inclusion in the same answer.
final class SandboxRekorV1: SandboxService {
    let key: PrivateKey
    /// SHA-256 of the key's SubjectPublicKeyInfo.
    let logID: [UInt8]
    private let signer: CheckpointSigner
    private let clock: SandboxClock
    private let log = Mutex(Log())

    private static let treeID: UInt64 = 0x0123_4567_89AB_CDEF
    /// What the log as a whole has in trees before this one.
    private static let firstIndex = 900_000
    private static let path = "/api/v1/log/entries"

    /// The tree, and what each of its entries holds.
    private struct Log {
        var tree = MerkleTree()
        var entries: [(body: [UInt8], integratedTime: Int64)] = []
    }

    init(host: String, clock: SandboxClock) throws {
        key = try PrivateKey.generate()
        logID = Digest(of: key.publicKey.subjectPublicKeyInfo).bytes
        signer = CheckpointSigner(rekorV1: key, host: host, treeID: Self.treeID)
        self.clock = clock
        for seed in try LogSeed.entries() {
            _ = append(try RekorV1Proposal(JSONNode(parsing: seed.rekorV1.text())).body)
        }
    }

    var size: Int { log.withLock { $0.tree.size } }

    func call(of request: SandboxRequest) -> String? {
        switch (request.method, request.path) {
        case ("POST", Self.path): "create"
        case ("POST", Self.path + "/retrieve"): "retrieve"
        case ("POST", "/api/v1/index/retrieve"): "index"
        case ("GET", "/api/v1/log/publicKey"): "key"
        case ("GET", let path) where path == Self.path || path.hasPrefix(Self.path + "/"): "get"
        default: nil
        }
    }

    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        switch call {
        case "create":
            return try create(document(request), fault: fault)
        case "retrieve":
            return try retrieve(document(request), isForged: fault == .wrong)
        case "index":
            return try index(document(request))
        case "key":
            return SandboxAnswer(
                type: "application/x-pem-file", body: Array(key.publicKey.pem.utf8))
        default:
            return SandboxAnswer(json: try entry(index(named: request), isForged: fault == .wrong))
        }
    }

    private func create(_ document: JSONNode, fault: Fault?) throws -> SandboxAnswer {
        let (index, isNew) = append(try RekorV1Proposal(document).body)
        let identifier = identifier(index)
        let location = "\(Self.path)/\(identifier)"
        guard isNew, fault != .conflict else {
            let message =
                "an equivalent entry already exists in the transparency log with UUID "
                + identifier
            return SandboxAnswer(error: 409, message).adding("Location", location)
        }
        let entry = try entry(index, isForged: fault == .wrong)
        return SandboxAnswer(201, json: entry)
            .adding("ETag", identifier).adding("Location", location)
    }

    private func append(_ body: [UInt8]) -> (index: Int, isNew: Bool) {
        let time = clock.now.unixSeconds
        return log.withLock { log in
            if let index = log.tree.index(ofLeaf: MerkleTree.leafHash(body)) {
                return (index, false)
            }
            log.entries.append((body, time))
            return (log.tree.append(body), true)
        }
    }

    /// Which entry `GET …/<identifier>` or `GET …?logIndex=<global index>` means.
    private func index(named request: SandboxRequest) throws -> Int {
        if let text = request.query["logIndex"] {
            let index = Int(text)?.subtractingReportingOverflow(Self.firstIndex)
            guard let index, !index.overflow, 0..<size ~= index.partialValue else {
                throw Refusal(404, "log index \(text) not found")
            }
            return index.partialValue
        }
        return try index(identifier: String(request.path.dropFirst(Self.path.count + 1)))
    }

    private func index(identifier: String) throws -> Int {
        guard [64, 80].contains(identifier.utf8.count),
            let hash = [UInt8](hex: String(identifier.suffix(64)))
        else { throw Refusal(400, "'\(identifier)' is not an entry's identifier") }
        guard let index = log.withLock({ $0.tree.index(ofLeaf: hash) }) else {
            throw Refusal(404, "entry \(identifier) not found")
        }
        return index
    }

    private func retrieve(_ document: JSONNode, isForged: Bool) throws -> SandboxAnswer {
        var indices: [Int] = []
        for proposed in (try? document.optional("entries")?.elements) ?? [] {
            let hash = MerkleTree.leafHash(try RekorV1Proposal(proposed).body)
            indices += log.withLock { $0.tree.index(ofLeaf: hash) }.map { [$0] } ?? []
        }
        for node in (try? document.optional("entryUUIDs")?.elements) ?? [] {
            indices += (try? [index(identifier: node.string)]) ?? []
        }
        guard !indices.isEmpty else { throw Refusal(404, "no entry found") }
        return SandboxAnswer(json: .array(try indices.map { try entry($0, isForged: isForged) }))
    }

    /// The identifiers of the entries about a digest.
    private func index(_ document: JSONNode) throws -> SandboxAnswer {
        let hash = try document.text("hash")
        guard hash.hasPrefix("sha256:"), let digest = [UInt8](hex: String(hash.dropFirst(7))) else {
            throw Refusal(400, "'\(hash)' is not the hash of an artifact")
        }
        let bodies = log.withLock { $0.entries.map(\.body) }
        let found = bodies.indices.filter {
            String(decoding: bodies[$0], as: UTF8.self).contains("\"\(digest.hex)\"")
        }
        return SandboxAnswer(json: .array(found.map { .string(identifier($0)) }))
    }

    /// The entry with a proof in the tree of now.
    private func entry(_ index: Int, isForged: Bool) throws -> JSONValue {
        let (tree, stored) = log.withLock { ($0.tree, $0.entries[index]) }
        let globalIndex = JSONValue.integer(Int64(Self.firstIndex + index))
        var entry: [String: JSONValue] = [
            "body": .string(stored.body.base64), "integratedTime": .integer(stored.integratedTime),
            "logID": .string(logID.hex), "logIndex": globalIndex,
        ]
        var path = tree.auditPath(of: index)
        // RFC 8785: the promise is for these four members in canonical form.
        let signed = JSONValue.object(entry).text() + (isForged ? [0] : [])
        if isForged { path[0][0] ^= 1 }
        let promise = try key.sign(message: signed, scheme: .ecdsa(.sha256))
        entry["verification"] = [
            "signedEntryTimestamp": .string(promise.base64),
            "inclusionProof": [
                "logIndex": .integer(Int64(index)), "treeSize": .integer(Int64(tree.size)),
                "rootHash": .string(tree.root.hex), "hashes": .array(path.map { .string($0.hex) }),
                "checkpoint": .string(try signer.checkpoint(of: tree, at: tree.size)),
            ],
        ]
        return .object([identifier(index): .object(entry)])
    }

    /// The number of the tree and the hash of the leaf, in hexadecimal digits.
    private func identifier(_ index: Int) -> String {
        let leaf = log.withLock { $0.tree.leaves[index] }
        return (bigEndian(Self.treeID, count: 8) + leaf).hex
    }

    private func document(_ request: SandboxRequest) throws -> JSONNode {
        guard let document = try? JSONNode(parsing: request.body) else {
            throw Refusal(400, "the request is not JSON")
        }
        return document
    }
}
