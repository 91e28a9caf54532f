import Foundation
import Glibc
import OperatingSystem
import Testing

@testable import retry_run_sigstore

@Suite("Starting a browser")
struct BrowserTests {
    private let folder: ScriptFolder
    private static let page = "https://login.example/?a=b%20c&d=$HOME;e"

    init() throws {
        folder = try ScriptFolder()
    }

    /// Runs a command of `$BROWSER` to its end; nil where nothing was started.
    private func run(_ variable: String) -> (hasFailed: Bool, hasEnded: Bool)? {
        guard let browser = Browser(showing: Self.page, variable: variable) else { return nil }
        let hasEnded = firstReady(of: [browser.descriptor], until: soon()) == 0
        return (browser.hasFailed(), hasEnded)
    }

    private func script(_ text: String) throws -> String {
        "sh \(try folder.write("browser", text))"
    }

    @Test("the page is the last word, or where %s is; no shell reads it")
    func words() throws {
        let script = try script(#"printf '%s\n' "$@" > "\#(folder.file("words"))""#)
        for (suffix, expected) in [
            ("", [Self.page]), (" --new", ["--new", Self.page]),
            (" --url=%s --new", ["--url=\(Self.page)", "--new"]),
        ] {
            let ending = try #require(run(script + suffix))
            #expect(ending.hasEnded)
            #expect(!ending.hasFailed)
            #expect(try folder.lines(of: "words") == expected)
        }
    }

    @Test("of several commands the first that there is, is started")
    func list() throws {
        let script = try script(#"touch "\#(folder.file("started"))""#)
        #expect(run("/nonexistent/browser %s::\(script):false")?.hasFailed == false)
        #expect(FileManager.default.fileExists(atPath: folder.file("started")))
        #expect(run("/nonexistent/browser:/nonexistent/other") == nil)
    }

    @Test("a browser that ends with an error is told apart from one that passes the page on")
    func failure() {
        #expect(run("false")?.hasFailed == true)
        #expect(run("true")?.hasFailed == false)
    }

    @Test("it inherits no signal mask, no terminal, no descriptor and no process group")
    func surroundings() throws {
        let inherited = open("/dev/null", O_RDONLY)
        defer { close(inherited) }
        let script = try folder.write(
            "browser.py",
            """
            import os
            seen = []
            for descriptor in sorted(os.listdir("/proc/self/fd"), key=int):
                try: seen.append(descriptor + " " + os.readlink("/proc/self/fd/" + descriptor))
                except OSError: pass
            status = open("/proc/self/status").read().splitlines()
            seen += [line for line in status if line.startswith("SigBlk")]
            if os.getpgrp() == os.getpid(): seen.append("own group")
            open("\(folder.file("seen"))", "w").write("\\n".join(seen))
            """)
        var blocked = sigset_t()
        var before = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGUSR1)
        pthread_sigmask(SIG_BLOCK, &blocked, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        #expect(run("python3 \(script)")?.hasEnded == true)
        #expect(
            try folder.lines(of: "seen") == [
                "0 /dev/null", "1 /dev/null", "2 /dev/null", "SigBlk:\t0000000000000000",
                "own group",
            ])
    }

    @Test("it inherits no password, token or key, and all the rest")
    func secrets() throws {
        let secrets = [
            "COSIGN_PASSWORD": "hunter2", "SIGSTORE_ID_TOKEN": "a.b.c", "MY_KEY": "x",
            "DEPLOY": "-----BEGIN PRIVATE KEY-----", "JOB": "eyJhbGciOiJub25lIn0.e30.c2ln",
            "PROXY": "http://user:word@proxy.example:3128",
        ]
        for (name, value) in secrets { setenv(name, value, 1) }
        setenv("BROWSER_TEST", "kept", 1)
        defer { for name in secrets.keys { unsetenv(name) } }
        let script = try script(#"env > "\#(folder.file("env"))""#)

        #expect(run(script)?.hasEnded == true)
        let seen = try folder.lines(of: "env")
        for name in secrets.keys { #expect(!seen.contains { $0.hasPrefix("\(name)=") }, "\(name)") }
        #expect(seen.contains("BROWSER_TEST=kept"))
        #expect(seen.contains { $0.hasPrefix("PATH=") })
    }
}
