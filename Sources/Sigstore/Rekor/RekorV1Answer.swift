import JSON
import SigningCrypto

extension LogEntry {
    /// The most hashes that an inclusion proof has: the height of the largest tree.
    private static let pathLimit = 64

    /// Reads an answer of Rekor v1: one entry, under the name that the log gives it.
    package init(rekorV1 text: [UInt8]) throws {
        try self.init(rekorV1: JSONNode(parsing: text))
    }

    init(rekorV1 node: JSONNode) throws {
        let entries = try node.members
        guard let entry = entries.first?.value, entries.count == 1 else {
            throw node.unexpected("an object with one entry")
        }
        let body = try entry.requiredBytes("body")
        let stored = try JSONNode(parsing: body)
        let verification = try entry.required("verification")
        self.init(
            index: try entry.count("logIndex"), logID: try entry.hexBytes("logID"),
            kind: Kind(
                name: try stored.required("kind").string,
                version: try stored.required("apiVersion").string),
            integratedTime: try entry.count("integratedTime"),
            signedEntryTimestamp: try verification.requiredBytes("signedEntryTimestamp"),
            inclusionProof: try Self.proof(verification.required("inclusionProof")),
            canonicalizedBody: body)
    }

    private static func proof(_ node: JSONNode) throws -> InclusionProof {
        InclusionProof(
            index: try node.count("logIndex"), treeSize: try node.count("treeSize"),
            rootHash: try node.hexBytes("rootHash"),
            hashes: try node.list("hashes", limit: pathLimit).map { try $0.hexBytes },
            checkpoint: try node.required("checkpoint").string)
    }
}

extension JSONNode {
    /// Bytes in hexadecimal, which is how Rekor v1 writes hashes.
    fileprivate var hexBytes: [UInt8] {
        get throws(JSONError) {
            guard let bytes = [UInt8](hex: try string) else { throw unexpected("hexadecimal") }
            return bytes
        }
    }

    fileprivate func hexBytes(_ name: String) throws(JSONError) -> [UInt8] {
        try required(name).hexBytes
    }
}
