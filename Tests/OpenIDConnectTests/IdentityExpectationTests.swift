import JSON
import Patterns
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("Expected identities")
struct IdentityExpectationTests {
    private func accepts(
        _ identity: String?, by issuer: String? = nil, _ claims: [String: JSONValue?] = [:]
    ) throws -> Bool {
        let expectation = IdentityExpectation(
            identity: identity.map { .exactly($0) }, issuer: issuer.map { .exactly($0) })
        let token = try IdentityFixture.token(claims)
        return (try? expectation.check(token)) != nil
    }

    @Test("without an expectation anybody is fine")
    func anyone() throws {
        #expect(try accepts(nil))
    }

    @Test("a job is known by the name in its certificate and by its subject")
    func jobs() throws {
        let circle = "oidc.circleci.com"
        let github = "https://github.com/\(IdentityFixture.workflow)"

        #expect(try accepts(github))
        #expect(try accepts(IdentityFixture.subject))
        #expect(try !accepts("\(github)x"))
        #expect(try accepts("https://g/p//c@r", ["ci_config_ref_uri": "g/p//c@r"]))
        #expect(
            try accepts(
                "https://buildkite.com/o/p", ["organization_slug": "o", "pipeline_slug": "p"]))
        #expect(
            try accepts(
                "https://circleci.com/api/v2/projects/1/pipeline-definitions/2",
                ["\(circle)/project-id": "1", "\(circle)/pipeline-definition-id": "2"]))
    }

    private func accepts(_ identity: String, _ claims: [String: JSONValue?]) throws -> Bool {
        try accepts(identity, by: nil, claims)
    }

    @Test("an e-mail address is the only name of a token that has one")
    func email() throws {
        #expect(try accepts("a@b.c", ["email": "a@b.c"]))
        #expect(try !accepts(IdentityFixture.subject, ["email": "a@b.c"]))
        #expect(
            try !accepts("https://github.com/\(IdentityFixture.workflow)", ["email": "a@b.c"]))
    }

    @Test("the issuer is who really vouches, not who passes it on")
    func issuer() throws {
        let federated: [String: JSONValue?] = ["federated_claims": ["connector_id": "https://real"]]

        #expect(try accepts(nil, by: IdentityFixture.issuer))
        #expect(try !accepts(nil, by: "https://real"))
        #expect(try accepts(nil, by: "https://real", federated))
        #expect(try !accepts(nil, by: IdentityFixture.issuer, federated))
    }

    @Test("a refusal names both sides")
    func texts() throws {
        let token = try IdentityFixture.token(["job_workflow_ref": "o/r/w@main"])
        func text(_ expectation: IdentityExpectation) -> String? {
            #expect(throws: IdentityError.self) { try expectation.check(token) }?.description
        }

        #expect(
            text(IdentityExpectation(identity: .exactly("x"), issuer: nil))
                == "expected the identity 'x', the identity token is of "
                + "'https://github.com/o/r/w@main', '\(IdentityFixture.subject)'")
        #expect(
            text(IdentityExpectation(identity: nil, issuer: .exactly("https://x")))
                == "expected the issuer 'https://x', the identity token is of "
                + "'\(IdentityFixture.issuer)'")
    }
}
