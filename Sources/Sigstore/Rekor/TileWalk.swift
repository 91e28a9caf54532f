import HTTP
import SigningCrypto

/// The way to the proof of an entry that a log of Rekor v2 has already: a checkpoint, and the log's tree in
/// tiles.
///
/// The checkpoint counts if any trusted log has signed it, wherever it was read. The tiles are read at the
/// address of that log. Where that does not prove the entry, all trusted logs are asked at their own
/// addresses.
/// Source: C2SP, `tlog-tiles.md`.
struct TileWalk: Codable, Equatable, Sendable {
    private let index: Int64
    /// Where the log has said that it has the entry.
    private let origin: HTTPURL
    /// Where is still to be looked, the present place first.
    private var places: [HTTPURL]
    /// Whether the answer is sure to come from the present place.
    private var isPatient: Bool
    private var isLastRound: Bool
    private var checkpoint: String?
    private var tiles: [Tile: [[UInt8]]] = [:]
    /// What the origin itself has said.
    private var failure: RekorError?

    private enum CodingKeys: CodingKey { case index, origin, places, isPatient, isLastRound }

    init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        index = try stored.decode(Int64.self, forKey: .index)
        origin = try stored.decode(HTTPURL.self, forKey: .origin)
        places = try stored.decode([HTTPURL].self, forKey: .places)
        isPatient = try stored.decode(Bool.self, forKey: .isPatient)
        isLastRound = try stored.decode(Bool.self, forKey: .isLastRound)
        guard index >= 0 else {
            throw DecodingError.dataCorruptedError(
                forKey: .index, in: stored, debugDescription: "no index")
        }
    }

    init(to index: Int64, from origin: HTTPURL, in trustedRoot: TrustedRoot) {
        self.index = index
        self.origin = origin
        let own = trustedRoot.logs.filter { !$0.isOfRekorV1 }.compactMap(\.url)
        let others = own.filter { $0.withoutLastSlash != origin.withoutLastSlash }
        places = [origin] + others
        // An address of a trusted log is that log's, as long as it says nothing else.
        isPatient = others.count < own.count || own.isEmpty
        isLastRound = isPatient
    }

    /// What is asked next.
    func call(in trustedRoot: TrustedRoot) -> ServiceCall {
        let (path, place) = nextQuestion(trustedRoot)
        var call = ServiceCall(.log, "GET \(place)", to: place) { attempt throws(HTTPFailure) in
            // A partial tile may be gone once the whole one is there, so that each is asked for in turn.
            try RekorV2.published(path[(attempt - 1) % path.count], by: place)
        }
        call.isPatient = isPatient
        return call
    }

    private func nextQuestion(_ trustedRoot: TrustedRoot) -> (paths: [String], place: HTTPURL) {
        let place = places.first ?? origin
        guard let checkpoint, let (log, head) = try? signed(checkpoint, trustedRoot) else {
            return (["checkpoint"], place)
        }
        var missing: Tile?
        _ = try? path(to: nil, TiledTree(size: head.treeSize)) { tile throws(MissingTile) in
            guard let hashes = tiles[tile] else {
                missing = missing ?? tile
                throw MissingTile()
            }
            return hashes
        }
        guard let missing else { return (["checkpoint"], place) }
        let paths = missing.isFull ? [missing.path] : [missing.path, missing.full.path]
        return (paths, log.url ?? place)
    }

    private struct MissingTile: Error {}

    /// Takes in an answer.
    /// - Returns: The entry with its proof; nil where another call follows.
    mutating func read(
        _ response: HTTPResponse, _ form: ProposedEntry.Form, in trustedRoot: TrustedRoot
    ) throws -> LogEntry? {
        let place = places.first ?? origin
        guard let checkpoint else {
            let text = String(decoding: response.body, as: UTF8.self)
            let (_, head) = try signed(text, trustedRoot)
            guard head.treeSize > index else {
                throw HTTPFailure.notYet(
                    reason: "the checkpoint has \(head.treeSize) entries, and not yet the one with "
                        + "index \(index)")
            }
            self.checkpoint = text
            return nil
        }
        let (log, head) = try signed(checkpoint, trustedRoot)
        let tree = TiledTree(size: head.treeSize)
        var answer: [[UInt8]]?
        var wanted: Tile?
        let known = tiles
        func hashes(of tile: Tile) throws -> [[UInt8]] {
            if let hashes = known[tile] { return hashes }
            guard wanted == nil || wanted == tile else { throw MissingTile() }
            wanted = tile
            if answer == nil { answer = try tile.hashes(in: response.body) }
            return answer ?? []
        }
        let path: [[UInt8]]
        do {
            path = try self.path(to: form, tree, hashes: hashes)
        } catch is MissingTile {
            if let wanted, let answer { tiles[wanted] = answer }
            return nil
        } catch {
            // What is no tile is asked for once more, and what is another tree is not.
            if wanted != nil, answer == nil { throw error }
            throw FinalAnswer(Self.error(error, at: "\(place)"))
        }
        let root: [UInt8]
        do {
            root = try MerkleTree.root(
                leafHash: form.leafHash, index: index, treeSize: head.treeSize, path: path)
        } catch {
            throw FinalAnswer(Self.error(error, at: "\(place)"))
        }
        guard root == head.rootHash else {
            throw FinalAnswer(
                RekorError.proof(
                    log: "\(place)",
                    .rootHash(proof: root.hex, checkpoint: head.rootHash.hex)))
        }
        return LogEntry(
            index: index, logID: log.id, kind: form.kind,
            inclusionProof: LogEntry.InclusionProof(
                index: index, treeSize: head.treeSize, rootHash: head.rootHash, hashes: path,
                checkpoint: checkpoint),
            canonicalizedBody: form.body)
    }

    /// Takes in that the present place has not proved the entry.
    /// - Returns: The reason of the whole walk; nil where there is another place.
    mutating func note(_ error: RekorError) -> RekorError? {
        if [.cancelled, .deadline].contains(error.failureClass) { return error }
        if failure == nil { failure = error }
        if !places.isEmpty { places.removeFirst() }
        checkpoint = nil
        tiles = [:]
        isPatient = false
        guard places.isEmpty else { return nil }
        let reason = failure ?? error
        guard !isLastRound, [.notSent, .unknownOutcome].contains(reason.failureClass) else {
            return reason
        }
        (places, isPatient, isLastRound, failure) = ([origin], true, true, nil)
        return nil
    }

    /// The hashes beside the way from the entry to the root.
    ///
    /// - Parameter form: Where one is given, the entry has to be it.
    private func path<E: Error>(
        to form: ProposedEntry.Form?, _ tree: TiledTree, hashes: (Tile) throws(E) -> [[UInt8]]
    ) throws -> [[UInt8]] {
        let leafHash = try tree.leafHash(at: index, hashes: hashes)
        if let form, leafHash != form.leafHash {
            throw RekorError.otherEntry(
                log: "\(places.first ?? origin)",
                reason: "entry \(index) is not the one that was sent")
        }
        return try tree.inclusionPath(to: index, hashes: hashes)
    }

    /// A checkpoint, and the log that has signed it.
    private func signed(
        _ text: String, _ trustedRoot: TrustedRoot
    ) throws(LogError) -> (TrustedRoot.Log, Checkpoint) {
        let checkpoint = try Checkpoint(text)
        var furthest: LogError?
        for log in trustedRoot.logs {
            do {
                try checkpoint.verify(log: log)
                return (log, checkpoint)
            } catch {
                if error.isFurther(than: furthest) { furthest = error }
            }
        }
        throw furthest ?? .checkpointUnsigned(log: "\(places.first ?? origin)")
    }

    private static func error(_ error: any Error, at place: String) -> RekorError {
        switch error {
        case let error as RekorError: error
        case let error as LogError: .proof(log: place, error)
        default: .otherEntry(log: place, reason: "\(error)")
        }
    }

    static func == (one: TileWalk, other: TileWalk) -> Bool {
        one.index == other.index && one.places == other.places
            && one.checkpoint == other.checkpoint && one.tiles == other.tiles
    }
}

extension TrustedRoot.Log {
    var url: HTTPURL? { try? HTTPURL(baseURL) }
}

extension Tile {
    /// The hashes in an answer: the tile itself, or the whole one in its place.
    func hashes(in body: [UInt8]) throws(LogError) -> [[UInt8]] {
        if body.count != full.width * Self.hashLength { try check(length: body.count) }
        return stride(from: 0, to: width * Self.hashLength, by: Self.hashLength).map {
            Array(body[$0..<$0 + Self.hashLength])
        }
    }
}
