import Console
import Testing

@Suite("What is not shown")
struct SecrecyTests {
    private static let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"
    private static let pem = "-----BEGIN PRIVATE KEY-----MIGHAgEAMBMGByqGSM49-----END PRIVATE KEY-----"

    @Test(
        "a word with the looks of a key, a token or a password is named by its length",
        arguments: [
            jwt, pem, "@\(jwt)", "dir/\(jwt)", "KEY=\(jwt)", "ghp_abcdefghijklmnopqrst",
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg", "two\nlines",
            "https://user:word@host.example/path", "x -----BEGIN A", String(repeating: "x", count: 256),
        ])
    func secrets(word: String) {
        #expect(mayBeSecret(word))
        #expect(quoted(word) == "[\(word.count) characters not shown]")
    }

    @Test(
        "a name is quoted",
        arguments: [
            "app", "dist/retry-run-0.1.0-x86_64-unknown-linux-gnu.tar.gz", "ghp", "5q", "a@b.example",
            "https://oauth2.sigstore.dev/auth", "/home/me/.sigstore/root/remote.json",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "release@v1", "RELEASE_NOTES_2026.md",
        ])
    func names(word: String) {
        #expect(quoted(word) == "'\(word)'")
    }

    @Test("of a text only the secrets go")
    func text() {
        #expect(withoutSecrets("cannot read 'app'") == "cannot read 'app'")
        #expect(
            withoutSecrets("of '\(Self.jwt)', and \(Self.pem)!")
                == "of '[\(Self.jwt.count) characters not shown]', and "
                + "[\(Self.pem.count) characters not shown]!")
        #expect(
            withoutSecrets("GET https://u:p@h.example/x")
                == "GET https://[3 characters not shown]@h.example/x")
        // The identifier of a log.
        let identifier = "the log wNI9atQGlz+VWfO6LRygH4QUfY/8W4RFwiT5i5WRgB0="
        #expect(withoutSecrets(identifier) == identifier)
    }

    @Test("of a parser's message the names of options stay, values and what is no option go")
    func parser() {
        #expect(
            withoutValues("Unknown option '--nox'", of: ["--nox=secret"]) == "unknown option '--nox'")
        #expect(
            withoutValues(
                "The value 'tok' is invalid for '--login <how>'\nUsage:", of: ["--login", "tok"])
                == "the value [3 characters not shown] is invalid for '--login <how>'")
        #expect(
            withoutValues("invalid option: -----BEGIN X", of: ["-----BEGIN X"])
                == "invalid option: [12 characters not shown]")
    }

    @Test("an option is two hyphens and a short name, or one and a letter")
    func options() {
        #expect(optionName("--key=value") == "--key")
        #expect(optionName("-a") == "-a")
        for word in ["-----BEGIN X-----", "--", "-", "app", "-asecret", "--a b", "--" + Self.jwt] {
            #expect(optionName(word) == nil, "\(word)")
        }
    }
}
