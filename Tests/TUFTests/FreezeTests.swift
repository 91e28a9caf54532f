import FoundationEssentials
import JSON
import TUF
import Testing

@Suite("Freeze: what has expired is refused")
struct FreezeTests {
    private let repository: SimulatedRepository
    private let client: Client

    init() throws {
        repository = try SimulatedRepository()
        client = Client(repository)
        try client.refresh()
    }

    private func setExpiry(_ text: String, of role: Role) throws {
        switch role {
        case .root:
            repository.root["expires"] = .string(text)
            return try repository.publishNextRoot()
        case .timestamp: repository.timestamp["expires"] = .string(text)
        case .snapshot: repository.snapshot["expires"] = .string(text)
        case .targets: repository.targets["expires"] = .string(text)
        }
        try repository.publishNext(role)
    }

    @Test("metadata that expired, in whichever role, ends the update", arguments: Role.allCases)
    func expired(role: Role) throws {
        try setExpiry("2027-01-15T08:00:00Z", of: role)
        let time = Date(timeIntervalSince1970: 1_800_000_000)

        var client = client
        client.now = time.addingTimeInterval(1)
        #expect(throws: TUFError.expired(file: role.file, at: time, now: client.now)) {
            try client.refresh()
        }
        // TUF 5.3: roots are kept before the last of them is held against the time.
        #expect(try client.version(role) == (role == .root ? 2 : 1))
    }

    @Test(
        "at its time of expiry metadata has expired, a second before not", arguments: Role.allCases)
    func boundary(role: Role) throws {
        try setExpiry("2027-01-15T08:00:00Z", of: role)
        var client = client
        client.now = Date(timeIntervalSince1970: 1_800_000_000)
        #expect(throws: TUFError.self) { try client.refresh() }

        client.now = Date(timeIntervalSince1970: 1_799_999_999)
        try client.refresh()
    }

    @Test(
        "cached metadata that has expired is fetched again, and refused if it still is the newest")
    func replayed() throws {
        for role in [Role.timestamp, .snapshot, .targets] {
            try setExpiry("2027-02-01T00:00:00Z", of: role)
        }
        try client.refresh()

        var client = client
        client.now = Client.start.addingTimeInterval(30 * 86_400)
        #expect {
            try client.refresh()
        } throws: { error in
            guard case .expired("timestamp.json", _, _)? = error as? TUFError else { return false }
            return true
        }
        try setExpiry("2030-01-01T00:00:00Z", of: .timestamp)
        #expect {
            try client.refresh()
        } throws: { error in
            guard case .expired("snapshot.json", _, _)? = error as? TUFError else { return false }
            return true
        }
        try setExpiry("2030-01-01T00:00:00Z", of: .snapshot)
        try setExpiry("2030-01-01T00:00:00Z", of: .targets)
        try client.refresh()
    }

    @Test("an expired root to start from may lead to one that has not")
    func expiredBootstrapRoot() throws {
        var client = client
        client.now = Client.afterExpiry
        for role in [Role.timestamp, .snapshot, .targets] {
            try setExpiry("2040-01-01T00:00:00Z", of: role)
        }
        #expect {
            try client.refresh()
        } throws: { error in
            guard case .expired("root.json", _, _)? = error as? TUFError else { return false }
            return true
        }

        try setExpiry("2040-01-01T00:00:00Z", of: .root)
        try client.refresh()
    }
}
