import JSON
import SigningCrypto
import TUF
import Testing

@Suite("Arbitrary software: what too few keys have signed is refused")
struct ThresholdTests {
    private let repository: SimulatedRepository
    private let client: Client

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
        try client.refresh()
    }

    private func expectTooFew(
        _ file: String, _ role: Role, valid: Int, threshold: Int64,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(
            throws: TUFError.belowThreshold(
                file: file, role: role, valid: valid, threshold: threshold),
            sourceLocation: location
        ) { try client.refresh() }
    }

    @Test("a file signed by a key that its role does not have is refused", arguments: Role.allCases)
    func foreignKey(role: Role) throws {
        repository.signers[role] = [try Signer()]
        if role == .root {
            try repository.publishNextRoot()
            expectTooFew("2.root.json", .root, valid: 0, threshold: 1)
        } else {
            try repository.publishNext(role)
            expectTooFew(role.file, role, valid: 0, threshold: 1)
        }
        #expect(try client.version(role) == 1)
    }

    @Test("a signature by another role's key does not count")
    func otherRole() throws {
        repository.signers[.timestamp] = repository.signers[.snapshot]
        try repository.publishNext(.timestamp)

        expectTooFew("timestamp.json", .timestamp, valid: 0, threshold: 1)
    }

    @Test("content that was changed after it was signed is refused")
    func changedContent() throws {
        repository.timestamp["version"] = .integer(2)
        try repository.publish(from: .timestamp)
        let text = String(decoding: try #require(repository.files["timestamp.json"]), as: UTF8.self)
        repository.files["timestamp.json"] = Array(
            text.replacing(#""version": 2"#, with: #""version": 3"#).utf8)

        expectTooFew("timestamp.json", .timestamp, valid: 0, threshold: 1)
    }

    @Test("a threshold is met by as many keys, and by no fewer", arguments: Role.allCases)
    func threshold(role: Role) throws {
        try repository.addKey(to: role)
        try repository.addKey(to: role)
        repository.setThreshold(2, of: role)
        let signers = try #require(repository.signers[role])
        // The first key alone is that of the root before.
        try repository.publishNextRoot()

        if role == .root {
            repository.signers[role] = [signers[0]]
            try repository.publishNextRoot()
            expectTooFew("3.root.json", role, valid: 1, threshold: 2)
            repository.signers[role] = [signers[2], signers[0]]
            try repository.publishRoot()
        } else {
            repository.signers[role] = [signers[1]]
            try repository.publishNext(role)
            expectTooFew(role.file, role, valid: 1, threshold: 2)
            repository.signers[role] = [signers[2], signers[0]]
            try repository.publishNext(role)
        }
        try client.refresh()
    }

    @Test("two signatures by one key identifier are refused")
    func duplicateSignature() throws {
        try repository.addKey(to: .timestamp)
        repository.setThreshold(2, of: .timestamp)
        try repository.publishNextRoot()
        let signer = try #require(repository.signers[.timestamp]?.first)
        repository.signers[.timestamp] = [signer, signer]
        try repository.publishNext(.timestamp)

        #expect(
            throws: TUFError.malformed(
                file: "timestamp.json",
                reason: "'signatures[1].keyid' is not the only signature of its key")
        ) { try client.refresh() }
    }

    @Test("one key under several identifiers counts once", arguments: Role.allCases)
    func duplicateKey(role: Role) throws {
        let signer = try #require(repository.signers[role]?.first)
        try repository.addKey(to: role, Signer(signer, identifier: "again"))
        try repository.addKey(to: role, Signer(signer, identifier: "and again"))
        repository.setThreshold(2, of: role)
        try repository.publishNextRoot()

        if role != .root { try repository.publishNext(role) }
        let file = role == .root ? "2.root.json" : role.file
        expectTooFew(file, role, valid: 1, threshold: 2)
    }

    @Test("one key in several spellings counts once")
    func spellings() throws {
        let signer = try #require(repository.signers[.timestamp]?.first)
        var point = Signer(signer, identifier: "point")
        point.key = Signer.key("ecdsa", "ecdsa-sha2-nistp256", signer.point.hex)
        var compressed = Signer(signer, identifier: "compressed")
        compressed.key = Signer.key("ecdsa", "ecdsa-sha2-nistp256", signer.compressedPEM)
        try repository.addKey(to: .timestamp, point)
        try repository.addKey(to: .timestamp, compressed)
        repository.setThreshold(2, of: .timestamp)
        try repository.publishNextRoot()
        try repository.publishNext(.timestamp)

        expectTooFew("timestamp.json", .timestamp, valid: 1, threshold: 2)
    }

    @Test("an identifier that is listed twice for a role counts once")
    func duplicateIdentifier() throws {
        let signer = try #require(repository.signers[.timestamp]?.first)
        repository.root["roles"]["timestamp"]["keyids"].append(.string(signer.identifier))
        repository.setThreshold(2, of: .timestamp)
        try repository.publishNextRoot()

        expectTooFew("timestamp.json", .timestamp, valid: 1, threshold: 2)
    }

    @Test("one key may serve several roles")
    func sharedKey() throws {
        let signer = try #require(repository.signers[.snapshot]?.first)
        try repository.rotateKeys(of: .timestamp)
        try repository.addKey(to: .timestamp, signer)
        repository.setThreshold(2, of: .timestamp)
        try repository.publishNextRoot()
        try repository.publishNext(.timestamp)

        try client.refresh()
    }

    @Test("the root to start from must be signed by its own keys")
    func bootstrapRoot() throws {
        var client = client
        repository.signers[.root] = [try Signer()]
        client.bootstrapRoot = try repository.sign(repository.root, as: .root)

        #expect(
            throws: TUFError.belowThreshold(
                file: "root.json", role: .root, valid: 0, threshold: 1)
        ) { try client.refresh() }
    }
}
