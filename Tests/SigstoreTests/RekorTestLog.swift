import HTTP
import JSON
import SigningCrypto
import TestSupport

@testable import Sigstore

/// A Rekor v2 log of any size that holds one entry of ours, published in tiles.
final class RekorTestLog {
    static let url = "https://log.example/2026"
    /// An address of logs that no trusted root names.
    static let alias = "https://alias.example"

    let tree: TestTree
    let key: PrivateKey
    /// Changes an answer of the alias, given what was asked for.
    var aliasFault: (_ path: String) -> ScriptedService.Answer? = { _ in nil }
    /// Changes an answer, given what was asked for and how often before: `checkpoint`, `tile/0/000`.
    var fault: (_ path: String, _ count: Int) -> ScriptedService.Answer? = { _, _ in nil }
    private var counts: [String: Int] = [:]

    init(size: Int, index: Int, leafHash: [UInt8]) throws {
        var leaves = (0..<size).map { MerkleTree.leafHash(Array("\($0)".utf8)) }
        leaves[index] = leafHash
        tree = TestTree(leaves: leaves)
        key = try PrivateKey.generate(.ed25519)
    }

    var trustedRoot: TrustedRoot {
        get throws { try trustedRoot(beside: nil) }
    }

    /// - Parameter other: A log that is trusted too, at another address.
    func trustedRoot(beside other: RekorTestLog?) throws -> TrustedRoot {
        let others = other.map { [$0.trusted(at: "https://log.example/2025", id: [4])] } ?? []
        let logs = others + [trusted(at: Self.url, id: [1, 2, 3])]
        return try TrustedRoot(
            json: Documents.trustedRoot().setting("tlogs", .array(logs)).text())
    }

    private func trusted(at url: String, id: [UInt8]) -> JSONValue {
        [
            "baseUrl": .string(url), "hashAlgorithm": "SHA2_256", "logId": ["keyId": .bytes(id)],
            "publicKey": [
                "rawBytes": .bytes(key.publicKey.subjectPublicKeyInfo),
                "keyDetails": "PKIX_ED25519", "validFor": ["start": "2026-01-01T00:00:00Z"],
            ],
        ]
    }

    func checkpoint(size: Int? = nil, key other: PrivateKey? = nil) throws -> String {
        let root = size.map { TestTree(leaves: Array(tree.leaves.prefix($0))).root } ?? tree.root
        let text = "log.example\n\(size ?? tree.leaves.count)\n\(root.base64)\n"
        let key = other ?? key
        let named =
            Array("log.example\n\u{01}".utf8) + key.publicKey.subjectPublicKeyInfo.suffix(32)
        let signature = try key.sign(message: Array(text.utf8), scheme: .ed25519)
        let line = Digest(of: named).bytes.prefix(4) + signature
        return "\(text)\n\u{2014} log.example \(Array(line).base64)\n"
    }

    /// Answers uploads by `uploads` and then by 409 with that index, all else from the log.
    func service(index: Int, uploads: [ScriptedService.Answer] = []) -> ScriptedService {
        var uploads = uploads
        return ScriptedService { call in
            if call.hasPrefix("POST ") {
                return uploads.isEmpty
                    ? .answer(409, headers: ["x-log-index": "\(index)"]) : uploads.removeFirst()
            }
            let start = call.firstRange(of: "/api/v2/")?.upperBound ?? call.endIndex
            let path = String(call[start...])
            if call.hasPrefix("GET \(Self.alias)/") {
                return self.aliasFault(path) ?? self.answer(path)
            }
            guard call.hasPrefix("GET \(Self.url)/") else { return .answer(404) }
            self.counts[path, default: 0] += 1
            return self.fault(path, self.counts[path, default: 0]) ?? self.answer(path)
        }
    }

    func answer(_ path: String) -> ScriptedService.Answer {
        if path == "checkpoint" { return (try? checkpoint()).map { .answer(200, $0) } ?? .refused }
        return tree.tiles[path].map { .answer(200, $0) } ?? .answer(404)
    }
}

/// A Merkle tree by its definition.
struct TestTree {
    let leaves: [[UInt8]]

    var root: [UInt8] { Self.root(leaves[...]) }

    /// RFC 6962 §2.1.
    static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard leaves.count > 1 else { return leaves.first ?? [] }
        let half = split(leaves.count)
        return MerkleTree.nodeHash(root(leaves.prefix(half)), root(leaves.dropFirst(half)))
    }

    /// RFC 6962 §2.1.1.
    static func path(_ index: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
        guard leaves.count > 1 else { return [] }
        let half = split(leaves.count)
        let (left, right) = (leaves.prefix(half), leaves.dropFirst(half))
        return index < half
            ? path(index, left) + [root(right)] : path(index - half, right) + [root(left)]
    }

    private static func split(_ count: Int) -> Int {
        var half = 1
        while half * 2 < count { half *= 2 }
        return half
    }

    /// All tiles by their addresses: of each level the full ones, and the partial one at the end.
    var tiles: [String: [UInt8]] {
        var tiles: [String: [UInt8]] = [:]
        var row = leaves
        var level = 0
        while !row.isEmpty {
            var next: [[UInt8]] = []
            for start in stride(from: 0, to: row.count, by: 256) {
                let part = row[start..<min(start + 256, row.count)]
                let name = "tile/\(level)/\(Self.name(start / 256))"
                tiles[part.count == 256 ? name : "\(name).p/\(part.count)"] = Array(part.joined())
                if part.count == 256 { next.append(Self.root(part)) }
            }
            row = next
            level += 1
        }
        return tiles
    }

    /// Up to a million tiles.
    private static func name(_ number: Int) -> String {
        let digits = String(String(1_000_000 + number).dropFirst())
        return number < 1000 ? String(digits.suffix(3)) : "x\(digits.prefix(3))/\(digits.suffix(3))"
    }
}
