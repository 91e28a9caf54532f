import HTTP
import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Rekor v1")
struct RekorV1Tests {
    private static let name = "v0.3-blob-rekor-v1"
    private static let identifier = String(repeating: "ab", count: 40)
    private static let location = ["Location": "/api/v1/log/entries/\(identifier)"]

    private let proposal: ProposedEntry
    private let stored: LogEntry

    init() throws {
        (proposal, stored) = try Proposals.vector(Self.name)
    }

    private func upload(_ service: ScriptedService) throws -> LogEntry {
        try RekorV1Client(HTTPURL("https://log.example/"), client: service.client)
            .upload(proposal, deadline: service.deadline)
    }

    private var accepted: ScriptedService.Answer { .answer(201, stored.rekorV1.text()) }

    @Test(
        "a 201 is the entry in the bundle's form, at the first attempt",
        arguments: [name, "v0.3-dsse-rekor-v1"])
    func created(name: String) throws {
        let (proposal, stored) = try Proposals.vector(name)
        let service = ScriptedService([.answer(201, stored.rekorV1.text())])
        let entry = try RekorV1Client(HTTPURL("https://log.example"), client: service.client)
            .upload(proposal, deadline: service.deadline)

        #expect(entry == stored)
        #expect(
            service.calls == [
                .init(
                    description: "POST https://log.example/api/v1/log/entries",
                    body: try #require(proposal.v1).request, contentType: "application/json",
                    headers: [
                        HTTPHeader("Accept", "application/json"),
                        HTTPHeader("Content-Type", "application/json"),
                    ])
            ])
    }

    @Test("a transient status is followed by the same bytes", arguments: Status.transient)
    func transient(status: Int) throws {
        let service = ScriptedService([.answer(status, "<html>"), accepted])

        #expect(try upload(service) == stored)
        #expect(service.calls.count == 2)
        #expect(service.calls[0] == service.calls[1])
        #expect(service.pauses == [.seconds(1)])
    }

    @Test(
        "any other status is refused at once, with what the log says",
        arguments: Status.permanent.filter { $0 != 413 })
    func permanent(status: Int) throws {
        let service = ScriptedService([.answer(status, "error processing entry"), accepted])
        let error = try #require(failure(RekorError.self) { try upload(service) })

        #expect(service.calls.count == 1)
        #expect(error.failureClass == .permanent)
        #expect(error.className == "refused")
        #expect(
            "\(error)".hasPrefix(
                "transparency log: POST https://log.example/api/v1/log/entries: status \(status)"))
        #expect(!"\(error)".contains("may have"))
    }

    @Test("an answer lost after the entry was made leads to that entry, which is not there at once")
    func lostAnswer() throws {
        let service = ScriptedService([
            .lost, .answer(409, headers: Self.location), .answer(404), .answer(404),
            .answer(200, stored.rekorV1.text()),
        ])

        #expect(try upload(service) == stored)
        #expect(service.calls[0] == service.calls[1])
        #expect(
            service.calls.dropFirst(2).map(\.description)
                == Array(
                    repeating: "GET https://log.example/api/v1/log/entries/\(Self.identifier)",
                    count: 3))
    }

    @Test("a full address in Location is followed no further than its last segment")
    func absoluteLocation() throws {
        let other = "https://other.example/api/v1/log/entries/\(Self.identifier)"
        let service = ScriptedService([
            .answer(409, headers: ["Location": other]), .answer(200, stored.rekorV1.text()),
        ])

        #expect(try upload(service) == stored)
        #expect(
            service.calls.last?.description
                == "GET https://log.example/api/v1/log/entries/\(Self.identifier)")
    }

    @Test(
        "without an entry's name in Location the entry is asked for by its leaf hash",
        arguments: [nil, "", "/", "/api/v1/log/entries/..", "/x?y=" + identifier, "abc", "00"])
    func badLocation(location: String?) throws {
        let service = ScriptedService([
            .answer(409, headers: location.map { ["Location": $0] } ?? [:]),
            .answer(200, stored.rekorV1.text()),
        ])

        #expect(try upload(service) == stored)
        let leafHash = MerkleTree.leafHash(stored.canonicalizedBody).hex
        #expect(
            service.calls.last?.description
                == "GET https://log.example/api/v1/log/entries/\(leafHash)")
    }

    @Test("an entry that never shows up after a 409 is not taken for absent")
    func neverThere() throws {
        let service = ScriptedService([.answer(409, headers: Self.location), .answer(404)])
        let error = try #require(failure(RekorError.self) { try upload(service) })

        #expect(error.className == "unavailable")
        #expect(error.failureClass == .unknownOutcome)
        #expect("\(error)".hasSuffix("; the log may have the entry all the same"))
        // Ten times over half a minute and more.
        #expect(service.calls.count == 11)
        #expect(service.pauses.reduce(.zero, +) >= .seconds(30))
    }

    @Test("an existing entry of another signature is refused")
    func otherExisting() throws {
        let (_, other) = try Proposals.vector("key-blob-rekor-v1")
        let service = ScriptedService([
            .answer(409, headers: Self.location), .answer(200, other.rekorV1.text()),
        ])
        let error = try #require(failure(RekorError.self) { try upload(service) })

        #expect(error.className == "tlog-mismatch")
        #expect(error.failureClass == .permanent)
        #expect(service.calls.count == 2)
    }

    @Test("an answer with another entry is asked for once more")
    func otherCreated() throws {
        let (_, other) = try Proposals.vector("key-blob-rekor-v1")
        let wrong = ScriptedService.Answer.answer(201, other.rekorV1.text())
        let recovering = ScriptedService([
            wrong, .answer(409, headers: Self.location), .answer(200, stored.rekorV1.text()),
        ])
        let lying = ScriptedService([wrong])
        let error = try #require(failure(RekorError.self) { try upload(lying) })

        #expect(try upload(recovering) == stored)
        #expect(lying.calls.count == 2)
        #expect(error.className == "bad-response")
    }

    @Test("what the log writes in another PEM is still the entry that was sent")
    func otherSpelling() throws {
        let content = "spec.signature.publicKey.content"
        let body = try JSONValue(parsing: stored.canonicalizedBody)
        let pem = try #require([UInt8](base64: body.asString(content)))
        let changed = body.setting(content, .bytes(pem + Array("\n".utf8))).text()
        let answer = stored.rekorV1.setting("aa.body", .bytes(changed))

        #expect(
            try upload(ScriptedService([.answer(201, answer.text())])).canonicalizedBody == changed)
    }

    @Test(
        "an answer without one of its members is unreadable: asked for once more, then refused",
        arguments: [
            "aa", "aa.body", "aa.logID", "aa.verification", "aa.verification.inclusionProof",
            "aa.verification.signedEntryTimestamp", "aa.verification.inclusionProof.rootHash",
            "aa.verification.inclusionProof.checkpoint",
        ])
    func unreadable(path: String) throws {
        for value in [nil, "?", .bool(true)] as [JSONValue?] {
            // A checkpoint may be any text here, as it is verified later.
            if path.hasSuffix("checkpoint"), value == "?" { continue }
            let service = ScriptedService([
                .answer(201, stored.rekorV1.setting(path, value).text())
            ])
            let error = try #require(failure(RekorError.self) { try upload(service) })
            #expect(error.className == "bad-response")
            #expect(service.calls.count == 2)
        }
    }

    @Test("after the last attempt the error says whether the log may have the entry")
    func attemptsSpent() throws {
        let lost = try #require(
            failure(RekorError.self) { try upload(ScriptedService([.lost, .refused])) })
        let refused = try #require(
            failure(RekorError.self) { try upload(ScriptedService([.refused])) })

        #expect(lost.className == "not-sent")
        #expect("\(lost)".hasSuffix("connection refused; the log may have the entry all the same"))
        #expect("\(refused)".hasSuffix("connection refused"))
    }

    @Test("of a signature that the log does not take nothing is sent")
    func unsupportedKey() throws {
        let key = try PrivateKey.generate(.ed25519).publicKey
        let service = ScriptedService([accepted])
        let url = try HTTPURL("https://log.example")
        let error = failure(RekorError.self) {
            try RekorV1Client(url, client: service.client).upload(
                ProposedEntry(.digest(Digest(of: [1]), signature: [2]), signer: .key(key)),
                deadline: service.deadline)
        }

        #expect(error?.className == "unsupported-key")
        #expect(service.calls == [])
    }
}

extension LogEntry {
    /// The entry as Rekor v1 answers it.
    fileprivate var rekorV1: JSONValue {
        guard let inclusionProof, let signedEntryTimestamp else { return .null }
        let proof: JSONValue = [
            "logIndex": .integer(inclusionProof.index),
            "treeSize": .integer(inclusionProof.treeSize),
            "rootHash": .string(inclusionProof.rootHash.hex),
            "hashes": .array(inclusionProof.hashes.map { .string($0.hex) }),
            "checkpoint": .string(inclusionProof.checkpoint),
        ]
        return [
            "aa": [
                "body": .bytes(canonicalizedBody), "integratedTime": .integer(integratedTime),
                "logID": .string(logID.hex), "logIndex": .integer(index),
                "verification": [
                    "signedEntryTimestamp": .bytes(signedEntryTimestamp), "inclusionProof": proof,
                ],
            ]
        ]
    }
}
