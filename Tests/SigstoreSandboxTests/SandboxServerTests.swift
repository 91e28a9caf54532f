import Testing

@testable import SigstoreSandbox

@Suite("The sandbox on its ports")
struct SandboxServerTests {
    @Test("every service answers on a port of its own, with the sandbox's time")
    func ports() throws {
        let server = try SandboxServer(clock: SandboxClock(offset: 3_600_000_000))
        let ports = ServiceName.allCases.compactMap { server.sandbox.addresses.ports[$0] }

        #expect(Set(ports).count == server.sandbox.settings.services.count)
        for port in ports {
            let (text, isClosed) = try Self.get("/sandbox/calls", port: port)
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains(" \(Self.year(of: server)) "))
            #expect(text.hasSuffix("}"))
            #expect(isClosed)
        }
        try server.stop()
    }

    @Test("a port that is taken is named, with the reason")
    func takenPort() throws {
        let server = try SandboxServer()
        let port = try #require(server.sandbox.addresses.ports[.issuer])
        let error = SandboxServerError.port(port, reason: "Address already in use")

        #expect(throws: error) { try SandboxServer(port: port) }
        #expect("\(error)" == "cannot listen on port \(port): address already in use")
        try server.stop()
    }

    @Test("a connection serves several requests")
    func keepAlive() throws {
        let server = try SandboxServer()
        let connection = try Connection(port: #require(server.sandbox.addresses.ports[.rekorV2]))
        for _ in 1...2 {
            try connection.send("GET /api/v2/checkpoint HTTP/1.1\r\nHost: h\r\n\r\n")
            let (text, isClosed) = connection.read(silence: 500)
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(!isClosed)
        }
        try server.stop()
    }

    @Test(
        "a refused call and a dropped answer end the connection without a byte",
        arguments: ["refuse", "commit-then-drop"])
    func close(fault: String) throws {
        let (text, isClosed) = try Self.checkpoint(fault)

        #expect(text == "")
        #expect(isClosed)
    }

    @Test("a hanging call leaves the connection open without a byte")
    func hang() throws {
        let (text, isClosed) = try Self.checkpoint("hang")

        #expect(text == "")
        #expect(!isClosed)
    }

    @Test("an answer that is cut has half of the body that its head announces")
    func cut() throws {
        let whole = try Self.checkpoint("slow:1").text
        let (half, isClosed) = try Self.checkpoint("cut")

        #expect(isClosed)
        let length = try #require(Self.body(whole)?.utf8.count)
        #expect(half.contains("Content-Length: \(length)\r\n"))
        #expect(try #require(Self.body(half)).utf8.count == length / 2)
    }

    @Test("a slow answer arrives byte by byte, and whole")
    func slow() throws {
        let (text, isClosed) = try Self.checkpoint("slow:1")

        #expect(isClosed)
        #expect(try #require(Self.body(text)).hasPrefix("127.0.0.1\n5\n"))
        #expect(text.hasSuffix("=\n"))
    }

    @Test("what is no HTTP, and a request beyond every size, are refused")
    func garbage() throws {
        let server = try SandboxServer()
        let port = try #require(server.sandbox.addresses.ports[.fulcio])
        let garbage = try Connection(port: port)
        try garbage.send("\u{1}\u{2}\r\n\r\n")
        let large = try Connection(port: port)
        try large.send(
            "POST /api/v2/signingCert HTTP/1.1\r\nHost: h\r\nContent-Length: 8388609\r\n\r\n")
        for _ in 0...128 { _ = try? large.send(String(repeating: "x", count: 1 << 16)) }

        #expect(garbage.read(silence: 2000).text.hasPrefix("HTTP/1.1 400 "))
        #expect(large.read(silence: 2000).text.hasPrefix("HTTP/1.1 413 "))
        try server.stop()
    }

    @Test("ports follow the first one, and a taken one is an error")
    func fixedPorts() throws {
        let server = try SandboxServer()
        let taken = try #require(server.sandbox.addresses.ports[.issuer])

        #expect(throws: (any Error).self) { try SandboxServer(port: taken) }
        try server.stop()
    }

    /// The year of the sandbox, 114 years ahead of ours.
    private static func year(of server: SandboxServer) -> Substring {
        server.sandbox.clock.now.timestampText.prefix(4)
    }

    /// The bytes of a checkpoint that is asked for once, with that fault.
    private static func checkpoint(_ fault: String) throws -> (text: String, isClosed: Bool) {
        let server = try SandboxServer(faults: [FaultPlan("rekor-v2/checkpoint:1=\(fault)")])
        let port = try #require(server.sandbox.addresses.ports[.rekorV2])
        let answer = try get("/api/v2/checkpoint", port: port)
        try server.stop()
        return answer
    }

    private static func get(_ path: String, port: Int) throws -> (text: String, isClosed: Bool) {
        let connection = try Connection(port: port)
        try connection.send("GET \(path) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        return connection.read(silence: 1000)
    }

    private static func body(_ text: String) -> String? {
        text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) }
    }
}
