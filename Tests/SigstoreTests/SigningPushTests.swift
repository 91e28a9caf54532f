import FoundationEssentials
import HTTP
import OCI
import RetryEngine
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

@Suite("Signatures on their way into a registry")
struct SigningPushTests {
    private func scene(
        _ count: Int = 1, parallel: Int = 1, form: ImageDestination.Form = .bundle,
        keepsReferrers: Bool = true, _ faults: String...
    ) throws -> SigningFixture {
        var registry = RegistryOptions()
        registry.keepsReferrers = keepsReferrers
        let scene = try SigningFixture(.v2, faults, registry: registry)
        scene.parallel = parallel
        scene.contents = []
        for number in 0..<count {
            let image = Descriptor(
                of: Array("image \(number)".utf8),
                mediaType: "application/vnd.oci.image.manifest.v1+json")
            let repository = try Repository("127.0.0.1:6/app")
            var destination = ImageDestination(
                name: "image \(number)", repository: repository, destination: repository,
                subject: image, created: "2026-01-01T00:00:00Z")
            destination.form = form
            scene.images[number] = destination
            let statement = ImageStatement.text(of: image.digest, annotations: [:])
            scene.contents.append(.statement(statement, try Statement(json: statement)))
        }
        return scene
    }

    /// The calls of the registry that a push makes, as the transport was asked for them.
    private func calls(
        _ scene: SigningFixture, _ word: String
    ) -> [(description: String, body: [UInt8], start: ContinuousClock.Instant)] {
        scene.transport.calls.filter {
            $0.description.hasPrefix(word) && $0.description.contains(":6/")
        }
    }

    @Test(
        "what is signed of an image is in its registry in the end", arguments: [true, false],
        [ImageDestination.Form.bundle, .old, .both])
    func pushed(keepsReferrers: Bool, form: ImageDestination.Form) throws {
        let scene = try scene(form: form, keepsReferrers: keepsReferrers)

        #expect(try scene.sign() == nil)
        #expect(scene.sessions.map(\.pushed.count) == [form == .both ? 2 : 1])
        #expect(scene.entries == 1)
        #expect(scene.phases.last == .push)
    }

    @Test(
        "what fails once or twice at any call of a push costs no other call",
        arguments: ["blob-head", "blob-upload", "blob-put", "manifest-put", "manifest-get"])
    func faults(call: String) throws {
        for fault in ["503", "429", "commit-then-drop", "hang", "lost"]
        where fault != "lost" || call == "manifest-put" {
            for times in ["1", "1-2"] {
                let plan = "registry/\(call):\(times)=\(fault)"
                let scene = try scene(3, parallel: 3, keepsReferrers: false, plan)
                scene.deadline = nil

                #expect(try scene.sign() == nil, "\(plan)")
                #expect(scene.sessions.allSatisfy { $0.pushed.count == 1 }, "\(plan)")
                #expect(scene.entries == 3, "\(plan)")
                #expect(try scene.transport.count("fulcio/certificate") == 1, "\(plan)")
                #expect(try scene.transport.count("tsa/timestamp") == 3, "\(plan)")
            }
        }
    }

    @Test("while a registry is down one push asks, and the others wait")
    func outage() throws {
        let scene = try scene(20, parallel: 8)
        scene.policy = RetryPolicy(attempts: 20, backoff: .list([.seconds(5)]))
        scene.deadline = nil
        scene.transport.outages[.registry] = .seconds(30)

        #expect(try scene.sign() == nil)
        #expect(scene.sessions.count == 20)
        #expect(scene.entries == 20)
        #expect(try scene.transport.count("tsa/timestamp") == 20)
        let start = try #require(scene.transport.calls.first?.start)
        let asked = calls(scene, "GET").filter { $0.start < start.advanced(by: .seconds(30)) }
        #expect(asked.count <= 8, "\(asked.count)")
    }

    @Test("a pause that a registry asks one push for holds all pushes to it")
    func retryAfter() throws {
        let scene = try scene(6, parallel: 6, "registry/blob-head:1=429:20")
        scene.deadline = nil

        #expect(try scene.sign() == nil)
        let heads = calls(scene, "HEAD").filter { $0.description.contains("/blobs/") }
        let first = try #require(heads.first?.start)
        let early = heads.filter { $0.start < first.advanced(by: .seconds(20)) }
        #expect(early.count < 6)
    }

    @Test("a registry that stays down leaves a session of which only the push is missing")
    func resumed() throws {
        let scene = try scene(2, parallel: 2, "registry/manifest-put:1-=503")
        scene.deadline = nil
        let error = try scene.sign()

        #expect(error?.phase == .push && error?.className == "unavailable")
        #expect(scene.errors.count == 2)
        #expect(scene.entries == 2)
        scene.transport.sandbox.setFaults([])
        var earlier: [Int: SigningSession] = [:]
        for (number, session) in scene.stored {
            earlier[number] = try JSONDecoder().decode(
                SigningSession.self, from: JSONEncoder().encode(session))
        }
        #expect(try scene.sign(resuming: earlier, asNobody: true) == nil)
        #expect(scene.sessions.allSatisfy { $0.pushed.count == 1 })
        #expect(scene.entries == 2)
    }

    @Test(
        "whatever moment a run is stopped at, another makes no second entry",
        arguments: [true, false])
    func stopped(isServed: Bool) throws {
        for count in 1...30 {
            let scene = try scene(form: .both, keepsReferrers: false)
            scene.transport.exchanges.stop = (count, isServed)
            _ = try scene.sign()
            guard scene.transport.exchanges.isStopped else { return }
            scene.transport.exchanges.restart()
            let earlier = try scene.stored.last.map { _, session in
                try JSONDecoder().decode(
                    SigningSession.self, from: JSONEncoder().encode(session))
            }

            #expect(try scene.sign(resuming: earlier.map { [0: $0] } ?? [:]) == nil, "\(count)")
            #expect(scene.entries == 1, "\(count)")
            #expect(scene.sessions.map(\.pushed.count) == [2], "\(count)")
        }
        Issue.record("a run has fewer exchanges than that")
    }

    @Test("a refusal is of one image, and ends no other")
    func refused() throws {
        let scene = try scene(3, "registry/manifest-put:1=manifest-invalid")

        #expect(try scene.sign()?.className == "registry-unsupported")
        #expect(scene.errors.count == 1)
        #expect(scene.sessions.count == 2)
    }
}
