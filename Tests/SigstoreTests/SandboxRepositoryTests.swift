import FoundationEssentials
import JSON
import TUF
import Testing

@testable import SigstoreSandbox

@Suite("The sandbox's TUF repository")
struct SandboxRepositoryTests {
    private struct Fetcher: MetadataFetcher {
        let sandbox: Sandbox

        func fetch(_ path: String, limit: Int) throws(FetchError) -> [UInt8] {
            let request = SandboxRequest(method: "GET", target: "/\(path)")
            guard case .answer(let answer) = sandbox.deliver(request, to: .tuf),
                answer.status == 200
            else { throw .notFound }
            return answer.body
        }
    }

    private func update(_ faults: String...) throws -> (Updater, Sandbox) {
        let transport = try SandboxTransport(faults)
        let sandbox = transport.sandbox
        var updater = try Updater(
            fetcher: Fetcher(sandbox: sandbox), store: MemoryStore(),
            bootstrapRoot: sandbox.repository.root, now: Date())
        try updater.refresh(targets: ["trusted_root.json", "signing_config.v0.2.json"])
        return (updater, sandbox)
    }

    @Test("a client of TUF gets the trusted root and the signing config")
    func targets() throws {
        let (updater, sandbox) = try update()
        let trust = TrustFiles(sandbox)

        #expect(try updater.target("trusted_root.json") == trust.trustedRoot.text())
        #expect(
            try updater.target("signing_config.v0.2.json") == trust.signingConfig(.both).text())
    }

    @Test(
        "a wrong answer is not believed", arguments: ["tuf/metadata:2=wrong", "tuf/target:1=wrong"])
    func wrong(fault: String) throws {
        #expect(throws: TUFError.self) { try update(fault) }
    }
}
