import JSON
import SigningCrypto
import Testing

@testable import SigstoreSandbox

@Suite("The sandbox's first kind of log")
struct SandboxRekorV1Tests {
    @Test("an entry is promised, and proved by the tree that the checkpoint signs")
    func entry() throws {
        let client = try SandboxClient()
        let rekor = client.sandbox.rekorV1
        let answer = try client.createV1(client.recordV1("a"))
        let (identifier, entry) = try Self.entry(answer)

        #expect(answer.status == 201)
        #expect(answer.header("Location") == "/api/v1/log/entries/\(identifier)")
        let verification = try entry.required("verification")
        guard case .object(var promised) = try entry.value else { return }
        promised["verification"] = nil
        let promise = try verification.required("signedEntryTimestamp").string
        #expect(
            rekor.key.publicKey.isValid(
                try #require([UInt8](base64: promise)),
                ofMessage: JSONValue.object(promised).text(), scheme: .ecdsa(.sha256)))
        let proof = try verification.required("inclusionProof")
        let checkpoint = try Checkpoint(proof.required("checkpoint").string)
        #expect(try proof.required("logIndex").integer == 5)
        #expect(try entry.required("logIndex").integer == 900_005)
        #expect(checkpoint.lines.prefix(2) == ["127.0.0.1 - 81985529216486895", "6"])
        #expect(
            rekor.key.publicKey.isValid(
                checkpoint.signature, ofMessage: checkpoint.text, scheme: .ecdsa(.sha256)))
        #expect(checkpoint.keyID == Array(rekor.logID.prefix(4)))
    }

    @Test("the same entry again is a conflict that tells where the first is")
    func conflict() throws {
        let client = try SandboxClient()
        let record = try client.recordV1("a")
        let first = try client.createV1(record)
        let second = try client.createV1(record)
        let location = try #require(second.header("Location"))

        #expect(second.status == 409)
        #expect(location == first.header("Location"))
        #expect(client.sandbox.rekorV1.size == 6)
        let stored = try client.get(location, to: .rekorV1)
        let (name, body) = (try Self.entry(stored).0, try Self.entry(first).0)
        #expect(name == body)
    }

    @Test("an entry is found by its index in all trees, by its leaf hash, and by itself")
    func reading() throws {
        let client = try SandboxClient()
        let record = try client.recordV1("a")
        let identifier = try Self.entry(client.createV1(record)).0
        let path = "/api/v1/log/entries"
        let body: JSONValue = ["entries": .array([record])]
        let found = [
            try client.get("\(path)?logIndex=900005", to: .rekorV1),
            try client.get("\(path)/\(identifier.suffix(64))", to: .rekorV1),
            try client.post("\(path)/retrieve", to: .rekorV1, body: body.text()),
        ]

        for answer in found {
            #expect(answer.status == 200)
            let node = try (try? answer.json.elements.first) ?? answer.json
            #expect(try node.members.map(\.name) == [identifier])
        }
    }

    @Test(
        "what is not in the log is not found",
        arguments: [
            "?logIndex=900006", "?logIndex=0", "?logIndex=x",
            "/" + String(repeating: "0", count: 64),
        ])
    func notFound(suffix: String) throws {
        let answer = try SandboxClient().get("/api/v1/log/entries\(suffix)", to: .rekorV1)

        #expect(answer.status == 404)
    }

    @Test("an envelope is stored as its hashes and its signature")
    func envelope() throws {
        let client = try SandboxClient()
        let (record, envelope) = try Self.envelope(client, signing: "payload")
        let body = try Self.body(client.createV1(record))

        #expect(try body.required("kind").string == "dsse")
        let stored = try body.required("spec")
        #expect(
            try stored.required("envelopeHash").required("value").string
                == Digest(of: envelope).hex)
        #expect(
            try stored.required("payloadHash").required("value").string
                == Digest(of: Array("payload".utf8)).hex)
        #expect(try stored.optional("envelope") == nil)
    }

    @Test("an entry whose signature does not hold is not taken")
    func badSignatures() throws {
        let client = try SandboxClient()
        let envelope = try Self.envelope(client, signing: "other").record
        var record = try client.recordV1("a")
        let other = try client.recordV1("b")
        if case .object(var members) = record, case .object(var spec)? = members["spec"],
            case .object(let otherMembers) = other,
            case .object(let otherSpec)? = otherMembers["spec"]
        {
            spec["data"] = otherSpec["data"]
            members["spec"] = .object(spec)
            record = .object(members)
        }

        for refused in [record, envelope, ["kind": .string("intoto")], .string("x")] {
            let answer = try client.createV1(refused)
            #expect(answer.status == 400)
            #expect(try answer.message.hasPrefix("error processing entry: "))
        }
        #expect(client.sandbox.rekorV1.size == 5)
    }

    private static func entry(_ answer: SandboxAnswer) throws -> (String, JSONNode) {
        try #require(answer.json.members.first)
    }

    private static func body(_ answer: SandboxAnswer) throws -> JSONNode {
        let text = try entry(answer).1.required("body").string
        return try JSONNode(parsing: #require([UInt8](base64: text)))
    }

    /// An envelope around "payload", with a signature over an envelope around `signed`.
    private static func envelope(
        _ client: SandboxClient, signing signed: String
    ) throws -> (record: JSONValue, envelope: [UInt8]) {
        let message = "DSSEv1 4 text \(signed.utf8.count) \(signed)"
        let signature = try client.key.sign(
            message: Array(message.utf8), scheme: .ecdsa(.sha256))
        let envelope: JSONValue = [
            "payloadType": .string("text"), "payload": .string(Array("payload".utf8).base64),
            "signatures": [["sig": .string(signature.base64)]],
        ]
        let verifier = Array(client.key.publicKey.pem.utf8).base64
        let record: JSONValue = [
            "apiVersion": .string("0.0.1"), "kind": .string("dsse"),
            "spec": [
                "proposedContent": [
                    "envelope": .string(String(decoding: envelope.text(), as: UTF8.self)),
                    "verifiers": [.string(verifier)],
                ]
            ],
        ]
        return (record, envelope.text())
    }
}

@Suite("The sandbox's second kind of log")
struct SandboxRekorV2Tests {
    @Test("an entry is proved by the tree that the checkpoint signs")
    func entry() throws {
        let client = try SandboxClient()
        let rekor = client.sandbox.rekorV2
        let answer = try client.createV2(client.recordV2("a"))
        let proof = try answer.json.required("inclusionProof")
        let checkpoint = try Checkpoint(proof.required("checkpoint").required("envelope").string)

        #expect(answer.status == 201)
        #expect(try answer.json.required("logIndex").string == "5")
        #expect(
            try checkpoint.lines
                == ["127.0.0.1", "6", proof.required("rootHash").string])
        #expect(
            rekor.key.publicKey.isValid(
                checkpoint.signature, ofMessage: checkpoint.text, scheme: .ed25519))
        #expect(checkpoint.keyID == Array(rekor.logID.prefix(4)))
    }

    @Test("the same entry again is a conflict that tells its index, which the tiles have")
    func conflict() throws {
        let client = try SandboxClient()
        let record = try client.recordV2("a")
        let first = try client.createV2(record)
        let second = try client.createV2(record)
        let text = try first.json.required("canonicalizedBody").string
        let body = try #require([UInt8](base64: text))
        let tile = try client.get("/api/v2/tile/0/000.p/6", to: .rekorV2)
        let entries = try client.get("/api/v2/tile/entries/000.p/6", to: .rekorV2)

        #expect(second.status == 409)
        #expect(second.header("x-log-index") == "5")
        #expect(client.sandbox.rekorV2.size == 6)
        #expect(Array(tile.body.suffix(32)) == MerkleTree.leafHash(body))
        #expect(Array(entries.body.suffix(body.count)) == body)
        #expect(try client.get("/api/v2/tile/0/000.p/7", to: .rekorV2).status == 404)
    }

    @Test("an entry with another algorithm, an unknown member or a broken signature is not taken")
    func refusals() throws {
        let client = try SandboxClient()
        guard case .object(var unknown) = try client.recordV2("a") else { return }
        unknown["more"] = .bool(true)
        let refused = [
            .object(unknown), .object(["dsseRequestV002": [:]]), .array([]),
            try client.recordV2("a", details: "PKIX_ECDSA_P384_SHA_384"),
            try client.recordV2("a", details: "PKIX_ED25519"),
        ]

        for record in refused {
            #expect(try client.createV2(record).status == 400)
        }
        #expect(client.sandbox.rekorV2.size == 5)
    }
}

/// A signed note, taken apart by its form alone.
struct Checkpoint {
    let lines: [String]
    /// What is signed.
    let text: [UInt8]
    let keyID: [UInt8]
    let signature: [UInt8]

    init(_ note: String) throws {
        let end = try #require(note.firstRange(of: "\n\n"))
        text = Array(note[..<end.lowerBound].utf8) + [0x0A]
        lines = note[..<end.lowerBound].split(separator: "\n").map(String.init)
        let line = note[end.upperBound...].split(whereSeparator: { " \n".contains($0) })
        #expect(line.prefix(2) == ["\u{2014}", "127.0.0.1"])
        let bytes = try #require([UInt8](base64: String(line[2])))
        keyID = Array(bytes.prefix(4))
        signature = Array(bytes.dropFirst(4))
    }
}
