import Foundation
import HTTP
import TestSupport
import Testing

@Suite("CurlTransport")
struct CurlTransportTests {
    let server: TestServer
    let transport: CurlTransport

    init() throws {
        server = try TestServer()
        transport = try CurlTransport(userAgent: "retry-run/test")
    }

    private func get(
        _ path: String, headers: [HTTPHeader] = [], bodyLimit: Int = 1 << 20,
        within timeout: Duration = .seconds(5)
    ) throws -> HTTPResponse {
        let request = try HTTPRequest(
            .get, server.url(path), headers: headers, bodyLimit: bodyLimit)
        return try transport.exchange(request, timeout: timeout)
    }

    private func post(
        _ path: String, _ body: [UInt8] = [1], headers: [HTTPHeader] = []
    ) throws -> HTTPResponse {
        let method = HTTPRequest.Method.post(body: body, contentType: "application/json")
        return try transport.exchange(
            HTTPRequest(method, server.url(path), headers: headers), timeout: .seconds(5))
    }

    private func failure(_ exchange: () throws -> HTTPResponse) throws -> HTTPFailure {
        try #require(throws: HTTPFailure.self) { _ = try exchange() }
    }

    @Test("a request arrives as written, and its answer comes back")
    func exchange() throws {
        let response = try post(
            "/ok?audience=a", Array("body".utf8),
            headers: [HTTPHeader("Authorization", "Bearer x", isSecret: true), HTTPHeader("E", "")])

        #expect(response.status == 200)
        #expect(response.body == Array("connection 1, request 1".utf8))
        #expect(response[header: "content-length"] == "23")
        #expect(response[header: "X-PADDED"] == "a  b")
        #expect(abs(response.receivedAt.timeIntervalSinceNow) < 5)
        let request = try #require(try server.requests.first)
        #expect(request.method == "POST")
        #expect(request.target == "/ok?audience=a")
        #expect(request.body == 4)
        let headers = try #require(request.headers)
        #expect(headers["user-agent"] == "retry-run/test")
        #expect(headers["content-type"] == "application/json")
        #expect(headers["authorization"] == "Bearer x")
        #expect(headers["e"] == "")
    }

    @Test(
        "an address that a stranger has named leads to no service of this machine, by whatever name"
    )
    func localPeer() throws {
        var request = try HTTPRequest(.get, server.url("/ok"))
        request.refusesLocalPeer = true
        let refused = try failure { try transport.exchange(request, timeout: .seconds(5)) }

        #expect("\(refused)" == "127.0.0.1 stands for 127.0.0.1, which is not on the Internet")
        #expect(refused.failureClass == .permanent)
        #expect(try server.requests.isEmpty)
        #expect(try get("/ok").isFromLocalPeer)
    }

    @Test("addresses for this machine alone are known, those of a network are others")
    func peerAddresses() {
        for address in [
            "127.0.0.1", "127.8.8.8", "0.0.0.0", "169.254.169.254", "100.100.100.200", "::1", "::",
            "fe80::1%eth0", "fd00:ec2::254", "::ffff:127.0.0.1",
        ] {
            #expect(PeerAddress.isLocal(address), "\(address)")
        }
        for address in ["10.0.0.1", "192.168.1.1", "1.2.3.4", "2001:db8::1", "fd12::1", "", "x"] {
            #expect(!PeerAddress.isLocal(address), "\(address)")
        }
    }

    @Test("a status is an answer, with its headers and its body")
    func statuses() throws {
        let response = try get("/status/503/Retry-After:30")

        #expect(response.status == 503)
        #expect(response[header: "Retry-After"] == "30")
        #expect(String(decoding: response.body, as: UTF8.self).hasPrefix("<html>"))
    }

    @Test("an empty body is sent as one")
    func emptyBody() throws {
        _ = try post("/ok", [])

        #expect(try server.requests.first?.headers?["content-length"] == "0")
    }

    @Test("every method is sent as such, and HEAD has no body to wait for")
    func methods() throws {
        let content = Array("abc".utf8)
        for method: HTTPRequest.Method in [
            .head, .put(body: content, contentType: "application/octet-stream"),
            .patch(body: content, contentType: "text/plain"), .get,
        ] {
            let request = try HTTPRequest(method, server.url("/ok"))
            #expect(try transport.exchange(request, timeout: .seconds(5)).status == 200)
        }

        let requests = try server.requests
        #expect(requests.map(\.method) == ["HEAD", "PUT", "PATCH", "GET"])
        #expect(requests.map(\.body) == [0, 3, 3, 0])
        #expect(requests[1].headers?["content-type"] == "application/octet-stream")
    }

    @Test("a redirect that is kept is the answer")
    func keptRedirect() throws {
        let request = try HTTPRequest(
            .get, server.url("/redirect/http/1"), answers: [302], keepsRedirects: true)

        let response = try transport.exchange(request, timeout: .seconds(5))
        #expect(response.status == 302)
        #expect(
            try request.url.resolving(try #require(response[header: "Location"])).description
                == "http://127.0.0.1:1/ok")
    }

    @Test("a long body is not held back until the server asks for it")
    func longBody() throws {
        _ = try post("/ok", [UInt8](repeating: 65, count: 3 << 20))

        let request = try #require(try server.requests.first)
        #expect(request.body == 3 << 20)
        #expect(request.headers?["expect"] == nil)
    }

    @Test("exchanges share a connection")
    func connectionReuse() throws {
        _ = try get("/ok")
        _ = try post("/ok")
        let third = try get("/status/503")
        let fourth = try get("/ok")

        #expect(third.status == 503)
        #expect(fourth.body == Array("connection 1, request 4".utf8))
        #expect(try server.connectionCount == 1)
    }

    @Test("where nobody listens nothing is sent")
    func refused() throws {
        let request = try HTTPRequest(.get, TestServer().url("/"))
        let failure = try failure { try transport.exchange(request, timeout: .seconds(5)) }

        #expect(failure.failureClass == .notSent)
        #expect(failure.description.contains("127.0.0.1"))
    }

    @Test("a server that hangs is left at the timeout, with the outcome unknown")
    func hang() throws {
        let start = ContinuousClock.now
        let failure = try failure { try get("/hang", within: .milliseconds(150)) }

        #expect(failure.failureClass == .unknownOutcome)
        #expect(start.duration(to: .now) >= .milliseconds(150))
        #expect(start.duration(to: .now) < .seconds(3))
    }

    @Test("no time left is the shortest limit, not none", arguments: [.zero, Duration.seconds(-1)])
    func noTimeLeft(timeout: Duration) throws {
        let failure = try failure { try get("/hang", within: timeout) }

        #expect([.notSent, .unknownOutcome].contains(failure.failureClass))
    }

    @Test("bytes that drip do not prolong the timeout")
    func drip() throws {
        let failure = try failure { try get("/drip/200", within: .milliseconds(150)) }

        #expect(failure.failureClass == .unknownOutcome)
    }

    @Test(
        "an answer that breaks off, or is none, leaves the outcome unknown",
        arguments: ["/cut/200", "/empty", "/nonsense", "/slam"])
    func broken(path: String) throws {
        #expect(try failure { try get(path) }.failureClass == .unknownOutcome)
    }

    @Test("a server that drops a long body half sent leaves the outcome unknown")
    func droppedBody() throws {
        let body = [UInt8](repeating: 65, count: 8 << 20)
        #expect(try failure { try post("/slam", body) }.failureClass == .unknownOutcome)
    }

    @Test(
        "a request that may have left on an old connection is unknown, though the next is refused")
    func lostOnOldConnection() throws {
        _ = try post("/last")
        let failure = try failure { try post("/last") }

        #expect(failure.failureClass == .unknownOutcome)
        #expect(try server.requests.count == 2)
    }

    @Test("a POST that a kept connection loses is a failed attempt, not sent again unseen")
    func lostOnKeptConnection() throws {
        _ = try get("/ok")
        let failure = try failure { try post("/empty") }

        #expect(failure.failureClass == .unknownOutcome)
        #expect(failure.description == "the connection was closed without an answer")
        #expect(try server.requests.map(\.method) == ["GET", "POST"])
    }

    @Test(
        "a failed request is its status, though the body breaks off or never ends",
        arguments: ["/cut/500", "/cut/404", "/endless/500"])
    func brokenErrorBody(path: String) throws {
        let response = try get(path, bodyLimit: 10)

        #expect([404, 500].contains(response.status))
        #expect([4, 1 << 16].contains(response.body.count))
    }

    @Test("a failed request is its status, though its body outlasts the timeout")
    func slowErrorBody() throws {
        #expect(try get("/drip/503", within: .milliseconds(300)).status == 503)
    }

    @Test("an answer over the limit is cut off, not stored")
    func endlessBody() throws {
        let failure = try failure { try get("/endless/200", bodyLimit: 100_000) }
        let sent = try get("/sent").body

        #expect(failure == .tooLarge(limit: 100_000))
        #expect(try #require(Int(String(decoding: sent, as: UTF8.self))) < 32 << 20)
    }

    @Test("an answer that announces more than the limit is refused at its first byte")
    func announcedBody() throws {
        #expect(try failure { try get("/announce") } == .tooLarge(limit: 1 << 20))
    }

    @Test("an answer of just the limit is whole")
    func bodyAtLimit() throws {
        #expect(try get("/ok", bodyLimit: 23).body.count == 23)
        #expect(try failure { try get("/ok", bodyLimit: 22) } == .tooLarge(limit: 22))
    }

    @Test(
        "an encoded body is decoded, whether or not that was asked for",
        arguments: ["gzip", "deflate", "raw"])
    func encodedBody(encoding: String) throws {
        #expect(try get("/encoded/\(encoding)/5000").body == [UInt8](repeating: 120, count: 5000))
        #expect(try server.requests.first?.headers?["accept-encoding"]?.contains("gzip") == true)
    }

    @Test("the limit is that of the decoded body")
    func encodedBodyAtLimit() throws {
        // 1 byte makes 21 of gzip.
        #expect(try get("/encoded/gzip/1", bodyLimit: 1).body.count == 1)
        #expect(try failure { try get("/encoded/gzip/100000000") } == .tooLarge(limit: 1 << 20))
    }

    @Test("a body in an encoding that it is not in is an unreadable answer, of something done")
    func wrongEncoding() throws {
        let failure = try failure { try get("/encoded/none/100") }

        #expect(failure.className == "bad-response")
        #expect(failure.mayHaveTakenEffect)
    }

    @Test("headers without end are refused")
    func endlessHeaders() throws {
        #expect(try failure { try get("/endless-header") } == .tooLarge(limit: 1 << 16))
    }

    @Test("a redirect of a POST is its answer", arguments: [301, 302, 303, 307, 308])
    func redirectedPost(status: Int) throws {
        let response = try post("/status/\(status)/Location:\(server.port)")

        #expect(response.status == status)
        #expect(try server.requests.count == 1)
    }

    @Test("a redirect of a GET with a secret is its answer")
    func redirectedSecret() throws {
        let header = HTTPHeader("Authorization", "Bearer x", isSecret: true)
        #expect(try get("/redirect/https/1", headers: [header]).status == 302)
    }

    @Test("a redirect to plain http is refused")
    func redirectToPlainHTTP() throws {
        let failure = try failure { try get("/redirect/http/\(server.port)") }

        #expect(failure.className == "transfer")
        #expect(try server.requests.count == 1)
    }

    @Test("a proxy has no part in what goes to a loopback address")
    func proxyForLoopback() throws {
        let proxy = try ProxySettings(environment: ["all_proxy": "http://127.0.0.1:1"])
        let transport = try CurlTransport(userAgent: "x", proxy: proxy)
        let request = try HTTPRequest(.get, server.url("/ok"))

        #expect(try transport.exchange(request, timeout: .seconds(5)).status == 200)
    }

    @Test("a byte on the watched descriptor ends a hanging exchange at once")
    func cancellation() throws {
        let pipe = Pipe()
        let cancelled = try CurlTransport(
            userAgent: "x", cancellation: pipe.fileHandleForReading.fileDescriptor)
        let request = try HTTPRequest(.get, server.url("/hang"))
        let watcher = Thread { [server] in
            while (try? server.requests.isEmpty) ?? false { usleep(2000) }
            pipe.fileHandleForWriting.write(Data([0]))
        }
        watcher.start()
        let start = ContinuousClock.now
        let failure = try failure { try cancelled.exchange(request, timeout: .seconds(20)) }

        #expect(failure == .cancelled(wasSent: true))
        #expect(start.duration(to: .now) < .seconds(5))
    }

    @Test("after the cancellation nothing is sent", arguments: [true, false])
    func cancelledBefore(byClosing: Bool) throws {
        let pipe = Pipe()
        if byClosing {
            try pipe.fileHandleForWriting.close()
        } else {
            pipe.fileHandleForWriting.write(Data([0]))
        }
        let cancelled = try CurlTransport(
            userAgent: "x", cancellation: pipe.fileHandleForReading.fileDescriptor)
        let request = try HTTPRequest(.get, server.url("/ok"))

        let failure = try failure { try cancelled.exchange(request, timeout: .seconds(5)) }
        #expect(failure == .cancelled(wasSent: false))
        #expect(try server.connectionCount == 0)
    }

    @Test("an exchange works after one that failed")
    func afterFailure() throws {
        _ = try failure { try get("/cut/200") }
        _ = try failure { try get("/hang", within: .milliseconds(50)) }

        #expect(try get("/ok").status == 200)
    }
}
