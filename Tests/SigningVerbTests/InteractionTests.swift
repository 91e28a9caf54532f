import Console
import OpenIDConnect
import Sigstore
import Testing

@testable import retry_run_sigstore

@Suite("Asking a person to log in")
struct InteractionTests {
    private let folder: ScriptFolder

    init() throws {
        folder = try ScriptFolder()
    }

    private func browse(
        _ browser: String, cancellation: Int32? = nil,
        until deadline: ContinuousClock.Instant = soon()
    ) -> LoginInput {
        Interaction(reporter: Reporter(), cancellation: cancellation, browser: browser)
            .browse(until: deadline, isAwaited: { $0 == "code=c0de" }) { "\($0)?code=c0de" }
    }

    @Test("the query is the one that the browser comes with")
    func visit() throws {
        let browser = try browser(in: folder)
        #expect(browse(browser) == .text("code=c0de"))
    }

    @Test("a browser that cannot be started or fails is not waited for")
    func noBrowser() {
        #expect(
            browse("/nonexistent/browser") == .unavailable(reason: "no browser can be started"))
        #expect(browse("false") == .unavailable(reason: "the browser has failed"))
    }

    @Test("a browser that shows nothing is waited for until the deadline or a cancellation")
    func silence() {
        let cancellation = Pipe("!")
        #expect(browse("true", cancellation: cancellation.reading) == .cancelled)
        #expect(browse("true", until: .now) == .timedOut)
    }

    @Test("a code is read from the terminal, unless there is none")
    func code() {
        let pipe = Pipe("c0de\n")
        var interaction = Interaction(reporter: Reporter(), cancellation: nil)
        interaction.terminal = pipe.path
        #expect(
            interaction.askForCode(page: "https://login.example/", until: soon()) == .text("c0de"))
        interaction.terminal = "/nonexistent/tty"
        #expect(
            interaction.askForCode(page: "https://login.example/", until: soon())
                == .unavailable(
                    reason: "there is no terminal to enter a code: no such file or directory"))
    }
}

/// A command for `$BROWSER` that does what a browser does whose person always agrees.
func browser(in folder: ScriptFolder) throws -> String {
    let script = try folder.write(
        "browser.py",
        """
        import sys, urllib.request
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(sys.argv[1], timeout=10).read()
        """)
    return "python3 \(script)"
}
