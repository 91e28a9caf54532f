import Foundation
import SigningCrypto
import Testing

@testable import OCI

@Suite("References")
struct ReferenceTests {
    private let hex = String(repeating: "ab", count: 32)

    @Test(
        "a reference is a host, a repository, and a tag or a digest; without a host it is Docker Hub's",
        arguments: [
            ("alpine", "index.docker.io/library/alpine:latest"),
            ("me/app:1.0", "index.docker.io/me/app:1.0"),
            ("docker.io/me/app", "index.docker.io/me/app:latest"),
            ("ghcr.io/Org", nil), ("ghcr.io/org/app:v1", "ghcr.io/org/app:v1"),
            ("GHCR.io/org/app", "ghcr.io/org/app:latest"),
            ("localhost/app", "localhost/app:latest"),
            ("localhost:5000/a/b_c/d__e/f--g.h:T", "localhost:5000/a/b_c/d__e/f--g.h:T"),
            ("127.0.0.1:5000/app", "127.0.0.1:5000/app:latest"),
            ("[::1]:5000/app:x", "[::1]:5000/app:x"), ("host:5000", nil),
            ("h.example/app:", nil), ("h.example/app:-x", nil), ("h.example/", nil),
            ("h.example", "index.docker.io/library/h.example:latest"),
            ("h.example:0/app", nil), ("h.example:70000/app", nil), (":5000/app", nil),
            ("h.example//app", nil), ("h.example/a..b", nil), ("h.example/a___b", nil),
            ("h.example/-a", nil), ("h.example/a-", nil), ("h.example/a/", nil),
            ("h.example/a?x=y", nil), ("h_x.example/app", nil), ("", nil), ("h.example/ä", nil),
        ])
    func parsing(text: String, expected: String?) throws {
        if text == "host:5000" {
            #expect(try ImageReference(text).tag == "5000")
        } else {
            #expect((try? ImageReference(text))?.description == expected)
        }
    }

    @Test("a digest counts more than the tag beside it, and is sha256 in lower case")
    func digests() throws {
        let reference = try ImageReference("h.example/app:v1@sha256:\(hex)")
        #expect(reference.manifestName == "sha256:\(hex)")
        #expect(reference.tag == "v1")
        #expect(try ImageReference("h.example/app@sha256:\(hex)").tag == nil)
        for bad in ["sha256:\(hex.uppercased())", "sha256:ab", "sha512:\(hex)\(hex)", ""] {
            #expect(throws: ReferenceError.digest(bad)) {
                _ = try ImageReference("h.example/app@\(bad)")
            }
        }
    }

    @Test("a bad reference is refused in one sentence that names the part")
    func sentences() {
        for (text, part) in [
            ("h.example/App", "'App' is not a repository"), ("h.example/a:ü", "'ü' is no tag"),
            ("h.example:x/a", "'h.example:x' is no host"), ("h.example/a@md5:0", "'md5:0' is no"),
            ("", "empty"), ("h.example/", "no repository"),
        ] {
            let error = #expect(throws: ReferenceError.self) { _ = try ImageReference(text) }
            #expect(error.map { "\($0)".contains(part) && !"\($0)".contains("\n") } == true)
        }
    }

    @Test(
        "what is stored of a repository is read back, and anything else is refused",
        arguments: [
            ("ghcr.io/a@evil.example", "app"), ("ghcr.io", "../app"), ("ghcr.io", "App"),
            ("docker.io", "library/app"), ("", "app"), ("ghcr.io", ""), ("ghcr.io?", "app"),
        ])
    func stored(registry: String, path: String) throws {
        for name in ["ghcr.io/a/b", "app", "localhost:5000/app", "[::1]:5000/app"] {
            let repository = try Repository(name)
            let stored = try JSONEncoder().encode(repository)
            #expect(try JSONDecoder().decode(Repository.self, from: stored) == repository)
        }
        let text = #"{"registry":"\#(registry)","path":"\#(path)"}"#
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Repository.self, from: Data(text.utf8))
        }
    }

    @Test(
        "what is not on the Internet is known by its address",
        arguments: [
            ("127.0.0.1", true), ("10.1.2.3", true), ("172.16.0.1", true), ("172.32.0.1", false),
            ("192.168.0.1", true), ("169.254.169.254", true), ("100.64.0.1", true),
            ("0.0.0.0", true), ("8.8.8.8", false), ("[::1]", true), ("[fe80::1]", true),
            ("[fd00::1]", true), ("[::ffff:127.0.0.1]", true), ("[::ffff:8.8.8.8]", false),
            ("[2001:db8::1]", false), ("localhost", true), ("a.localhost.", true),
            ("metadata.google.internal", true), ("storage.example", false),
        ])
    func internalHosts(host: String, isInternal: Bool) {
        #expect(InternalHost.isInternal(host) == isInternal)
    }
}
