import FoundationEssentials
import JSON
import Patterns
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("Identity sessions")
struct IdentitySessionTests {
    private let now = IdentityFixture.now
    private let deadline = ContinuousClock().now

    private func session(
        _ provider: ScriptedProvider, expecting identity: String? = nil
    ) -> IdentitySession<ContinuousClock.Instant> {
        IdentitySession(
            provider: provider,
            expectation: IdentityExpectation(identity: identity.map { .exactly($0) }, issuer: nil))
    }

    @Test("a token is kept as long as it has 60 s left, then it is replaced")
    func refresh() throws {
        let tokens = [IdentityFixture.jwt(), IdentityFixture.jwt(expiresIn: 900)]
        let provider = ScriptedProvider(tokens)
        var session = session(provider)
        func text(after seconds: Double) throws -> String {
            try session.token(at: now.addingTimeInterval(seconds), deadline: deadline).text
        }

        #expect(try text(after: 0) == tokens[0])
        #expect(try text(after: 240) == tokens[0])
        #expect(provider.calls == 1)
        #expect(try text(after: 240.1) == tokens[1])
        #expect(try text(after: 300) == tokens[1])
        #expect(provider.calls == 2)
    }

    @Test("a token that cannot be replaced is used to its end, and then that is said")
    func notRefreshable() throws {
        let token = IdentityFixture.jwt()
        let provider = ScriptedProvider([token, token], isRefreshable: false)
        var session = session(provider)

        for seconds in [0.0, 241, 299] {
            let time = now.addingTimeInterval(seconds)
            #expect(try session.token(at: time, deadline: deadline).text == token)
        }
        let end = now.addingTimeInterval(600)
        let error = #expect(throws: IdentityError.self) {
            try session.token(at: end, deadline: deadline)
        }
        #expect(
            error?.description
                == "the identity token from a script expired at 2026-01-01T00:05:00Z, "
                + "it is now 2026-01-01T00:10:00Z, and there is no newer one to ask for")
        #expect(provider.calls == 1)
    }

    @Test("a new token that has expired already is refused as such")
    func staleRefresh() throws {
        let provider = ScriptedProvider([IdentityFixture.jwt()])
        var session = session(provider)
        let end = now.addingTimeInterval(600)

        #expect(throws: IdentityError.expired(since: now.addingTimeInterval(300), now: end)) {
            try session.token(at: end, deadline: deadline)
        }
    }

    @Test("a token that was made just now is handed out, whatever the local clock says of it")
    func issued() throws {
        let token = IdentityFixture.jwt()
        let provider = ScriptedProvider([token], isRefreshable: false, issuesTokens: true)
        var session = session(provider)

        for seconds in [-600.0, 600, 1200] {
            let time = now.addingTimeInterval(seconds)
            #expect(try session.token(at: time, deadline: deadline).text == token)
        }
    }

    @Test("a token for others or of somebody else is never handed out, nor is it kept")
    func refused() throws {
        let provider = ScriptedProvider([
            IdentityFixture.jwt(["aud": "other"]), IdentityFixture.jwt(["sub": "other"]),
            IdentityFixture.jwt(),
        ])
        var session = session(provider, expecting: IdentityFixture.subject)

        #expect(throws: IdentityError.wrongAudience(expected: "sigstore", found: ["other"])) {
            try session.token(at: now, deadline: deadline)
        }
        let error = #expect(throws: IdentityError.self) {
            try session.token(at: now, deadline: deadline)
        }
        guard case .unexpectedIdentity = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try session.token(at: now, deadline: deadline).subject == IdentityFixture.subject)
        #expect(provider.calls == 3)
    }

    @Test("the audience of the session is the one that is asked for and checked")
    func otherAudience() throws {
        var session = IdentitySession(
            provider: ScriptedProvider([IdentityFixture.jwt(["aud": "other"])]), audience: "other")

        #expect(try session.token(at: now, deadline: deadline).audience == ["other"])
    }
}
