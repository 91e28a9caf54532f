import JSON
import Telemetry
import Testing

@testable import Reports

@Suite("Spans of a run")
struct RunSpansTests {
    private let variables = [
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1",
        "TRACEPARENT": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ]

    private func trace() throws -> RunTrace {
        let settings = try #require(TraceSettings { variables[$0] })
        return RunTrace(settings) { variables[$0] }
    }

    @Test("one for the run, one for each attempt and each pause, in the caller's trace")
    func tree() throws {
        let spans = try trace().spans(of: flakyRun, process: 7)
        let root = try #require(spans.first)

        #expect(spans.map(\.name) == ["retry-run", "sh", "pause", "sh"])
        #expect("\(root.parent.map { "\($0)" } ?? "")" == "b7ad6b7169203331")
        #expect(spans.dropFirst().allSatisfy { $0.parent == root.id })
        #expect(Set(spans.map(\.id)).count == 4)
    }

    @Test("the command gets the number of its attempt's span")
    func handedOn() throws {
        let trace = try trace()
        let spans = trace.spans(of: flakyRun, process: 7)
        let parent = try #require(trace.variables(attempt: 2).first?.value)

        #expect(parent == "00-0af7651916cd43dd8448eb211c80319c-\(spans[3].id)-01")
    }

    @Test("spans lie where the attempts lay, the pause between them")
    func times() throws {
        let spans = try trace().spans(of: flakyRun, process: 7)
        let offsets = spans.map { span in
            [span.start, span.end].map { ($0 - 1_700_000_000_000_000_000) / 1_000_000_000 }
        }

        #expect(offsets == [[0, 3], [0, 1], [1, 2], [2, 3]])
    }

    @Test("a failure has a type and a message, a success has none")
    func errors() throws {
        let spans = try trace().spans(of: flakyRun, process: 7)

        #expect(spans[1].error == "exit status 1")
        #expect(
            spans[1].attributes.contains { $0.name == "error.type" && $0.value == .string("1") })
        #expect(spans[3].error == nil)
        #expect(spans[0].error == nil)
    }

    @Test("thousands of attempts make no endless export")
    func bounded() throws {
        let many = run((1...5000).map { attempt($0, .retry) }, .failed, exit: .code(1))

        #expect(try trace().spans(of: many, process: 7).count <= 1001)
    }

    @Test("the export is JSON as OTLP has it")
    func export() throws {
        let trace = try trace()
        let body = TraceExport(
            trace.spans(of: flakyRun, process: 7), in: trace.context,
            resource: [("service.name", "x")], scope: ("retry-run", "1")
        ).body
        let node = try JSONNode(parsing: body)
        let text = String(decoding: body, as: UTF8.self)

        #expect(try node.value.text() == body)
        #expect(text.contains("\"traceId\":\"0af7651916cd43dd8448eb211c80319c\""))
        #expect(text.contains("{\"key\":\"process.exit.code\",\"value\":{\"intValue\":\"1\"}}"))
        #expect(text.contains("\"startTimeUnixNano\":\"1700000000000000000\""))
    }
}
