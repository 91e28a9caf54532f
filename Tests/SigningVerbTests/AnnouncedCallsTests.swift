import FoundationEssentials
import HTTP
import OCI
import Testing

@testable import retry_run_sigstore

@Suite("Calls of registries that are announced")
struct AnnouncedCallsTests {
    private var announced = AnnouncedCalls()

    private func call(_ tag: String, at registry: String = "a.example") throws -> RegistryCall {
        .manifest(tag, in: try ImageReference("\(registry)/app").repository)
    }

    private func names(_ calls: [RegistryCall]) -> [String] {
        calls.map { String($0.path.split(separator: "/").last ?? "") }
    }

    private func answer(_ status: Int) throws -> RegistryAnswer {
        let address = try RegistryAddress("a.example")
        return RegistryAnswer(
            response: HTTPResponse(status: status, headers: [], body: [], receivedAt: Date()),
            url: try HTTPURL("https://a.example/"), address: address)
    }

    @Test(
        "the one asked for is due with those that follow at its registry, and no more than may be at once"
    )
    mutating func due() throws {
        announced.announce(
            try ["1", "2", "3", "4"].map { try call($0) } + [call("5", at: "b.example"), call("6")])

        #expect(names(announced.due(by: try call("0"), atMost: 9)).isEmpty)
        #expect(names(announced.due(by: try call("1"), atMost: 2)) == ["1", "2"])
        #expect(names(announced.due(by: try call("3"), atMost: 9)) == ["3", "4"])
        #expect(names(announced.due(by: try call("5", at: "b.example"), atMost: 9)) == ["5"])
        #expect(names(announced.due(by: try call("6"), atMost: 1)) == ["6"])
    }

    @Test(
        "an answer is given once, a failure too, and none is kept of what is not asked for any more"
    )
    mutating func answers() throws {
        announced.announce(try ["1", "2", "3", "4"].map { try call($0) })
        for call in announced.due(by: try call("1"), atMost: 3) {
            announced.keep(.success(try answer(200)), to: call)
        }
        announced.keep(.failure(.notFound("nothing there")), to: try call("2"))

        #expect(try announced.answer(to: call("1"))?.response.status == 200)
        #expect(try announced.answer(to: call("1")) == nil)
        #expect(throws: RegistryError.self) { try announced.answer(to: call("2")) }
        #expect(names(announced.due(by: try call("3"), atMost: 3)).isEmpty)

        #expect(names(announced.due(by: try call("4"), atMost: 3)) == ["4"])
        #expect(try announced.answer(to: call("3")) == nil)
    }

    @Test("what is announced later comes first, and what was answered before is kept meanwhile")
    mutating func order() throws {
        announced.announce(try ["1", "2", "3"].map { try call($0) })
        for call in announced.due(by: try call("1"), atMost: 2) {
            announced.keep(.success(try answer(200)), to: call)
        }
        announced.announce([try call("child")])

        #expect(names(announced.due(by: try call("child"), atMost: 2)) == ["child"])
        #expect(names(announced.due(by: try call("2"), atMost: 2)).isEmpty)
        #expect(try announced.answer(to: call("2"))?.response.status == 200)
        #expect(names(announced.due(by: try call("3"), atMost: 2)) == ["3"])
    }

    @Test("what is announced twice is asked once, and answered twice")
    mutating func twice() throws {
        announced.announce(try ["1", "2", "1"].map { try call($0) })
        let due = announced.due(by: try call("1"), atMost: 9)
        #expect(names(due) == ["1", "2"])
        for call in due { announced.keep(.success(try answer(200)), to: call) }

        for tag in ["1", "2", "1"] {
            #expect(try announced.answer(to: call(tag))?.response.status == 200)
        }
        #expect(try announced.answer(to: call("1")) == nil)
    }
}
