import Console
import HTTP
import OpenIDConnect
import Sigstore
import SigstoreSandbox
import Testing

@testable import retry_run_sigstore

@Suite("Logging in at the sandbox's issuer")
struct LoginTests {
    private let folder: ScriptFolder
    private let clock = WakefulClock()

    init() throws {
        folder = try ScriptFolder()
    }

    /// Logs in at a sandbox of its own.
    private func login(
        _ way: Interaction.Way = .browser, browser: String, faults: [String] = [],
        path: String = "/auth"
    ) throws -> IdentityToken {
        let interaction = Interaction(
            reporter: Reporter(), cancellation: nil, browser: browser, terminal: "/nonexistent/tty")
        return try withSandbox(faults) { address, client in
            try interaction.provider(way, issuer: address + path, client: client, clock: clock)
                .token(audience: "sigstore", deadline: soon())
        }
    }

    private func withSandbox<Value>(
        _ faults: [String] = [],
        _ body: (_ address: String, HTTPClient<WakefulClock>) throws -> Value
    ) throws -> Value {
        let server = try SandboxServer(faults: faults.map { try FaultPlan($0) })
        defer { try? server.stop() }
        let transport = try CurlTransport(userAgent: "retry-run-tests")
        return try body(
            server.sandbox.addresses[.issuer], HTTPClient(transport: transport, clock: clock))
    }

    @Test("a browser that is sent back gives a token of the person")
    func browser() throws {
        let token = try login(browser: try SigningVerbTests.browser(in: folder))

        #expect(token.email == SandboxIdentity.emailAddress)
        #expect(token.audience == ["sigstore"])
    }

    @Test("a code from another browser gives one too")
    func outOfBand() throws {
        let token = try withSandbox { address, client in
            try BrowserLogin(
                issuer: address + "/auth", client: client, clock: clock, interaction: Typist()
            ).token(audience: "sigstore", deadline: soon())
        }
        #expect(token.email == SandboxIdentity.emailAddress)
    }

    @Test("another device gives one once the person has agreed")
    func device() throws {
        let token = try login(.device, browser: "false")

        #expect(token.email == SandboxIdentity.emailAddress)
        // The issuer's own interval, once.
        #expect(clock.pauses == [.seconds(1)])
    }

    @Test("a service that fails once is asked again on the way")
    func outages() throws {
        let faults = ["issuer/discovery:1=html502", "issuer/login:1=503"]
        let token = try login(browser: try SigningVerbTests.browser(in: folder), faults: faults)

        #expect(token.email == SandboxIdentity.emailAddress)
    }

    @Test("a code whose answer was lost is not taken twice, and the message says so")
    func lostAnswer() throws {
        let browser = try SigningVerbTests.browser(in: folder)
        let error = #expect(throws: IdentityError.self) {
            try login(browser: browser, faults: ["issuer/login:1=cut"])
        }
        #expect(error?.className == "login-code-spent")
        #expect(error?.description.hasSuffix("is not taken any more: invalid_grant") == true)
    }

    @Test("without a browser and a terminal there is no login")
    func noPerson() throws {
        let error = #expect(throws: IdentityError.self) {
            try login(browser: "/nonexistent/browser")
        }
        #expect(error?.className == "login-impossible")
    }

    @Test("an issuer at which nobody logs in is refused")
    func workflowIssuer() throws {
        for way in [Interaction.Way.browser, .device] {
            let error = #expect(throws: IdentityError.self) {
                try login(way, browser: "false", path: "/actions")
            }
            #expect(error?.className == "login-discovery")
        }
    }
}

/// A person whose browser is on another machine, and who types what it shows.
private struct Typist: LoginInteraction {
    func browse(
        until deadline: ContinuousClock.Instant,
        isAwaited: @escaping @Sendable (_ query: String) -> Bool,
        page: (_ redirectURI: String) -> String
    ) -> LoginInput {
        .unavailable(reason: "no browser")
    }

    func askForCode(page: String, until deadline: ContinuousClock.Instant) -> LoginInput {
        do {
            return .text(String(decoding: try get(page).body, as: UTF8.self))
        } catch {
            return .unavailable(reason: "\(error)")
        }
    }
}
