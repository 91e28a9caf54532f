import Glibc
import HTTP
import OperatingSystem
import TestSupport
import Testing

@testable import retry_run_sigstore

@Suite("The port that a browser is sent back to")
struct RedirectListenerTests {
    private static func port(_ listener: RedirectListener) throws -> Int {
        let uri = listener.redirectURI
        let prefix = "http://localhost:"
        #expect(uri.hasPrefix(prefix))
        #expect(uri.hasSuffix("/auth/callback"))
        return try #require(
            Int(uri.dropFirst(prefix.count).prefix { $0.isNumber }))
    }

    private static func isReady(_ listener: RedirectListener, until: ContinuousClock.Instant)
        -> Bool
    {
        firstReady(of: [listener.descriptor], until: until) == 0
    }

    @Test("the first visit is answered with a page and handed over, byte for byte")
    func visit() throws {
        let listener = try RedirectListener { _ in true }
        defer { listener.stop() }
        let answer = try get(listener.redirectURI + "?code=a%2Fb+c&state=%C3%BC?")

        #expect(answer.status == 200)
        #expect(answer[header: "Content-Type"] == "text/html; charset=utf-8")
        #expect(answer[header: "Connection"] == "close")
        #expect(String(decoding: answer.body, as: UTF8.self).contains("retry-run"))
        #expect(Self.isReady(listener, until: soon()))
        #expect(listener.query == "code=a%2Fb+c&state=%C3%BC?")
    }

    @Test("of later visits nothing is handed over")
    func laterVisit() throws {
        let listener = try RedirectListener { _ in true }
        for query in ["?code=first", "?code=second"] {
            #expect(try get(listener.redirectURI + query).status == 200)
            #expect(Self.isReady(listener, until: soon()))
        }
        // Whatever is done after an answer is done then.
        listener.stop()

        #expect(listener.query == "code=first")
    }

    @Test("a visit that is not of the login is told so, and the one that is comes after it")
    func otherLogin() throws {
        let listener = try RedirectListener { $0.hasSuffix("state=mine") }
        defer { listener.stop() }
        for query in ["?code=c&state=yours", "", "?state=mine&code=c"] {
            #expect(try get(listener.redirectURI + query).status == 400)
        }
        #expect(!Self.isReady(listener, until: .now))
        #expect(try get(listener.redirectURI + "?code=c&state=mine").status == 200)
        #expect(Self.isReady(listener, until: soon()))
        #expect(listener.query == "code=c&state=mine")
    }

    @Test("other paths are not found, and are no visit")
    func otherPaths() throws {
        let listener = try RedirectListener { _ in true }
        defer { listener.stop() }
        let port = try Self.port(listener)
        for path in ["/", "/favicon.ico", "/auth/callback/x?code=c", "/auth/callbac"] {
            let answer = try get("http://localhost:\(port)\(path)")
            #expect(answer.status == 404)
            #expect(answer[header: "Connection"] == "close")
        }
        let post = try HTTPRequest(
            .post(body: [], contentType: "text/plain"), HTTPURL(listener.redirectURI))
        let answer = try CurlTransport(userAgent: "retry-run-tests")
            .exchange(post, timeout: .seconds(10))

        #expect(answer.status == 404)
        #expect(!Self.isReady(listener, until: .now))
        #expect(listener.query == nil)
    }

    @Test("a visit without a query is one")
    func noQuery() throws {
        let listener = try RedirectListener { _ in true }
        defer { listener.stop() }
        _ = try get(listener.redirectURI)

        #expect(Self.isReady(listener, until: soon()))
        #expect(listener.query == "")
    }

    @Test(
        "it listens on both loopback addresses, where there are both",
        arguments: ["127.0.0.1", "[::1]"])
    func addresses(host: String) throws {
        guard host == "127.0.0.1" || hasIPv6 else { return }
        let listener = try RedirectListener { _ in true }
        defer { listener.stop() }
        let port = try Self.port(listener)

        #expect(try get("http://\(host):\(port)/auth/callback?a").status == 200)
    }

    @Test("once stopped, nobody listens any more")
    func stopped() throws {
        let listener = try RedirectListener { _ in true }
        listener.stop()

        #expect(throws: HTTPFailure.self) { try get(listener.redirectURI) }
    }

    private var hasIPv6: Bool {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        return withUnsafeBytes(of: &address) { bytes in
            bind(
                descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(bytes.count)) == 0
        }
    }
}
