import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Checkpoints")
struct CheckpointTests {
    private func envelope(_ name: String) throws -> String {
        try Documents.bundle(name)
            .asString("verificationMaterial.tlogEntries.0.inclusionProof.checkpoint.envelope")
    }

    /// The log of Rekor v1, an ECDSA key, or that of v2, an Ed25519 key.
    private func log(_ isOfRekorV1: Bool) throws -> TrustedRoot.Log {
        let logs = try TrustedRoot(json: Documents.trustedRoot().text()).logs
        return try #require(logs.first { ($0.key.kind == .ed25519) != isOfRekorV1 })
    }

    private func changed(
        _ log: TrustedRoot.Log, baseURL: String? = nil, checkpointKeyID: [UInt8]? = nil
    ) -> TrustedRoot.Log {
        TrustedRoot.Log(
            baseURL: baseURL ?? log.baseURL, id: log.id, key: log.key, scheme: log.scheme,
            period: log.period, checkpointKeyID: checkpointKeyID)
    }

    @Test("a checkpoint is an origin, a size and a root hash")
    func parts() throws {
        let checkpoint = try Checkpoint(envelope("v0.3-blob-rekor-v2"))

        #expect(checkpoint.origin == "log2026-1.rekor.example")
        #expect(checkpoint.rootHash.count == 32)
        #expect(checkpoint.treeSize == 11)
    }

    @Test("both generations of Rekor sign so that it verifies", arguments: [true, false])
    func verifies(isOfRekorV1: Bool) throws {
        let checkpoint = try Checkpoint(
            envelope(isOfRekorV1 ? "v0.3-blob-rekor-v1" : "v0.3-blob-rekor-v2"))

        #expect(throws: Never.self) { try checkpoint.verify(log: log(isOfRekorV1)) }
        let other = try log(!isOfRekorV1)
        #expect(throws: LogError.checkpointUnsigned(log: other.baseURL)) {
            try checkpoint.verify(log: other)
        }
    }

    @Test("any change of the text is one too many", arguments: [true, false])
    func changedText(isOfRekorV1: Bool) throws {
        let note = try envelope(isOfRekorV1 ? "v0.3-blob-rekor-v1" : "v0.3-blob-rekor-v2")
        let log = try log(isOfRekorV1)
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

        for (index, line) in [(0, lines[0] + "x"), (1, lines[1] + "0"), (2, lines[2] + "\nmore")] {
            var changed = lines
            changed[index] = line
            let text = changed.joined(separator: "\n")
            #expect(throws: LogError.checkpointSignature(log: log.baseURL), "\(line)") {
                try Checkpoint(text).verify(log: log)
            }
        }
    }

    @Test("a checkpoint of another origin is refused: an Ed25519 log signs as the host of its URL")
    func otherHost() throws {
        let checkpoint = try Checkpoint(envelope("v0.3-blob-rekor-v2"))
        let log = try changed(log(false), baseURL: "https://other.example.com")

        #expect(throws: LogError.checkpointUnsigned(log: log.baseURL)) {
            try checkpoint.verify(log: log)
        }
    }

    @Test(
        "the host is found in a URL with a port, a path or neither scheme",
        arguments: [
            "https://HOST/", "http://HOST:3000", "https://HOST/v2", "HOST", "https://HOST//",
        ])
    func host(pattern: String) throws {
        let checkpoint = try Checkpoint(envelope("v0.3-blob-rekor-v2"))
        let parts = pattern.split(separator: "HOST", omittingEmptySubsequences: false)
        let url = parts.joined(separator: checkpoint.origin)

        #expect(throws: Never.self) {
            try checkpoint.verify(log: changed(log(false), baseURL: url))
        }
    }

    @Test("the key ID of the trusted root is used where it is given")
    func keyID() throws {
        let checkpoint = try Checkpoint(envelope("v0.3-blob-rekor-v2"))
        let keyID = checkpoint.note.signatures[0].keyID
        let log = try log(false)

        #expect(throws: Never.self) {
            try checkpoint.verify(log: changed(log, checkpointKeyID: keyID))
        }
        #expect(throws: LogError.checkpointUnsigned(log: log.baseURL)) {
            try checkpoint.verify(log: changed(log, checkpointKeyID: [1, 2, 3, 4]))
        }
    }

    @Test("signatures of others are ignored, a second line of the log's key is not")
    func otherLines() throws {
        let note = try envelope("v0.3-blob-rekor-v2")
        let checkpoint = try Checkpoint(note)
        let log = try log(false)
        let keyID = checkpoint.note.signatures[0].keyID
        let name = checkpoint.origin
        let noise = [UInt8](repeating: 7, count: 64)

        for (name, keyID) in [("witness.example", keyID), (name, [9, 9, 9, 9])] {
            let line = "\u{2014} \(name) \((keyID + noise).base64)\n"
            #expect(throws: Never.self) { try Checkpoint(note + line).verify(log: log) }
        }
        #expect(throws: LogError.checkpointSignature(log: log.baseURL)) {
            try Checkpoint(note + "\u{2014} \(name) \((keyID + noise).base64)\n").verify(log: log)
        }
    }

    @Test(
        "an origin, a size and a root hash must all be there",
        arguments: [
            "log\n7\n", "log\n", "\n7\nROOT\n", "7\nROOT\n", "log\nROOT\n", "log\n-7\nROOT\n",
            "log\n+7\nROOT\n", "log\n\u{0667}\nROOT\n", "log\n9223372036854775808\nROOT\n",
            "log\n7 \nROOT\n", "log\n7\nAQID\n", "log\n7\nROOT=\n",
        ])
    func malformed(text: String) {
        let root = [UInt8](repeating: 1, count: 32).base64
        let parts = text.split(separator: "ROOT", omittingEmptySubsequences: false)
        let note = parts.joined(separator: root) + "\n\u{2014} log AAECAwQFBg==\n"

        #expect(throws: LogError.self) { try Checkpoint(note) }
    }
}
