import FoundationEssentials
import JSON
import Testing

@testable import SigstoreSandbox

@Suite("The sandbox behind a network and a balancer")
struct SlowNetworkTests {
    @Test("an answer takes a round trip, and the first of a connection another one")
    func roundTrip() throws {
        var settings = SandboxSettings()
        settings.roundTrip = .milliseconds(150)
        let server = try SandboxServer(settings: settings)
        let connection = try Connection(port: #require(server.sandbox.addresses.ports[.rekorV2]))
        var durations: [Duration] = []
        for _ in 1...2 {
            let start = ContinuousClock.now
            try connection.send("GET /api/v2/checkpoint HTTP/1.1\r\nHost: h\r\n\r\n")
            let text = connection.readOnce()
            durations.append(start.duration(to: .now))
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        }

        #expect(durations[0] >= .milliseconds(290))
        #expect(durations[1] >= .milliseconds(140))
        try server.stop()
    }

    @Test("a body above the limit ends the connection while it is sent")
    func closed() throws {
        var settings = SandboxSettings()
        settings.bodyLimits = [try BodyLimit("rekor-v1:65536=close")]
        let server = try SandboxServer(settings: settings)
        let connection = try Connection(port: #require(server.sandbox.addresses.ports[.rekorV1]))
        try connection.send(
            "POST /api/v1/log/entries HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n")
        for _ in 1...3 { _ = try? connection.send(String(repeating: "x", count: 1 << 15)) }
        let (text, isClosed) = connection.read(silence: 5000)

        #expect(text == "")
        #expect(isClosed)
        let calls = try JSONNode(parsing: server.sandbox.counts.text()).required("calls")
        #expect(try calls.required("rekor-v1").required("create").integer == 1)
        try server.stop()
    }

    @Test("an entry waits for the checkpoint on its connection")
    func interval() throws {
        var settings = SandboxSettings()
        settings.checkpointInterval = .milliseconds(300)
        let server = try SandboxServer(settings: settings)
        let connection = try Connection(port: #require(server.sandbox.addresses.ports[.rekorV2]))
        let body = try SandboxClient().recordV2("a").text()
        for _ in 1...2 {
            try connection.send(
                "POST /api/v2/log/entries HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.count)\r\n\r\n"
                    + String(decoding: body, as: UTF8.self))
            let text = connection.readOnce()
            #expect(text.hasPrefix("HTTP/1.1 201 ") || text.hasPrefix("HTTP/1.1 409 "))
        }

        #expect(server.sandbox.rekorV2.size == 6)
        try server.stop()
    }

    @Test("second instances are on a host of their own")
    func hosts() throws {
        var settings = SandboxSettings()
        settings.doubled = [.tsa, .rekorV2]
        settings.hasAlias = true
        let server = try SandboxServer(settings: settings)

        #expect(server.sandbox.addresses.ports.count == settings.services.count)
        #expect(server.sandbox.addresses[.secondTSA].hasPrefix("http://127.0.0.2:"))
        #expect(server.sandbox.addresses[.rekorV2Alias].hasPrefix("http://127.0.0.1:"))
        try server.stop()
    }
}
