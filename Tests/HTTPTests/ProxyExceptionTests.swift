import Testing

@testable import HTTP

@Suite("no_proxy")
struct ProxyExceptionTests {
    private func isProxied(_ url: String, _ exceptions: String) throws -> Bool {
        let settings = try ProxySettings(
            environment: ["https_proxy": "http://proxy:1", "no_proxy": exceptions])
        return try settings.proxy(for: HTTPURL("https://\(url)/")) == "http://proxy:1"
    }

    @Test(
        "an entry holds for what it names",
        arguments: [
            ("a.example", "*"), ("a.example", "a.example"), ("b.a.example", "a.example"),
            ("a.example", ".a.example"), ("b.a.example", ".a.example"),
            ("b.a.example", "*.a.example"),
            ("A.Example", "a.EXAMPLE"), ("a.example.", "a.example"), ("a.example", "a.example."),
            ("a.example", "a.example:443"), ("a.example:8443", "a.example:8443"),
            ("b.a.example:8443", "*.a.example:8443"), ("192.0.2.7", "192.0.2.7"),
            ("192.0.2.7:8443", "192.0.2.7:8443"), ("192.0.2.7", "192.0.2.0/24"),
            ("192.0.2.127", "192.0.2.0/25"), ("10.1.2.3", "0.0.0.0/0"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]", "[2001:db8::7]"), ("[2001:db8::7]", "[2001:db8::7]:443"),
            ("[2001:0DB8:0::7]", "2001:db8::/32"), ("c.example", "a.example, .b.example c.example"),
        ])
    func excepted(host: String, exceptions: String) throws {
        #expect(try !isProxied(host, exceptions))
    }

    @Test(
        "an entry does not hold for anything else",
        arguments: [
            ("a.example", ""), ("ba.example", "a.example"), ("a.example", "*.a.example"),
            ("a.example.org", "a.example"), ("a.example", "b.a.example"),
            ("a.example:8443", "a.example:443"), ("a.example", "a.example:x"),
            ("a.example", ":443"),
            ("192.0.3.7", "192.0.2.0/24"), ("192.0.2.128", "192.0.2.0/25"),
            ("192.0.2.7", "192.0.2.0/33"),
            ("192.0.2.7", "::/0"), ("[2001:db9::7]", "2001:db8::/32"),
            ("[2001:db8::7]", "0.0.0.0/0"),
            ("192.0.2.70", "192.0.2.7"), ("a.example", "."), ("a.example", "/"),
            ("a.example", "*."),
        ])
    func notExcepted(host: String, exceptions: String) throws {
        #expect(try isProxied(host, exceptions))
    }

    @Test("a loopback address has no proxy, however it is written")
    func loopback() throws {
        for host in [
            "127.0.0.1", "127.9.9.9", "[::1]", "[0:0:0:0:0:0:0:1]", "localhost", "LocalHost",
        ] {
            #expect(try !isProxied(host, ""))
            #expect(try HTTPURL("http://\(host):8080/").isLocal)
        }
    }
}

@Suite("A proxy that a variable names")
struct ProxyAddressTests {
    @Test(
        "an address that libcurl asks is taken",
        arguments: [
            "proxy", "proxy:3128", "http://proxy", "HTTPS://user:p%40ss@proxy:8443/",
            "socks5h://[::1]:9",
            "socks4a://proxy", "user:password@proxy:3128",
        ])
    func taken(proxy: String) throws {
        let settings = try ProxySettings(environment: ["HTTPS_PROXY": proxy])

        #expect(try settings.proxy(for: HTTPURL("https://a.example/")) == proxy)
    }

    @Test(
        "any other is an error that names the variable and shows nothing of its value",
        arguments: [
            "ftp://s3cret@proxy", "s3cret://proxy", "http://", "http://proxy:s3cret",
            "http://proxy:99999/s3cret", "http://[s3cret", "http://s3cret proxy", "://s3cret",
        ])
    func refused(proxy: String) throws {
        let failure = try #require(throws: HTTPFailure.self) {
            _ = try ProxySettings(environment: ["https_proxy": "", "ALL_PROXY": proxy])
        }

        #expect("\(failure)".hasPrefix("ALL_PROXY is not the address of a proxy: "))
        #expect(!"\(failure)".contains("s3cret"))
        #expect(failure.className == "invalid-request")
    }
}
