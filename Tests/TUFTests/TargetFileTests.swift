import JSON
import SigningCrypto
import TUF
import Testing

@Suite("Target files")
struct TargetFileTests {
    private let repository: SimulatedRepository
    private let client: Client
    private let content = Array("the trusted root".utf8)
    private let path: String

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
        repository.addTarget("trusted_root.json", content)
        try repository.publishAll()
        path = "targets/\(Digest(of: content).hex).trusted_root.json"
    }

    @Test("a target is fetched once, by the name of its content")
    func fetch() throws {
        #expect(try client.updater().target("trusted_root.json") == content)
        #expect(repository.takeRequests().last == path)

        #expect(try client.updater().target("trusted_root.json") == content)
        #expect(!repository.takeRequests().contains(path))
    }

    @Test("a cached target with another content is fetched again")
    func corruptCache() throws {
        try client.refresh(targets: ["trusted_root.json"])
        let name = "\(Digest(of: content).hex).trusted_root.json"
        #expect(client.store.read(name, limit: .max) == content)
        client.store.write(name, Array("the thief's root".utf8))
        _ = repository.takeRequests()

        #expect(try client.updater().target("trusted_root.json") == content)
        #expect(repository.takeRequests().contains(path))
    }

    @Test("a target with another content than listed is refused", arguments: ["sha256", "sha512"])
    func wrongContent(algorithm: String) throws {
        let other = Array("the thief's root".utf8)
        repository.files[path] = other
        // Only one of the digests is wrong then.
        for (name, digest) in [
            ("sha256", Digest(of: other)), ("sha512", Digest(of: other, using: .sha512)),
        ] where name != algorithm {
            repository.targets["targets"]["trusted_root.json"]["hashes"][name] = .string(digest.hex)
            repository.files["targets/\(Digest(of: other).hex).trusted_root.json"] = other
        }
        try repository.publishNext(.targets)
        let updater = try client.updater()

        let error = #expect(throws: TUFError.self) { try updater.target("trusted_root.json") }
        guard case .wrongDigest("trusted_root.json", _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a target that is shorter than listed is refused")
    func shorter() throws {
        repository.files[path] = Array(content.dropLast())
        let updater = try client.updater()

        #expect(
            throws: TUFError.wrongLength(
                file: "trusted_root.json", found: content.count - 1, listed: Int64(content.count))
        ) { try updater.target("trusted_root.json") }
    }

    @Test("a target is listed with its length and a digest", arguments: ["length", "hashes"])
    func incomplete(member: String) throws {
        repository.targets["targets"]["trusted_root.json"][member] = .null
        try repository.publishNext(.targets)

        #expect(
            throws: TUFError.malformed(
                file: "targets.json",
                reason: "'\(member)' is missing from 'signed.targets.trusted_root.json'")
        ) { try client.refresh() }
    }

    @Test("a digest of an algorithm that we do not know does not matter beside one that we know")
    func unknownAlgorithm() throws {
        repository.targets["targets"]["trusted_root.json"]["hashes"]["blake3"] = .string("?")
        try repository.publishNext(.targets)

        #expect(try client.updater().target("trusted_root.json") == content)
    }

    @Test("where there is no SHA-256, the name of the content is another digest")
    func otherDigest() throws {
        repository.targets["targets"]["trusted_root.json"]["hashes"]["sha256"] = .null
        try repository.publishNext(.targets)
        let digest = Digest(of: content, using: .sha512).hex
        repository.files["targets/\(digest).trusted_root.json"] = content

        #expect(try client.updater().target("trusted_root.json") == content)
    }

    @Test("a target that is not listed is not asked for")
    func unknown() throws {
        let updater = try client.updater(targets: ["signing_config.json"])
        _ = repository.takeRequests()

        #expect(throws: TUFError.unknownTarget("signing_config.json")) {
            try updater.target("signing_config.json")
        }
        #expect(repository.takeRequests() == [])
    }

    @Test(
        "a name that is more than a file name is refused",
        arguments: [
            "a/b", "../a", "..", ".", "", "a\\b", "/a", "a\0", "a?b", "a#b", "a%2fb", "a..b",
        ])
    func unsafeName(name: String) throws {
        repository.addTarget(name, content)
        try repository.publishNext(.targets)
        let updater = try client.updater()
        _ = repository.takeRequests()

        #expect(throws: TUFError.unsafeName(name)) { try updater.target(name) }
        #expect(repository.takeRequests() == [])
        // The others are to be had all the same.
        #expect(try updater.target("trusted_root.json") == content)
    }
}
