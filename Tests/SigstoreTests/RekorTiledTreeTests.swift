import Foundation
import HTTP
import SigningCrypto
import Testing

@testable import Sigstore

@Suite("Tiles")
struct RekorTiledTreeTests {
    private static let leaves = (0..<600).map { MerkleTree.leafHash(Array("\($0)".utf8)) }

    private func path(_ index: Int, _ size: Int, _ tiles: [String: [UInt8]]) throws -> [[UInt8]] {
        try TiledTree(size: Int64(size)).inclusionPath(to: Int64(index)) { tile in
            let bytes = try #require(tiles[tile.path], "there is no \(tile.path)")
            return stride(from: 0, to: bytes.count, by: 32).map { Array(bytes[$0..<$0 + 32]) }
        }
    }

    @Test(
        "the path to every leaf is the one by definition",
        arguments: Array(1...20) + [255, 256, 257, 258, 300, 511, 512, 513, 600])
    func smallTrees(size: Int) throws {
        let leaves = Self.leaves.prefix(size)
        let tiles = TestTree(leaves: Array(leaves)).tiles

        for index in size > 20
            ? [0, 1, 127, 128, 254, size / 2, size - 2, size - 1] : Array(0..<size)
        {
            #expect(try path(index, size, tiles) == TestTree.path(index, leaves), "index \(index)")
        }
    }

    @Test("an entry before the first one is in no stored walk")
    func storedWalk() throws {
        let walk = TileWalk(to: 5, from: try HTTPURL("https://log.example"), in: .empty)
        let stored = String(decoding: try JSONEncoder().encode(walk), as: UTF8.self)
        let edited = stored.replacing(#""index":5"#, with: #""index":-256000"#)

        #expect(edited != stored)
        #expect(try JSONDecoder().decode(TileWalk.self, from: Data(stored.utf8)) == walk)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(TileWalk.self, from: Data(edited.utf8))
        }
    }

    @Test("the path to a leaf in a tree of three levels leads to the root")
    func largeTree() throws {
        let leaves = (0..<65_800).map { number in
            Int64(number).bigEndianBytes + [UInt8](repeating: 0, count: 24)
        }
        let tree = TestTree(leaves: leaves)
        let (root, tiles) = (tree.root, tree.tiles)

        #expect(tiles["tile/2/000.p/1"] != nil)
        for index in [0, 255, 256, 40_000, 65_535, 65_536, 65_799] {
            let path = try path(index, leaves.count, tiles)
            #expect(
                try MerkleTree.root(
                    leafHash: leaves[index], index: Int64(index), treeSize: Int64(leaves.count),
                    path: path) == root, "index \(index)")
        }
    }

    @Test("the largest tree there can be takes no arithmetic too far")
    func largest() {
        let hash = [UInt8](repeating: 1, count: 32)
        let tree = TiledTree(size: .max)
        for index in [0, 1 << 62, Int64.max - 1] {
            var asked: Set<Tile> = []
            let path = tree.inclusionPath(to: index) { tile in
                asked.insert(tile)
                return Array(repeating: hash, count: tile.width)
            }
            #expect((62...63).contains(path.count))
            #expect(asked.allSatisfy { 1...256 ~= $0.width && 0...7 ~= $0.level })
        }
    }

    @Test(
        "a tile's address is its number in groups of three digits",
        arguments: [
            (Tile(level: 0, index: 0, width: 256), "tile/0/000"),
            (Tile(level: 0, index: 67, width: 8), "tile/0/067.p/8"),
            (Tile(level: 1, index: 999, width: 256), "tile/1/999"),
            (Tile(level: 1, index: 1000, width: 255), "tile/1/x001/000.p/255"),
            (Tile(level: 2, index: 1_234_067, width: 256), "tile/2/x001/x234/067"),
        ])
    func address(tile: Tile, path: String) {
        #expect(tile.path == path)
    }
}
