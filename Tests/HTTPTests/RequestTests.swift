import HTTP
import Testing

@Suite("HTTPURL and HTTPRequest")
struct RequestTests {
    @Test(
        "plain http to another machine is refused",
        arguments: [
            "http://rekor.example/", "http://10.0.0.1/", "http://127.0.0.1.example/",
            "http://localhost.example/", "http://127.example/", "http://[::2]/", "http://0.0.0.0/",
            "http://localhost@rekor.example/", "http://128.0.0.1/", "HTTP://rekor.example",
        ])
    func plainHTTP(text: String) throws {
        let error = #expect(throws: HTTPFailure.self) { try HTTPURL(text) }
        #expect(error?.className == "plain-http")
        #expect(error?.description.contains("@") == false)
    }

    @Test(
        "plain http to a loopback address is fine",
        arguments: [
            "http://127.0.0.1:8080/", "http://127.8.9.1/", "http://localhost/", "http://[::1]:1/",
            "http://0x7f.1/",
        ])
    func loopback(text: String) throws {
        #expect(try HTTPURL(text).description.hasPrefix("http://"))
    }

    @Test("the metadata service is reached by plain http, at its one address only")
    func metadata() throws {
        #expect(try HTTPURL(metadata: "/a%2Fb?c=d").description == "http://169.254.169.254/a%2Fb")
        for path in ["", ".example/", "@other.example/", ":80/", "?/", "#/"] {
            #expect(throws: HTTPFailure.self) { try HTTPURL(metadata: path) }
        }
        #expect(throws: HTTPFailure.self) { try HTTPURL("http://169.254.169.254/") }
        #expect(throws: HTTPFailure.self) { try HTTPURL(metadata: "/").appending(path: "a") }
    }

    @Test(
        "what is no https URL is refused without being shown",
        arguments: [
            "", "rekor.example", "/path", "ftp://s3cret@a/", "file:///etc/passwd", "https://",
            "https://a b/s3cret", "https://a/\u{0}s3cret", "https://a:99999/s3cret",
            "https://a/\r\ns3cret",
        ])
    func invalidURL(text: String) throws {
        let error = #expect(throws: HTTPFailure.self) { try HTTPURL(text) }
        #expect(error?.className == "invalid-request")
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test("a path is appended below the base, each segment encoded")
    func appending() throws {
        func appended(_ base: String, _ path: String) throws -> String {
            try HTTPURL(base).appending(path: path).description
        }
        #expect(try appended("https://a.example", "api/v1") == "https://a.example/api/v1")
        #expect(try appended("https://a.example/", "api") == "https://a.example/api")
        #expect(try appended("https://a.example/b%20c/", "d") == "https://a.example/b%20c/d")
        #expect(try appended("https://a:1/b", "x?y#z %") == "https://a:1/b/x%3fy%23z%20%25")
    }

    @Test("a path that leads upwards is not appended", arguments: ["..", "a/../../b", "./c"])
    func appendingUpwards(path: String) throws {
        let base = try HTTPURL("https://a.example/b")
        let failure = #expect(throws: HTTPFailure.self) { try base.appending(path: path) }
        #expect(failure?.description.contains("does not lead downwards") == true)
    }

    @Test(
        "a header that would not stay on its line is refused without its value",
        arguments: [
            HTTPHeader("A", "s3cret\r\nB: c"), HTTPHeader("A", "s3cret\n"),
            HTTPHeader("A", "\u{0}s3cret"), HTTPHeader("A: s3cret", ""), HTTPHeader("", "s3cret"),
            HTTPHeader("Ä", "s3cret"),
        ])
    func invalidHeader(header: HTTPHeader) throws {
        let url = try HTTPURL("https://a.example/")
        let error = #expect(throws: HTTPFailure.self) {
            try HTTPRequest(.get, url, headers: [header])
        }
        #expect(error == .invalidHeader(name: header.name))
        #expect(header.name.contains("s3cret") || error?.description.contains("s3cret") == false)
    }
}
