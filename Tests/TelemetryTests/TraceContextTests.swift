import Testing

@testable import Telemetry

@Suite("Trace context")
struct TraceContextTests {
    private let valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test("what a caller gives is read, and handed on in the same form")
    func read() throws {
        let context = try #require(TraceContext(parent: valid, state: "vendor=1"))

        #expect("\(context.trace)" == "0af7651916cd43dd8448eb211c80319c")
        #expect("\(context.span)" == "b7ad6b7169203331")
        #expect(context.isSampled)
        #expect(context.state == "vendor=1")
        #expect(context.parent == valid)
    }

    @Test(
        "a parent that breaks the rules counts for nothing",
        arguments: [
            "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "00-+af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ])
    func broken(parent: String) {
        #expect(TraceContext(parent: parent, state: nil) == nil)
    }

    @Test("a later version may have more fields")
    func laterVersion() {
        let parent = "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00-more"

        #expect(TraceContext(parent: parent, state: nil)?.isSampled == false)
    }

    @Test("numbers drawn at random are never zero and always of full length")
    func random() {
        for _ in 0..<100 {
            #expect("\(TraceID.random())".count == 32)
            #expect("\(SpanID.random())".count == 16)
        }
        #expect("\(SpanID(value: 10))" == "000000000000000a")
    }
}
