import HTTP
import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Rekor v2")
struct RekorV2Tests {
    private let proposal: ProposedEntry
    private let form: ProposedEntry.Form
    private let stored: LogEntry
    /// The answer that made `stored`.
    private let answer: JSONValue

    init() throws {
        (proposal, stored) = try Proposals.vector("v0.3-blob-rekor-v2")
        form = try #require(proposal.v2)
        answer = try #require(
            try Documents.bundle("v0.3-blob-rekor-v2")["verificationMaterial.tlogEntries.0"])
    }

    private func upload(
        _ service: ScriptedService, root: TrustedRoot? = nil
    ) throws -> LogEntry {
        let root = try root ?? TrustedRoot(json: Documents.trustedRoot().text())
        return try RekorV2Client(
            HTTPURL("\(RekorTestLog.url)/"), client: service.client, trustedRoot: root
        ).upload(proposal, deadline: service.deadline)
    }

    private func error(_ service: ScriptedService, root: TrustedRoot? = nil) throws -> RekorError {
        try #require(failure { try upload(service, root: root) })
    }

    private var accepted: ScriptedService.Answer { .answer(201, answer.text()) }

    private func log(size: Int = 300, index: Int = 7) throws -> RekorTestLog {
        try RekorTestLog(size: size, index: index, leafHash: form.leafHash)
    }

    @Test("a 201 is the entry as it is, at the first attempt")
    func created() throws {
        let service = ScriptedService([accepted])

        #expect(try upload(service) == stored)
        #expect(
            service.calls == [
                .init(
                    description: "POST https://log.example/2026/api/v2/log/entries",
                    body: form.request,
                    contentType: "application/json",
                    headers: [
                        HTTPHeader("Accept", "application/json"),
                        HTTPHeader("Content-Type", "application/json"),
                    ])
            ])
    }

    @Test("an attestation is logged as a hashedrekord")
    func attestation() throws {
        let name = "v0.3-dsse-rekor-v2"
        let (proposal, stored) = try Proposals.vector(name)
        let answer = try #require(
            try Documents.bundle(name)["verificationMaterial.tlogEntries.0"])
        let service = ScriptedService([.answer(201, answer.text())])
        let entry = try RekorV2Client(
            HTTPURL(RekorTestLog.url), client: service.client, trustedRoot: log().trustedRoot
        ).upload(proposal, deadline: service.deadline)

        #expect(entry == stored)
        let request = try JSONValue(parsing: #require(service.calls.first).body)
        #expect(request["hashedRekordRequestV002.digest"] != nil)
        #expect(request["dsseRequestV002"] == nil)
    }

    @Test("zero and null are what the log leaves out")
    func nulls() throws {
        let spelled = answer.setting("integratedTime", "0").setting("inclusionPromise", .null)

        #expect(try upload(ScriptedService([.answer(201, spelled.text())])) == stored)
    }

    @Test("a transient status is followed by the same bytes", arguments: Status.transient)
    func transient(status: Int) throws {
        let service = ScriptedService([.answer(status, "reached max pushback; retry"), accepted])

        #expect(try upload(service) == stored)
        #expect(service.calls[0] == service.calls[1])
        #expect(service.pauses == [.seconds(1)])
    }

    @Test(
        "any other status is refused at once",
        arguments: Status.permanent.filter { $0 != 413 } + [405])
    func permanent(status: Int) throws {
        let service = ScriptedService([.answer(status, "unsupported"), accepted])
        let error = try error(service)

        #expect(service.calls.count == 1)
        #expect(error.className == "refused")
        #expect(error.failureClass == .permanent)
    }

    @Test("a log that is frozen is told from one that refuses")
    func frozen() throws {
        let text =
            #"{"code":12,"message":"This log has been frozen, please switch to another log."}"#
        let service = ScriptedService([.answer(405, text)])
        let error = try error(service)

        #expect(error == .frozen(log: "https://log.example/2026/"))
        #expect(error.className == "frozen")
        #expect(service.calls.count == 1)
    }

    @Test(
        "an answer that is not the entry sent, with its proof, is asked for once more",
        arguments: [
            ("canonicalizedBody", "e30="), ("kindVersion.version", "0.0.1"),
            ("inclusionProof", nil), ("inclusionProof.checkpoint", nil), ("logId", nil),
        ] as [(String, JSONValue?)])
    func wrongAnswer(path: String, value: JSONValue?) throws {
        let wrong = ScriptedService.Answer.answer(201, answer.setting(path, value).text())
        let lying = ScriptedService([wrong])

        #expect(try upload(ScriptedService([wrong, accepted])) == stored)
        #expect(try error(lying).className == "bad-response")
        #expect(lying.calls.count == 2)
    }

    @Test("an entry of another signature is not ours")
    func otherEntry() throws {
        let other = try #require(
            try Documents.bundle("key-blob-rekor-v2")["verificationMaterial.tlogEntries.0"])
        let error = try error(ScriptedService([.answer(201, other.text())]))

        #expect(error.className == "bad-response")
    }

    @Test("of a signature that the log does not take nothing is sent")
    func unsupportedKey() throws {
        let key = try PrivateKey.generate(.ed25519).publicKey
        let service = ScriptedService([accepted])
        let client = try RekorV2Client(
            HTTPURL(RekorTestLog.url), client: service.client, trustedRoot: log().trustedRoot)
        let envelope = Envelope(payload: [1], payloadType: "a/b", signature: [2])
        let error: RekorError? = failure {
            try client.upload(
                ProposedEntry(.envelope(envelope), signer: .key(key)), deadline: service.deadline)
        }

        #expect(error?.className == "unsupported-key")
        #expect(service.calls == [])
    }

    @Test(
        "the proof of an entry that is there is built from the tiles",
        arguments: [
            (1, 0), (2, 1), (5, 4), (255, 17), (256, 255), (257, 256), (300, 299), (511, 0),
            (512, 300), (1000, 777),
        ])
    func existing(size: Int, index: Int) throws {
        let log = try log(size: size, index: index)
        let root = try log.trustedRoot
        let entry = try upload(log.service(index: index), root: root)

        try entry.verifyInclusion(in: #require(root.logs.first))
        #expect(entry.index == Int64(index))
        #expect(entry.inclusionProof?.index == Int64(index))
        #expect(entry.inclusionProof?.rootHash == log.tree.root)
        #expect(entry.inclusionProof?.hashes == TestTree.path(index, log.tree.leaves[...]))
        #expect(entry.logID == [1, 2, 3])
        #expect(entry.kind == stored.kind)
        #expect(entry.canonicalizedBody == stored.canonicalizedBody)
        #expect(entry.integratedTime == 0)
    }

    @Test("an answer lost after the entry was made leads to that entry")
    func lostAnswer() throws {
        let log = try log()
        let root = try log.trustedRoot
        let service = log.service(index: 7, uploads: [.lost])
        let entry = try upload(service, root: root)

        try entry.verifyInclusion(in: #require(root.logs.first))
        #expect(service.calls[0] == service.calls[1])
        #expect(service.pauses == [.seconds(1)])
    }

    @Test("a log's URL is known with and without a slash at its end")
    func slash() throws {
        let log = try log()
        for url in [RekorTestLog.url, "\(RekorTestLog.url)/"] {
            let service = log.service(index: 7)
            let client = try RekorV2Client(
                HTTPURL(url), client: service.client, trustedRoot: log.trustedRoot)

            #expect(try client.upload(proposal, deadline: service.deadline).index == 7)
        }
    }

    @Test("a checkpoint without the entry is waited for")
    func oldCheckpoint() throws {
        let log = try log(size: 300, index: 299)
        let old = try log.checkpoint(size: 299)
        log.fault = { path, count in path == "checkpoint" && count < 3 ? .answer(200, old) : nil }
        let service = log.service(index: 299)
        let entry = try upload(service, root: log.trustedRoot)

        #expect(entry.inclusionProof?.treeSize == 300)
        #expect(service.pauses == [.seconds(1), .seconds(5)])

        log.fault = { path, _ in path == "checkpoint" ? .answer(200, old) : nil }
        let error = try error(log.service(index: 299), root: log.trustedRoot)
        #expect(error.className == "unavailable")
        #expect("\(error)".contains("the checkpoint has 299 entries"))
        #expect("\(error)".hasSuffix("the log may have the entry all the same"))
    }

    @Test("a checkpoint of another key is no answer")
    func otherKey() throws {
        let log = try log()
        let forged = try log.checkpoint(key: .generate(.ed25519))
        log.fault = { path, _ in path == "checkpoint" ? .answer(200, forged) : nil }

        #expect(try error(log.service(index: 7), root: log.trustedRoot).className == "bad-response")
    }

    @Test("another entry at the index is refused")
    func otherIndex() throws {
        let log = try log()
        let error = try error(log.service(index: 8), root: log.trustedRoot)

        #expect(
            error
                == .otherEntry(
                    log: "https://log.example/2026/", reason: "entry 8 is not the one that was sent"
                ))
    }

    @Test("a partial tile that is gone is read from the full one")
    func fullTile() throws {
        let log = try log(size: 300, index: 270)
        let tiles = log.tree.tiles
        let partial = try #require(tiles["tile/0/001.p/44"])
        let full = partial + [UInt8](repeating: 9, count: 212 * 32)
        log.fault = { path, _ in
            path == "tile/0/001.p/44"
                ? .answer(404) : path == "tile/0/001" ? .answer(200, full) : nil
        }
        let root = try log.trustedRoot

        try upload(log.service(index: 270), root: root).verifyInclusion(
            in: #require(root.logs.first))
    }

    @Test("no tile is asked for twice")
    func cache() throws {
        let log = try log(size: 1000, index: 777)
        let service = log.service(index: 777)
        _ = try upload(service, root: log.trustedRoot)
        let calls = service.calls.map(\.description)

        #expect(Set(calls).count == calls.count)
    }

    @Test("tiles that lead to another root prove nothing")
    func changedTile() throws {
        let log = try log(size: 300, index: 7)
        var tile = try #require(log.tree.tiles["tile/0/000"])
        tile[100 * 32] ^= 1
        let changed = tile
        log.fault = { path, _ in path == "tile/0/000" ? .answer(200, changed) : nil }
        let error = try error(log.service(index: 7), root: log.trustedRoot)

        #expect(error.className == "tlog-proof")
        #expect(error.failureClass == .permanent)
    }

    @Test("a tile of another length is no tile", arguments: [0, 31, 8191, 8193])
    func tileLength(count: Int) throws {
        let log = try log(size: 300, index: 7)
        let bytes = [UInt8](repeating: 0, count: count)
        log.fault = { path, _ in path == "tile/0/000" ? .answer(200, bytes) : nil }

        #expect(try error(log.service(index: 7), root: log.trustedRoot).className == "bad-response")
    }

    @Test("a tile that fails for a moment is asked for again")
    func transientTile() throws {
        let log = try log()
        log.fault = { _, count in count == 1 ? .answer(503) : nil }

        #expect(try upload(log.service(index: 7), root: log.trustedRoot).index == 7)
    }

    @Test(
        "a 409 that does not say where the entry is ends the call", arguments: [nil, "", "x", "-1"])
    func noIndex(index: String?) throws {
        let service = ScriptedService([
            .answer(409, headers: index.map { ["x-log-index": $0] } ?? [:])
        ])
        let error = try error(service)

        #expect(error == .unknownIndex(log: "https://log.example/2026/"))
        #expect(error.className == "conflict")
    }

    @Test("a log without that header says where the entry is in words")
    func indexInWords() throws {
        let log = try log()
        let words = "an equivalent entry already exists in the transparency log with index 7"
        let service = log.service(
            index: 7, uploads: [.answer(409, #"{"code":6,"message":"\#(words)"}"#)])

        #expect(try upload(service, root: log.trustedRoot).index == 7)
    }

    private func uploadToAlias(
        _ service: ScriptedService, root: TrustedRoot
    ) throws -> LogEntry {
        try RekorV2Client(
            HTTPURL(RekorTestLog.alias), client: service.client, trustedRoot: root
        ).upload(proposal, deadline: service.deadline)
    }

    @Test("a log is known by its key: the proof is found at an address that no trusted root names")
    func alias() throws {
        let log = try log()
        let root = try log.trustedRoot
        let service = log.service(index: 7, uploads: [.lost])
        let entry = try uploadToAlias(service, root: root)

        try entry.verifyInclusion(in: #require(root.logs.first))
        #expect(entry.logID == [1, 2, 3])
        // The checkpoint names the log, and the tiles are read at that log's own address.
        let tiles = service.calls.map(\.description).filter { $0.contains("/tile/") }
        #expect(!tiles.isEmpty)
        #expect(tiles.allSatisfy { $0.contains(RekorTestLog.url) })
    }

    @Test(
        "what an alias does not show is read at the log's own address",
        arguments: ["checkpoint", "tile/0/000"])
    func ownAddress(missing: String) throws {
        let log = try log()
        let root = try log.trustedRoot
        log.aliasFault = { $0 == missing ? .answer(404) : nil }
        let service = log.service(index: 7)
        let entry = try uploadToAlias(service, root: root)

        try entry.verifyInclusion(in: #require(root.logs.first))
    }

    @Test("an alias before two logs may show the other one")
    func aliasOfTwoLogs() throws {
        let log = try log()
        for size in [3, 20] {
            let other = try RekorTestLog(
                size: size, index: 0, leafHash: [UInt8](repeating: 1, count: 32))
            let root = try log.trustedRoot(beside: other)
            log.aliasFault = { other.answer($0) }
            let entry = try uploadToAlias(log.service(index: 7), root: root)

            try entry.verifyInclusion(in: #require(root.logs.last))
            #expect(entry.logID == [1, 2, 3])
        }
    }

    @Test("an alias of a log that nobody vouches for proves nothing")
    func aliasOfStranger() throws {
        let log = try log()
        let stranger = try self.log()
        let service = stranger.service(index: 7)
        stranger.fault = { _, _ in .answer(404) }
        let error: RekorError = try #require(
            failure { try uploadToAlias(service, root: log.trustedRoot) })

        #expect(error.failureClass == .permanent)
        #expect(error.mayBeLogged)
    }

    @Test("a tile that is not there in either form is there in a moment")
    func missingTile() throws {
        let log = try log(size: 300, index: 270)
        log.fault = { path, count in
            path.hasPrefix("tile/0/001") && count == 1 ? .answer(404) : nil
        }
        let service = log.service(index: 270)

        #expect(try upload(service, root: log.trustedRoot).index == 270)
        #expect(service.pauses == [.seconds(1), .seconds(5)])
    }

    @Test("where no log is trusted no proof is looked for")
    func unknownLog() throws {
        let log = try log()
        let service = log.service(index: 7)
        let error = try error(service, root: .empty)

        #expect(error.className == "tlog-untrusted")
        #expect(service.calls.count == 1)
    }
}
