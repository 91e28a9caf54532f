import HTTP
import RetryEngine
import SigningCrypto

/// Builds the proof of an entry from what a log publishes: a checkpoint, and the tree in tiles.
///
/// Source: C2SP, `tlog-tiles.md`.
struct TileReader<Clock: RetryClock> {
    private let url: HTTPURL
    private let client: HTTPClient<Clock>
    private let logs: [TrustedRoot.Log]
    private let deadline: Clock.Instant

    /// - Parameters:
    ///   - logs: Those whose checkpoints count at that address.
    ///   - client: The log has said that it has the entry, so that its proof is worth some patience.
    init(
        _ url: HTTPURL, _ logs: [TrustedRoot.Log], client: HTTPClient<Clock>,
        deadline: Clock.Instant
    ) {
        self.url = url
        self.logs = logs
        self.client = client
        self.deadline = deadline
    }

    /// The proposed entry at that index, if it is there, with its proof.
    func entry(_ form: ProposedEntry.Form, at index: Int64) throws(RekorError) -> LogEntry {
        let checkpoint = try response { ("checkpoint", { try check($0, covers: index) }) }
        do {
            let (log, head) = try signed(checkpoint)
            return LogEntry(
                index: index, logID: log.id, kind: form.kind,
                inclusionProof: LogEntry.InclusionProof(
                    index: index, treeSize: head.treeSize, rootHash: head.rootHash,
                    hashes: try path(to: form, at: index, head),
                    checkpoint: String(decoding: checkpoint.body, as: UTF8.self)),
                canonicalizedBody: form.body)
        } catch let error as RekorError {
            throw error
        } catch let error as LogError {
            throw .proof(log: "\(url)", error)
        } catch {
            throw .otherEntry(log: "\(url)", reason: "\(error)")
        }
    }

    private func check(_ response: HTTPResponse, covers index: Int64) throws {
        let (_, checkpoint) = try signed(response)
        guard checkpoint.treeSize > index else {
            throw HTTPFailure.notYet(
                reason:
                    "the checkpoint has \(checkpoint.treeSize) entries, and not yet the one with "
                    + "index \(index)")
        }
    }

    /// A checkpoint and the log that has signed it.
    private func signed(
        _ response: HTTPResponse
    ) throws(LogError) -> (TrustedRoot.Log, Checkpoint) {
        let checkpoint = try Checkpoint(String(decoding: response.body, as: UTF8.self))
        var failure = LogError.checkpointUnsigned(log: "\(url)")
        for log in logs {
            do {
                try checkpoint.verify(log: log)
                return (log, checkpoint)
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private func path(
        to form: ProposedEntry.Form, at index: Int64, _ head: Checkpoint
    ) throws -> [[UInt8]] {
        let tree = TiledTree(size: head.treeSize)
        var known: [Tile: [[UInt8]]] = [:]
        func hashes(of tile: Tile) throws -> [[UInt8]] {
            if let hashes = known[tile] { return hashes }
            let hashes = try self.hashes(of: tile)
            known[tile] = hashes
            return hashes
        }
        guard try tree.leafHash(at: index, hashes: hashes) == form.leafHash else {
            throw RekorError.otherEntry(
                log: "\(url)", reason: "entry \(index) is not the one that was sent")
        }
        let path = try tree.inclusionPath(to: index, hashes: hashes)
        let root = try MerkleTree.root(
            leafHash: form.leafHash, index: index, treeSize: head.treeSize, path: path)
        guard root == head.rootHash else {
            throw LogError.rootHash(proof: root.hex, checkpoint: head.rootHash.hex)
        }
        return path
    }

    /// The hashes in a tile. A partial one may be gone once the whole one is there, so that each is asked
    /// for in turn.
    private func hashes(of tile: Tile) throws(RekorError) -> [[UInt8]] {
        var next = tile
        let response = try response {
            let asked = next
            next = asked.isFull ? tile : tile.full
            return (asked.path, { try asked.check(length: $0.body.count) })
        }
        return stride(from: 0, to: tile.width * Tile.hashLength, by: Tile.hashLength).map {
            Array(response.body[$0..<$0 + Tile.hashLength])
        }
    }

    /// What the log publishes of an entry that it has said to have is there in a moment, if not now.
    private func response(
        to ask: () -> (path: String, validate: (HTTPResponse) throws -> Void)
    ) throws(RekorError) -> HTTPResponse {
        try client.send("GET \(url)", deadline: deadline) { () throws(HTTPFailure) in
            let (path, validate) = ask()
            return try HTTPRequest(
                .get, url.appending(path: "api/v2/\(path)"), transientStatuses: [404],
                bodyLimit: 64 << 10, validate: validate)
        }.response(isLogged: true)
    }
}
