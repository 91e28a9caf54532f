import Foundation
import HTTP
import TestSupport
import Testing

@Suite("CurlTransport with TLS and proxies")
struct CurlTransportTLSTests {
    private func exchange(
        _ url: HTTPURL, authorities: String? = nil, environment: [String: String] = [:],
        proxy: [String: String] = [:],
        headers: [HTTPHeader] = [], body: [UInt8]? = nil
    ) throws -> HTTPResponse {
        let transport = try CurlTransport(
            userAgent: "x",
            certificateAuthorities: authorities.map { CertificateAuthorities(only: $0) }
                ?? CertificateAuthorities(environment: environment),
            proxy: ProxySettings(environment: proxy))
        let request = try HTTPRequest(
            body.map { .post(body: $0, contentType: "text/plain") } ?? .get, url,
            headers: headers)
        return try transport.exchange(request, timeout: .seconds(5))
    }

    private func failure(_ exchange: () throws -> HTTPResponse) throws -> HTTPFailure {
        try #require(throws: HTTPFailure.self) { _ = try exchange() }
    }

    @Test("an unknown authority is refused for good, and nothing is sent")
    func unknownAuthority() throws {
        let server = try TestServer(tls: TestCertificate.valid.get())
        let failure = try failure { try exchange(server.url("/ok")) }

        #expect(failure.className == "tls")
        #expect(failure.failureClass == .permanent)
        #expect(failure.description.contains("certificate"))
        #expect(try server.requests.isEmpty)
    }

    @Test("the given authorities are trusted, and they alone")
    func givenAuthority() throws {
        let certificate = try TestCertificate.valid.get()
        let server = try TestServer(tls: certificate)

        #expect(try exchange(server.url("/ok"), authorities: certificate.path).status == 200)
        let other = try TestCertificate.expired.get().path
        #expect(
            try failure { try exchange(server.url("/ok"), authorities: other) }.className == "tls")
    }

    @Test(
        "a connection that breaks in the handshake is a failed one: nothing is sent, another may do",
        arguments: [
            "eof", "reset", "alert-40", "alert-80", "alert-112", "http", "nonsense", "half",
        ])
    func brokenHandshake(way: String) throws {
        let certificate = try TestCertificate.valid.get()
        let url = try TestServer.breaking(way, certificate)
        let failure = try failure { try exchange(url, authorities: certificate.path, body: [1]) }

        #expect(failure.failureClass == .notSent, "\(failure)")
        #expect(!failure.mayHaveTakenEffect)
    }

    @Test("SSL_CERT_FILE stands in for the system's file, and a given file for that")
    func certificateFile() throws {
        let certificate = try TestCertificate.valid.get()
        let other = try TestCertificate.expired.get().path
        let server = try TestServer(tls: certificate)
        func failure(_ file: String) throws -> HTTPFailure {
            try self.failure {
                try exchange(server.url("/ok"), environment: ["SSL_CERT_FILE": file])
            }
        }

        let environment = ["SSL_CERT_FILE": certificate.path, "SSL_CERT_DIR": ""]
        #expect(try exchange(server.url("/ok"), environment: environment).status == 200)
        #expect(try failure(other).className == "tls")
        #expect(try failure("").className == "tls")
        #expect(
            try failure("/none.pem").description.hasSuffix("SSL_CERT_FILE names cannot be read)"))
        #expect(
            try self.failure {
                try exchange(server.url("/ok"), authorities: other, environment: environment)
            }.className == "tls")
    }

    @Test(
        "SSL_CERT_DIR takes folders with OpenSSL's index and, as Go does, without",
        arguments: [0, 1, 2])
    func certificateFolders(depth: Int) throws {
        let certificate = try TestCertificate.valid.get()
        let server = try TestServer(tls: certificate)
        let folder = try ServerProcess.shared.get().ask("folder") + "/trusted\(depth)"
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try files.copyItem(atPath: certificate.path, toPath: folder + "/any.name")
        try Data("no certificate".utf8).write(to: URL(fileURLWithPath: folder + "/README"))
        if depth == 1 { _ = try ServerProcess.shared.get().ask("rehash \(folder)") }
        let path = depth == 2 ? "/none:\(folder)" : folder

        #expect(try exchange(server.url("/ok"), environment: ["SSL_CERT_DIR": path]).status == 200)
    }

    @Test("the file is read only for a server whose authority is in no folder with an index")
    func certificateFileUnread() throws {
        let certificate = try TestCertificate.valid.get()
        let other = try TestCertificate.expired.get()
        let server = try TestServer(tls: certificate)
        let folder = try ServerProcess.shared.get().ask("folder")
        let files = FileManager.default
        func indexed(_ name: String, _ file: String) throws -> String {
            try files.createDirectory(atPath: folder + name, withIntermediateDirectories: true)
            try files.copyItem(atPath: file, toPath: folder + name + "/any.pem")
            _ = try ServerProcess.shared.get().ask("rehash \(folder + name)")
            return folder + name
        }
        let unreadable = folder + "/garbage.pem"
        try Data("no certificate".utf8).write(to: URL(fileURLWithPath: unreadable))

        let with = [
            "SSL_CERT_DIR": try indexed("/with", certificate.path), "SSL_CERT_FILE": unreadable,
        ]
        #expect(try exchange(server.url("/ok"), environment: with).status == 200)
        let without = ["SSL_CERT_DIR": try indexed("/without", other.path)]
        for (file, isTrusted) in [(certificate.path, true), (unreadable, false)] {
            let environment = without.merging(["SSL_CERT_FILE": file]) { $1 }
            let answer = try? exchange(server.url("/ok"), environment: environment)
            #expect((answer?.status == 200) == isTrusted)
        }
        #expect(try server.requests.count == 2)
    }

    @Test("a connection that is not made in time leaves the request not sent")
    func connectLimit() throws {
        let transport = try CurlTransport(userAgent: "x", connectLimit: .milliseconds(100))
        let request = try HTTPRequest(.get, TestServer.mute())
        let start = ContinuousClock.now
        let failure = try failure { try transport.exchange(request, timeout: .seconds(20)) }

        #expect(failure.failureClass == .notSent)
        #expect(start.duration(to: .now) < .seconds(5))
    }

    @Test("a certificate of another name is refused")
    func otherName() throws {
        let certificate = try TestCertificate.valid.get()
        let server = try TestServer(tls: certificate)
        let failure = try failure {
            try exchange(server.url("/ok", host: "localhost"), authorities: certificate.path)
        }

        #expect(failure.className == "tls")
        #expect(try server.requests.isEmpty)
    }

    @Test("an expired certificate makes one ask for the clock")
    func expired() throws {
        let certificate = try TestCertificate.expired.get()
        let server = try TestServer(tls: certificate)
        let failure = try failure {
            try exchange(server.url("/ok"), authorities: certificate.path)
        }

        #expect(failure.className == "tls")
        #expect(failure.description.hasSuffix("(is the clock of this machine right?)"))
    }

    @Test("a file of authorities that is not there is named as such")
    func missingAuthorities() throws {
        let server = try TestServer(tls: TestCertificate.valid.get())
        let failure = try failure { try exchange(server.url("/ok"), authorities: "/none.pem") }

        #expect(failure.className == "tls")
        #expect(failure.description.contains("/none.pem"))
    }

    @Test("a TLS server that drops a long body half sent leaves the outcome unknown")
    func droppedBody() throws {
        let certificate = try TestCertificate.valid.get()
        let server = try TestServer(tls: certificate)
        let body = [UInt8](repeating: 65, count: 8 << 20)
        let failure = try failure {
            try exchange(server.url("/slam"), authorities: certificate.path, body: body)
        }

        #expect(failure.failureClass == .unknownOutcome)
    }

    @Test("a redirect of a GET is followed to https")
    func redirect() throws {
        let certificate = try TestCertificate.valid.get()
        let target = try TestServer(tls: certificate)
        let server = try TestServer()
        let response = try exchange(
            server.url("/redirect/https/\(target.port)"), authorities: certificate.path)

        #expect(response.status == 200)
        #expect(response.body == Array("connection 1, request 1".utf8))
        #expect(response[header: "Location"] == nil)
    }

    @Test(
        "a proxy is asked to connect, and sees nothing of the request",
        arguments: ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
    func proxy(variable: String) throws {
        let proxy = try TestServer()
        let failure = try failure {
            try exchange(
                HTTPURL("https://down.invalid/path?s3cret"),
                proxy: [variable: "http://me:s3cret@127.0.0.1:\(proxy.port)"],
                headers: [HTTPHeader("Authorization", "s3cret", isSecret: true)])
        }

        // The proxy does not reach the service now; that may be otherwise in a moment.
        #expect(failure.failureClass == .notSent)
        #expect(failure.description.contains("503"))
        let request = try #require(try proxy.requests.first)
        #expect(request.method == "CONNECT")
        #expect(request.target == "down.invalid:443")
        #expect(request.headers?["authorization"] == nil)
        #expect(request.headers?["proxy-authorization"]?.hasPrefix("Basic ") == true)
        #expect(try proxy.requests.count == 1)
    }

    @Test("a proxy that will not have us is permanent")
    func refusingProxy() throws {
        let proxy = try TestServer()
        let failure = try failure {
            try exchange(
                HTTPURL("https://refuse.invalid/"),
                proxy: ["https_proxy": "127.0.0.1:\(proxy.port)"])
        }

        #expect(failure.failureClass == .permanent)
        #expect(failure.description.contains("407"))
    }

    @Test("a proxy's 5xx is worth another attempt, whatever its number", arguments: [529, 598])
    func unknownProxyStatus(status: Int) throws {
        let proxy = try TestServer()
        let failure = try failure {
            try exchange(
                HTTPURL("https://status\(status).invalid/"),
                proxy: ["https_proxy": "127.0.0.1:\(proxy.port)"])
        }

        #expect(failure.failureClass == .notSent)
    }

    @Test("an empty variable is unset: the one in upper case counts")
    func emptyProxy() throws {
        let proxy = try TestServer()
        let failure = try failure {
            try exchange(
                HTTPURL("https://refuse.invalid/"),
                proxy: [
                    "https_proxy": "", "HTTPS_PROXY": "127.0.0.1:\(proxy.port)", "no_proxy": "",
                    "NO_PROXY": "other.invalid",
                ])
        }

        #expect(failure.description.contains("407"))
    }

    @Test("a host of no_proxy is reached without the proxy", arguments: ["no_proxy", "NO_PROXY"])
    func noProxy(variable: String) throws {
        let certificate = try TestCertificate.valid.get()
        let server = try TestServer(tls: certificate)
        let proxy = try TestServer()
        let response = try exchange(
            server.url("/ok", host: "0.0.0.0"), authorities: certificate.path,
            proxy: [
                "https_proxy": "http://127.0.0.1:\(proxy.port)", variable: "a.example,0.0.0.0",
            ])

        #expect(response.status == 200)
        #expect(try proxy.connectionCount == 0)
    }

    @Test(
        "a proxy that cannot be used does not show its password",
        arguments: [
            "gopher://me:s3cret@127.0.0.1:1", "http://me:s3cret@127.0.0.1:1", "http://:s3cret@",
        ])
    func unusableProxy(address: String) throws {
        let failure = try failure {
            try exchange(HTTPURL("https://service.invalid/"), proxy: ["https_proxy": address])
        }

        #expect(!failure.description.contains("s3cret"))
        #expect(failure.failureClass != .unknownOutcome)
    }
}
