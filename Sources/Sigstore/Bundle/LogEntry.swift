package import FoundationEssentials
import JSON
import SigningCrypto

/// An entry of a transparency log, with the proofs that it is there.
package struct LogEntry: Equatable, Sendable {
    package struct Kind: Hashable, Sendable {
        package let name: String
        package let version: String

        package init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    package struct InclusionProof: Equatable, Sendable {
        /// The index in the tree, which the proof is about.
        package let index: Int64
        package let treeSize: Int64
        package let rootHash: [UInt8]
        package let hashes: [[UInt8]]
        /// A signed note; empty when the bundle has none.
        package let checkpoint: String

        package init(
            index: Int64, treeSize: Int64, rootHash: [UInt8], hashes: [[UInt8]], checkpoint: String
        ) {
            self.index = index
            self.treeSize = treeSize
            self.rootHash = rootHash
            self.hashes = hashes
            self.checkpoint = checkpoint
        }
    }

    /// The index among all entries that the log ever had: Rekor v1 counts over its trees.
    package let index: Int64
    package let logID: [UInt8]
    package let kind: Kind
    /// Seconds since 1970; 0 for a log that does not say.
    package let integratedTime: Int64
    package let signedEntryTimestamp: [UInt8]?
    package let inclusionProof: InclusionProof?
    package let canonicalizedBody: [UInt8]

    package init(
        index: Int64, logID: [UInt8], kind: Kind, integratedTime: Int64 = 0,
        signedEntryTimestamp: [UInt8]? = nil, inclusionProof: InclusionProof?,
        canonicalizedBody: [UInt8]
    ) {
        self.index = index
        self.logID = logID
        self.kind = kind
        self.integratedTime = integratedTime
        self.signedEntryTimestamp = signedEntryTimestamp
        self.inclusionProof = inclusionProof
        self.canonicalizedBody = canonicalizedBody
    }

    /// The time at which the log says it took the entry; nil when it does not say.
    package var integrated: Date? {
        integratedTime == 0 ? nil : Date(timeIntervalSince1970: Double(integratedTime))
    }
}

extension LogEntry {
    init(_ node: JSONNode) throws(JSONError) {
        index = try node.count("logIndex")
        logID = try node.required("logId").requiredBytes("keyId")
        let kindVersion = try node.required("kindVersion")
        kind = Kind(
            name: try kindVersion.required("kind").string,
            version: try kindVersion.required("version").string)
        integratedTime = try node.count("integratedTime")
        let promise = try node.optional("inclusionPromise")
        signedEntryTimestamp = try promise?.requiredBytes("signedEntryTimestamp")
        inclusionProof = try node.optional("inclusionProof").map(InclusionProof.init)
        canonicalizedBody = try node.requiredBytes("canonicalizedBody")
    }

    /// The rules of the bundle specification on what an entry must bring.
    func check(version: Bundle.Version) throws(BundleError) {
        if version == .v01 {
            guard signedEntryTimestamp != nil else { throw .noInclusionPromise(version) }
        } else {
            guard let inclusionProof else { throw .noInclusionProof(version) }
            guard !inclusionProof.checkpoint.isEmpty else { throw .noCheckpoint(version) }
        }
    }
}

extension LogEntry.InclusionProof {
    init(_ node: JSONNode) throws(JSONError) {
        index = try node.count("logIndex")
        treeSize = try node.count("treeSize")
        rootHash = try node.bytes("rootHash")
        hashes = try node.list("hashes", limit: BundleLimit.proofHashes).map {
            node throws(JSONError) in try node.bytes
        }
        checkpoint = try node.optional("checkpoint")?.text("envelope") ?? ""
    }
}
