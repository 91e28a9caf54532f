import FoundationEssentials
import JSON
import SigningCrypto
import Synchronization

/// A log of Rekor's second kind: entries go in by one call, all else are static tiles.
///
/// With a checkpoint interval it works like the real one: an entry is answered when the next
/// checkpoint has it, and until then the checkpoint and the tiles are those of the one before.
final class SandboxRekorV2: SandboxEndpoint {
    let key: PrivateKey
    private let signer: CheckpointSigner
    private let clock: SandboxClock
    /// In seconds; 0 makes a checkpoint for each entry at once.
    private let interval: Double
    private let start: Date
    private let log = Mutex(Log())

    private static let path = "/api/v2/"

    private struct Log {
        var tree = MerkleTree()
        var bodies: [[UInt8]] = []
        /// When each entry is in a checkpoint; never falling.
        var dues: [Date] = []

        /// How many entries the checkpoint of that time has.
        func size(at time: Date) -> Int {
            dues.lastIndex { $0 <= time }.map { $0 + 1 } ?? 0
        }
    }

    init(host: String, clock: SandboxClock, checkpointInterval: Duration = .zero) throws {
        key = try PrivateKey.generate(.ed25519)
        signer = CheckpointSigner(rekorV2: key, host: host)
        self.clock = clock
        interval = checkpointInterval / .seconds(1)
        start = clock.unmoved
        for seed in try LogSeed.entries() {
            _ = append(try RekorV2Proposal(JSONNode(parsing: seed.rekorV2.text())).body, due: start)
        }
    }

    /// The 32 bytes that name the log, of which signature lines hold four.
    var logID: [UInt8] { signer.keyID }

    /// All entries, also those that are in no checkpoint yet.
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

    func reply(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxReply {
        switch call {
        case "create":
            return try create(request, fault: fault)
        case "checkpoint":
            let log = log.withLock { $0 }
            let checkpoint = try signer.checkpoint(of: log.tree, at: log.size(at: clock.unmoved))
            return .now(SandboxAnswer(text: fault == .wrong ? "x" + checkpoint : checkpoint))
        default:
            let path = request.path.dropFirst("\(Self.path)tile/".count)
            guard let tile = TilePath(path), var bytes = bytes(of: tile) else {
                throw Refusal(404, "no tile '\(path)'")
            }
            if fault == .wrong, !bytes.isEmpty { bytes[bytes.count - 1] ^= 1 }
            return .now(SandboxAnswer(type: "application/octet-stream", body: bytes))
        }
    }

    private func bytes(of tile: TilePath) -> [UInt8]? {
        let log = log.withLock { $0 }
        let size = log.size(at: clock.unmoved)
        guard let level = tile.level else {
            let (start, overflow) = tile.number.multipliedReportingOverflow(by: 256)
            guard !overflow, start < size, size - start >= tile.width else { return nil }
            // C2SP tlog-tiles, "Log entries": each after its length.
            return log.bodies[start..<start + tile.width].flatMap {
                bigEndian($0.count, count: 2) + $0
            }
        }
        return log.tree.tile(level: level, number: tile.number, width: tile.width, at: size)
            .map { Array($0.joined()) }
    }

    private func create(_ request: SandboxRequest, fault: Fault?) throws -> SandboxReply {
        guard let document = try? JSONNode(parsing: request.body) else {
            throw Refusal(400, code: 3, "proto: syntax error: the request is not JSON")
        }
        let body = try RekorV2Proposal(document).body
        let now = clock.unmoved
        let (index, due, isNew) = append(body, due: checkpointTime(after: now))
        let answer = { @Sendable [self] in
            isNew && fault != .conflict
                ? SandboxAnswer(201, json: try entry(index, body, due, isForged: fault == .wrong))
                : Self.conflict(index)
        }
        guard due > now else { return .now(try answer()) }
        return .later(.seconds(due.timeIntervalSince(now)), answer)
    }

    private static func conflict(_ index: Int) -> SandboxAnswer {
        let message =
            "an equivalent entry already exists in the transparency log with index \(index)"
        return SandboxAnswer(error: 409, code: 6, message).adding("x-log-index", "\(index)")
    }

    private func checkpointTime(after time: Date) -> Date {
        guard interval > 0 else { return time }
        let number = (time.timeIntervalSince(start) / interval).rounded(.down) + 1
        return start.addingTimeInterval(number * interval)
    }

    private func append(_ body: [UInt8], due: Date) -> (index: Int, due: Date, isNew: Bool) {
        log.withLock { log in
            if let index = log.tree.index(ofLeaf: MerkleTree.leafHash(body)) {
                return (index, log.dues[index], false)
            }
            log.bodies.append(body)
            let due = max(due, log.dues.last ?? due)
            log.dues.append(due)
            return (log.tree.append(body), due, true)
        }
    }

    /// A `TransparencyLogEntry` as protocol buffers write it in JSON, proved by the checkpoint of that
    /// time.
    private func entry(
        _ index: Int, _ body: [UInt8], _ due: Date, isForged: Bool
    ) throws -> JSONValue {
        let log = log.withLock { $0 }
        let size = log.size(at: due)
        var path = log.tree.auditPath(of: index, at: size)
        if isForged { path[0][0] ^= 1 }
        return [
            "logIndex": .string("\(index)"),
            "logId": ["keyId": .string(logID.base64)],
            "kindVersion": ["kind": .string("hashedrekord"), "version": .string("0.0.2")],
            "integratedTime": .string("0"),
            "inclusionPromise": .null,
            "inclusionProof": [
                "logIndex": .string("\(index)"),
                "rootHash": .string(log.tree.root(at: size).base64),
                "treeSize": .string("\(size)"),
                "hashes": .array(path.map { .string($0.base64) }),
                "checkpoint": [
                    "envelope": .string(try signer.checkpoint(of: log.tree, at: size))
                ],
            ],
            "canonicalizedBody": .string(body.base64),
        ]
    }
}
