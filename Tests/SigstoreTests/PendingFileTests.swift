import FoundationEssentials
import SigningCrypto
import Testing

@testable import Sigstore
@testable import SigstoreSandbox

@Suite("Pending files")
struct PendingFileTests {
    private static let start = #"{"mediaType":"\#(PendingFile.mediaType)","files":["app"]"#

    @Test("another version is refused by its name, whatever else is in it")
    func otherVersion() {
        let type = "application/vnd.retry-run.pending.v2+json"

        #expect(throws: PendingFileError.unknownType(type)) {
            try PendingFile(json: Array(#"{"mediaType":"\#(type)","session":7}"#.utf8))
        }
        #expect(
            "\(PendingFileError.unknownType(type))"
                == "its type is '\(type)', and this version of retry-run reads "
                + "'application/vnd.retry-run.pending.v1+json' only")
    }

    @Test(
        "what is incomplete, twice there or no JSON is refused",
        arguments: [
            "", "{}", "[]", start, start + "}", start + #","target":"b"}"#,
            start + #","target":"b","session":{}}"#, start + #","target":"b","session":[]}"#,
            start + #","files":[],"target":"b","session":{}}"#,
            start + #","target":7,"session":{}}"#,
        ])
    func malformed(text: String) {
        let error = #expect(throws: PendingFileError.self) {
            try PendingFile(json: Array(text.utf8))
        }

        if case .unknownType? = error { Issue.record("it has no other type") }
    }

    @Test("an attestation's statement is in it once, and gone on with from there")
    func statement() throws {
        let payload = try AttestationPredicate(
            Array("{}".utf8), type: "https://example.com/p", at: Date()
        ).statement(about: [.init(name: "a", digests: [Digest(of: Array("a".utf8))])])
        let scene = try SigningFixture(.v2)
        scene.contents = [.statement(payload, try Statement(json: payload))]
        scene.transport.outages = [.rekorV2: .seconds(600)]
        _ = try scene.sign()
        let session = try #require(scene.stored.last).session
        let file = PendingFile(files: ["a"], target: "a.sigstore.json", session: session)
        let text = String(decoding: try #require(try file.json()), as: UTF8.self)
        let read = try PendingFile(json: Array(text.utf8))

        #expect(text.ranges(of: payload.base64).count == 1)
        #expect(text.contains("\"payload\":\"\(payload.base64)\""))
        #expect(try read.progress() == file.progress())
        scene.transport.outages = [:]
        #expect(try scene.sign(resuming: [0: read.session], asNobody: true) == nil)
        #expect(scene.entries == 1)
    }

    @Test(
        "a bundle that would not lie beside it is refused, whoever has written that",
        arguments: ["../b", "/etc/b", "a/b", "..", ".", "", #"b\u0000"#])
    func elsewhere(target: String) throws {
        let text = try left(.v2).replacing(#""target":"b""#, with: #""target":"\#(target)""#)

        #expect(throws: PendingFileError.malformed("its bundle is not to be beside it")) {
            try PendingFile(json: Array(text.utf8))
        }
    }

    /// A pending file as a run leaves it.
    private func left(_ log: SigningFixture.Log) throws -> String {
        let scene = try SigningFixture(log)
        scene.transport.outages = [log.service: .seconds(600)]
        #expect(try scene.sign()?.phase == .log)
        let session = try #require(scene.stored.last).session
        let json = try PendingFile(files: ["app"], target: "b", session: session).json()
        return String(decoding: try #require(json), as: UTF8.self)
    }

    @Test(
        "numbers that count what is not there are refused, and so is a session without a signature",
        arguments: [
            (#""count":1"#, #""count":-1"#), (#""count":1"#, #""count":2"#),
            (#""signature":"#, #""signatures":"#), (#""key":"#, #""keys":"#),
            (#""certificate":"#, #""certificates":"#),
        ])
    func edited(old: String, new: String) throws {
        let text = try left(.v2)
        let session = try #require(text.firstRange(of: #""session":"#))
        let edited =
            text[..<session.upperBound] + text[session.upperBound...].replacing(old, with: new)

        #expect(try PendingFile(json: Array(text.utf8)).target == "b")
        #expect(edited != text)
        #expect(throws: PendingFileError.self) { try PendingFile(json: Array(edited.utf8)) }
    }
}
