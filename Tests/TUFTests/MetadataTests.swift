import JSON
import SigningCrypto
import TUF
import Testing

@Suite("What a metadata file must be")
struct MetadataTests {
    private let repository: SimulatedRepository
    private let client: Client

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
    }

    /// The reason why the timestamp is no use.
    private func reason() -> String? {
        do throws(TUFError) {
            try client.refresh()
        } catch {
            if case .malformed("timestamp.json", let reason) = error { return reason }
            return "another error: \(error)"
        }
        return nil
    }

    @Test(
        "metadata of another role, another format or without what it needs is refused",
        arguments: [
            ("_type", JSONValue.string("snapshot"), "'signed._type' is not 'timestamp'"),
            ("spec_version", .string("2.0.0"), "'signed.spec_version' is not 1 or 1.x"),
            ("spec_version", .string("10.0"), "'signed.spec_version' is not 1 or 1.x"),
            ("spec_version", .string(""), "'signed.spec_version' is not 1 or 1.x"),
            ("version", .integer(0), "'signed.version' is not a version"),
            ("version", .integer(-1), "'signed.version' is not a version"),
            ("version", .integer(.max), "'signed.version' is not a version"),
            ("version", .string("1"), "'signed.version' is not an integer"),
            ("version", .null, "'version' is missing from 'signed'"),
            ("expires", .string("soon"), "'signed.expires' is not a time"),
            ("expires", .null, "'expires' is missing from 'signed'"),
            ("meta", .object([:]), "'snapshot.json' is missing from 'signed.meta'"),
        ])
    func header(member: String, value: JSONValue, reason expected: String) throws {
        repository.timestamp[member] = value
        repository.files["timestamp.json"] = try repository.sign(
            repository.timestamp, as: .timestamp)

        #expect(reason() == expected)
    }

    @Test("a minor version of the specification does not matter", arguments: ["1", "1.0", "1.9.9"])
    func specificationVersion(version: String) throws {
        repository.timestamp["spec_version"] = .string(version)
        try repository.publish(from: .timestamp)

        try client.refresh()
    }

    @Test(
        "what is listed about a file must be a length and digests",
        arguments: [
            ("length", JSONValue.integer(-1)), ("length", .string("1")),
            ("hashes", .object(["sha256": .string("00")])), ("hashes", .object([:])),
            ("hashes", .object(["md5": .string("d41d8cd98f00b204e9800998ecf8427e")])),
            ("version", .integer(0)),
        ])
    func description(member: String, value: JSONValue) throws {
        repository.timestamp["meta"]["snapshot.json"][member] = value
        repository.files["timestamp.json"] = try repository.sign(
            repository.timestamp, as: .timestamp)

        #expect(reason()?.contains("meta.snapshot.json") == true)
    }

    @Test("what is no JSON, or no metadata, is refused")
    func noMetadata() throws {
        for text in ["", "{", "[]", "{}", #"{"signed":{}}"#, "\u{0}"] {
            repository.files["timestamp.json"] = Array(text.utf8)
            #expect(reason() != nil, "\(text)")
        }
    }

    @Test(
        "metadata of brackets, or in which something is twice, is refused where that is seen",
        arguments: [
            (
                String(repeating: "[", count: 16 << 10),
                "line 1, column 65: more than 64 levels deep"
            ),
            (#"{"signed":{"a":1,"a":1}}"#, "line 1, column 18: duplicate member 'a'"),
        ])
    func hostile(text: String, flaw: String) {
        repository.files["timestamp.json"] = Array(text.utf8)

        #expect(reason() == flaw)
    }

    @Test("fields that we do not know are signed with the others")
    func unknownFields() throws {
        repository.timestamp["x-note"] = .object(["a": .array([.null, .string("\n\"")])])
        try repository.publishNext(.timestamp)
        try client.refresh()

        let text = String(decoding: repository.files["timestamp.json"] ?? [], as: UTF8.self)
        repository.files["timestamp.json"] = Array(
            text.replacing("x-note", with: "x-nota").utf8)
        #expect(
            throws: TUFError.belowThreshold(
                file: "timestamp.json", role: .timestamp, valid: 0, threshold: 1)
        ) { try Client(repository).refresh() }
    }

    @Test("keys of all kinds sign, by the names that they have been given over time")
    func keys() throws {
        try repository.addKey(to: .timestamp, Signer(.ed25519))
        try repository.addKey(to: .timestamp, Signer(.rsa(bits: 2048)))
        var old = try Signer()
        old.key = Signer.key("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", old.point.hex)
        try repository.addKey(to: .timestamp, old)
        repository.setThreshold(4, of: .timestamp)
        try repository.publishNextRoot()
        try repository.publishNext(.timestamp)

        try client.refresh()
    }

    @Test(
        "a key that cannot be used signs for nobody",
        arguments: [
            ("ml-dsa", "ml-dsa-44", nil), ("ecdsa", "ecdsa-sha2-nistp384", nil),
            ("ed25519", "ecdsa-sha2-nistp256", nil), ("ecdsa", "ecdsa-sha2-nistp256", "04"),
            ("rsa", "rsassa-pss-sha256", nil), ("ed25519", "ed25519", "00"),
        ])
    func unusableKeys(type: String, scheme: String, text: String?) throws {
        var signer = try Signer()
        signer.key = Signer.key(type, scheme, text ?? signer.pem)
        try repository.addKey(to: .timestamp, signer)
        try repository.publishNextRoot()
        try repository.publishNext(.timestamp)
        try client.refresh()

        repository.setThreshold(2, of: .timestamp)
        try repository.publishNextRoot()
        #expect(
            throws: TUFError.belowThreshold(
                file: "timestamp.json", role: .timestamp, valid: 1, threshold: 2)
        ) { try client.refresh() }
    }

    @Test("a key on another curve than its scheme's signs for nobody")
    func otherCurve() throws {
        try repository.addKey(to: .timestamp, Signer(.ecdsa(.p384)))
        repository.setThreshold(2, of: .timestamp)
        try repository.publishNextRoot()
        try repository.publishNext(.timestamp)

        #expect(
            throws: TUFError.belowThreshold(
                file: "timestamp.json", role: .timestamp, valid: 1, threshold: 2)
        ) { try client.refresh() }
    }

    @Test("a root that lacks a role, or wants no signature, is refused")
    func roles() throws {
        let root = repository.root
        for role in Role.allCases {
            repository.root = root
            repository.root["roles"][role.rawValue] = .null
            try repository.publishNextRoot()
            #expect(throws: TUFError.self) { try client.refresh() }

            repository.root = root
            repository.setThreshold(0, of: role)
            try repository.publishNextRoot()
            #expect(throws: TUFError.self) { try client.refresh() }
        }
        #expect(try client.version(.root) == nil)
    }

    @Test("an empty signature was never made")
    func emptySignature() throws {
        try repository.addKey(to: .timestamp)
        try repository.publishNextRoot()
        let message = try CanonicalJSON.encode(repository.timestamp)
        let signers = try #require(repository.signers[.timestamp])
        let signature = try signers[1].sign(message).hex
        repository.files["timestamp.json"] = file(
            repository.timestamp,
            [(signers[0].identifier, ""), (signers[1].identifier, signature)])

        try client.refresh()
    }

    @Test("a signature that is not in hexadecimal digits is refused")
    func notHexadecimal() throws {
        let signer = try #require(repository.signers[.timestamp]?.first)
        repository.files["timestamp.json"] = file(
            repository.timestamp, [(signer.identifier, "0g")])

        #expect(reason() == "'signatures[0].sig' is not in hexadecimal digits")
    }

    private func file(
        _ signed: JSONValue, _ signatures: [(identifier: String, text: String)]
    ) -> [UInt8] {
        JSONValue.object([
            "signed": signed,
            "signatures": .array(
                signatures.map {
                    .object(["keyid": .string($0.identifier), "sig": .string($0.text)])
                }),
        ]).text()
    }
}
