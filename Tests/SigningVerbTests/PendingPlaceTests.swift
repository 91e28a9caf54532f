import FoundationEssentials
import Glibc
import SigningCrypto
import Testing

@testable import Sigstore
@testable import retry_run_sigstore

@Suite("Where a signature is kept until it is complete")
struct PendingPlaceTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(component: "pending-\(UUID())")

    private func session() throws -> SigningSession {
        var needs = SigningServices.Needs()
        (needs.certificate, needs.log, needs.timestamp) = (false, false, false)
        return SigningSession(
            .artifact(Artifact(digests: [Digest(of: Array("app".utf8))])),
            services: try SigningServices(.empty, at: Date(), needs: needs))
    }

    private func fileNumber(_ path: String) -> UInt? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_ino : nil
    }

    @Test("it is written where there is a signature, and again only where something has changed")
    func writes() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let app = folder.appending(component: "app").path
        let place = PendingPlace(besideBundle: "\(app).sigstore.json", about: [app])
        let key = try PrivateKey.generate()
        var session = try session()

        try place.write(session)
        #expect(!place.isThere)
        try session.apply(.signature([1, 2, 3], by: key.publicKey))
        try place.write(session)
        let first = try #require(fileNumber(place.path))
        // Held, so that a new file cannot have its number.
        #expect(link(place.path, app) == 0)
        try place.write(session)
        #expect(fileNumber(place.path) == first)

        session.defersLog = true
        try place.write(session)
        #expect(fileNumber(place.path) != first)
        #expect(try place.read()?.session.defersLog == true)
    }
}
