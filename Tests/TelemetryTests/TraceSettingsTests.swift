import Testing

@testable import Telemetry

@Suite("Trace settings")
struct TraceSettingsTests {
    private func read(_ variables: [String: String]) -> TraceSettings? {
        TraceSettings { variables[$0] }
    }

    @Test("the general endpoint gets a path, the one for traces is taken as it is")
    func endpoint() {
        let base = "OTEL_EXPORTER_OTLP_ENDPOINT"
        let own = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"

        #expect(read([base: "http://c:4318"])?.endpoint == "http://c:4318/v1/traces")
        #expect(read([base: "http://c:4318/x/"])?.endpoint == "http://c:4318/x/v1/traces")
        #expect(read([base: "http://c:4318", own: "http://t/in"])?.endpoint == "http://t/in")
    }

    @Test(
        "without an endpoint, or turned off, nothing is sent",
        arguments: [
            [:], ["OTEL_EXPORTER_OTLP_ENDPOINT": ""], ["OTEL_SERVICE_NAME": "x"],
            ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_SDK_DISABLED": "TRUE"],
            ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_TRACES_EXPORTER": "none"],
            ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_TRACES_EXPORTER": "console"],
        ])
    func off(variables: [String: String]) {
        #expect(read(variables) == nil)
    }

    @Test("headers and resource attributes are pairs, percent-encoded; what is none is left out")
    func pairs() throws {
        let settings = try #require(
            read([
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c",
                "OTEL_EXPORTER_OTLP_HEADERS": "api-key=a%20b, x = y ,broken,=z,bad=%zz",
                "OTEL_RESOURCE_ATTRIBUTES": "service.name=other,team=release",
                "OTEL_SERVICE_NAME": "pipeline", "OTEL_EXPORTER_OTLP_TIMEOUT": "250",
            ]))

        #expect(settings.headers.map(\.name) == ["api-key", "x"])
        #expect(settings.headers.map(\.value) == ["a b", "y"])
        #expect(settings.resource.map(\.name) == ["team", "service.name"])
        #expect(settings.resource.map(\.value) == ["release", "pipeline"])
        #expect(settings.timeout == .milliseconds(250))
    }

    @Test("what is said for traces wins over what is said for everything")
    func specific() throws {
        let settings = try #require(
            read([
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_HEADERS": "a=1",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS": "b=2", "OTEL_EXPORTER_OTLP_TIMEOUT": "1",
                "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT": "2",
            ]))

        #expect(settings.headers.map(\.name) == ["b"])
        #expect(settings.timeout == .milliseconds(2))
    }

    @Test(
        "JSON over http is spoken; another protocol is refused",
        arguments: [
            ("", true), ("http/json", true), ("http/protobuf", true), ("grpc", false),
            ("carrier-pigeon", false),
        ])
    func protocols(name: String, isSpoken: Bool) throws {
        let settings = try #require(
            read([
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_PROTOCOL": name,
            ]))

        #expect((settings.refusal == nil) == isSpoken)
    }

    @Test("a caller's decision about sampling is followed, unless the sampler says otherwise")
    func sampling() throws {
        func isSampled(_ sampler: String, parentFlag: String?) throws -> Bool {
            var variables = [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_TRACES_SAMPLER": sampler,
            ]
            variables["TRACEPARENT"] = parentFlag.map {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-\($0)"
            }
            return try #require(read(variables)).context { variables[$0] }.context.isSampled
        }

        #expect(try isSampled("", parentFlag: nil))
        #expect(try !isSampled("", parentFlag: "00"))
        #expect(try isSampled("always_on", parentFlag: "00"))
        #expect(try !isSampled("always_off", parentFlag: "01"))
        #expect(try isSampled("parentbased_always_off", parentFlag: "01"))
        #expect(try !isSampled("parentbased_always_off", parentFlag: nil))
    }

    @Test("a ratio takes about that share of the traces, by their numbers")
    func ratio() throws {
        let variables = [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_TRACES_SAMPLER": "traceidratio",
            "OTEL_TRACES_SAMPLER_ARG": "0.5",
        ]
        let settings = try #require(read(variables))
        let parents = ["0000000000000001", "fffffffffffffffe"].map {
            "00-0000000000000000\($0)-b7ad6b7169203331-00"
        }
        let sampled = parents.map { parent in
            settings.context { $0 == "TRACEPARENT" ? parent : nil }.context.isSampled
        }

        #expect(sampled == [true, false])
    }
}
