import JSON
import SigningCrypto
import Synchronization

/// A log of Rekor's second kind: entries go in by one call, all else are static tiles.
final class SandboxRekorV2: SandboxService {
    let name = ServiceName.rekorV2
    let key: PrivateKey
    private let signer: CheckpointSigner
    private let log = Mutex(Log())

    private static let path = "/api/v2/"

    private struct Log {
        var tree = MerkleTree()
        var bodies: [[UInt8]] = []
    }

    init(host: String) throws {
        key = try PrivateKey.generate(.ed25519)
        signer = CheckpointSigner(rekorV2: key, host: host)
        for seed in try LogSeed.entries() {
            _ = append(try RekorV2Proposal(JSONNode(parsing: seed.rekorV2.text())).body)
        }
    }

    /// The 32 bytes that name the log, of which signature lines hold four.
    var logID: [UInt8] { signer.keyID }

    var size: Int { log.withLock { $0.tree.size } }

    func call(of request: SandboxRequest) -> String? {
        switch (request.method, request.path) {
        case ("POST", Self.path + "log/entries"): "create"
        case ("GET", Self.path + "checkpoint"): "checkpoint"
        case ("GET", let path) where path.hasPrefix(Self.path + "tile/entries/"): "entries"
        case ("GET", let path) where path.hasPrefix(Self.path + "tile/"): "tile"
        default: nil
        }
    }

    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        let tree = log.withLock { $0.tree }
        switch call {
        case "create":
            return try create(request, fault: fault)
        case "checkpoint":
            let checkpoint = try signer.checkpoint(of: tree)
            return SandboxAnswer(text: fault == .wrong ? "x" + checkpoint : checkpoint)
        default:
            let path = request.path.dropFirst("\(Self.path)tile/".count)
            guard let tile = TilePath(path), var bytes = bytes(of: tile) else {
                throw Refusal(404, "no tile '\(path)'")
            }
            if fault == .wrong, !bytes.isEmpty { bytes[bytes.count - 1] ^= 1 }
            return SandboxAnswer(type: "application/octet-stream", body: bytes)
        }
    }

    private func bytes(of tile: TilePath) -> [UInt8]? {
        let (tree, bodies) = log.withLock { ($0.tree, $0.bodies) }
        guard let level = tile.level else {
            let (start, overflow) = tile.number.multipliedReportingOverflow(by: 256)
            guard !overflow, start < bodies.count, bodies.count - start >= tile.width else {
                return nil
            }
            // C2SP tlog-tiles, "Log entries": each after its length.
            return bodies[start..<start + tile.width].flatMap {
                bigEndian($0.count, count: 2) + $0
            }
        }
        return tree.tile(level: level, number: tile.number, width: tile.width)
            .map { Array($0.joined()) }
    }

    private func create(_ request: SandboxRequest, fault: Fault?) throws -> SandboxAnswer {
        guard let document = try? JSONNode(parsing: request.body) else {
            throw Refusal(400, code: 3, "proto: syntax error: the request is not JSON")
        }
        let body = try RekorV2Proposal(document).body
        let (index, isNew) = append(body)
        guard isNew, fault != .conflict else {
            let message =
                "an equivalent entry already exists in the transparency log with index \(index)"
            return SandboxAnswer(error: 409, code: 6, message)
                .adding("x-log-index", "\(index)")
        }
        return SandboxAnswer(201, json: try entry(index, body, isForged: fault == .wrong))
    }

    private func append(_ body: [UInt8]) -> (index: Int, isNew: Bool) {
        log.withLock { log in
            if let index = log.tree.index(ofLeaf: MerkleTree.leafHash(body)) {
                return (index, false)
            }
            log.bodies.append(body)
            return (log.tree.append(body), true)
        }
    }

    /// A `TransparencyLogEntry` as protocol buffers write it in JSON.
    private func entry(_ index: Int, _ body: [UInt8], isForged: Bool) throws -> JSONValue {
        let tree = log.withLock { $0.tree }
        var path = tree.auditPath(of: index)
        if isForged { path[0][0] ^= 1 }
        return [
            "logIndex": .string("\(index)"),
            "logId": ["keyId": .string(logID.base64)],
            "kindVersion": ["kind": .string("hashedrekord"), "version": .string("0.0.2")],
            "integratedTime": .string("0"),
            "inclusionPromise": .null,
            "inclusionProof": [
                "logIndex": .string("\(index)"),
                "rootHash": .string(tree.root.base64),
                "treeSize": .string("\(tree.size)"),
                "hashes": .array(path.map { .string($0.base64) }),
                "checkpoint": ["envelope": .string(try signer.checkpoint(of: tree))],
            ],
            "canonicalizedBody": .string(body.base64),
        ]
    }
}
