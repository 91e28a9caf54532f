import SigningCrypto
import Testing

@testable import SigstoreSandbox

@Suite("The logs' trees")
struct MerkleTreeTests {
    /// The entries of the test data that comes with RFC 6962's first implementation.
    private static let entries = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]

    @Test(
        "roots are those that others compute",
        arguments: [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ])
    func roots(size: Int, root: String) throws {
        var tree = MerkleTree()
        for entry in Self.entries.prefix(size) {
            _ = tree.append(try #require([UInt8](hex: entry)))
        }

        #expect(tree.root.hex == root)
    }

    @Test("each audit path leads to the root", arguments: 1...17)
    func auditPaths(size: Int) {
        let tree = Self.tree(size)

        for index in 0..<size {
            #expect(Self.root(of: index, in: tree) == tree.root)
        }
    }

    @Test("a tree tells of itself as it was when it was smaller", arguments: 1...17)
    func earlierSizes(size: Int) {
        let (earlier, later) = (Self.tree(size), Self.tree(40))

        #expect(later.root(at: size) == earlier.root)
        for index in 0..<size {
            #expect(later.auditPath(of: index, at: size) == earlier.auditPath(of: index))
        }
    }

    @Test("a leaf is found by its hash, and only if it is there")
    func index() {
        let tree = Self.tree(9)

        #expect(tree.index(ofLeaf: MerkleTree.leafHash([7, 0])) == 7)
        #expect(tree.index(ofLeaf: MerkleTree.leafHash([9, 0])) == nil)
    }

    @Test("tiles hold leaves, and above them the roots of 256 leaves each")
    func tiles() throws {
        let tree = Self.tree(600)

        #expect(
            tree.tile(level: 0, number: 1, width: 256, at: 600) == Array(tree.leaves[256..<512]))
        #expect(tree.tile(level: 0, number: 2, width: 88, at: 600) == Array(tree.leaves[512...]))
        #expect(tree.tile(level: 0, number: 2, width: 89, at: 600) == nil)
        #expect(tree.tile(level: 1, number: 0, width: 3, at: 600) == nil)
        #expect(tree.tile(level: 0, number: Int.max, width: 1, at: 600) == nil)
        let roots = try #require(tree.tile(level: 1, number: 0, width: 2, at: 600))
        #expect(roots == [Self.tree(256).root, Self.tree(512, from: 256).root])
    }

    @Test("the path of a tile has groups of three digits")
    func tilePaths() throws {
        let deep = try #require(TilePath("1/x001/x234/067.p/3"))
        let entries = try #require(TilePath("entries/000"))

        #expect((deep.level, deep.number, deep.width) == (1, 1_234_067, 3))
        #expect((entries.level, entries.number, entries.width) == (nil, 0, 256))
    }

    @Test(
        "what is no path of a tile is refused",
        arguments: [
            "", "0", "0/", "0/1", "0/0001", "0/001/067", "0/x001", "-1/000", "64/000", "00/000",
            "0/000.p/0", "0/000.p/256", "0/000.p/", "0/000.p", "a/000", "0/x001/x002/x003/00",
            "entries/x00a/000", "0/x999/x999/x999/x999/x999/x999/999",
        ])
    func noTilePaths(path: String) {
        #expect(TilePath(path[...]) == nil)
    }

    private static func tree(_ end: Int, from start: Int = 0) -> MerkleTree {
        var tree = MerkleTree()
        for number in start..<end {
            _ = tree.append([UInt8(number % 256), UInt8(number / 256)])
        }
        return tree
    }

    /// RFC 9162 §2.1.3.2.
    private static func root(of index: Int, in tree: MerkleTree) -> [UInt8] {
        var (number, last) = (index, tree.size - 1)
        var hash = tree.leaves[index]
        for sibling in tree.auditPath(of: index) {
            if number % 2 == 1 || number == last {
                hash = Digest(of: [1] + sibling + hash).bytes
                while number % 2 == 0, number != 0 { (number, last) = (number / 2, last / 2) }
            } else {
                hash = Digest(of: [1] + hash + sibling).bytes
            }
            (number, last) = (number / 2, last / 2)
        }
        return last == 0 ? hash : []
    }
}
