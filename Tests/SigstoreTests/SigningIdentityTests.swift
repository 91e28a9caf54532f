import FoundationEssentials
import HTTP
import JSON
import OpenIDConnect
import Patterns
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Signing identities")
struct SigningIdentityTests {
    private func expectations(
        _ claims: [String: JSONValue?], _ expectation: IdentityExpectation = .anyone
    ) throws -> CertificateExpectations {
        CertificateExpectations(expectation, token: try IdentityFixture.token(claims))
    }

    @Test(
        "the certificate has to be for the token's e-mail address, by its issuer or the one behind it"
    )
    func email() throws {
        let expected = try expectations([
            "iss": "https://dex.example", "email": "a@example.com", "email_verified": .bool(true),
            "federated_claims": ["connector_id": "https://accounts.example"],
        ])

        #expect(expected.identity?.accepts("a@example.com") == true)
        #expect(expected.identity?.accepts("b@example.com") == false)
        #expect(expected.issuer?.accepts("https://dex.example") == true)
        #expect(expected.issuer?.accepts("https://accounts.example") == true)
        #expect(expected.issuer?.accepts("https://other.example") == false)
    }

    @Test("what else a name is made from is the authority's to say")
    func workflow() throws {
        let expected = try expectations([:])

        #expect(expected.identity == nil)
        #expect(expected.issuer?.accepts(IdentityFixture.issuer) == true)
        #expect(expected.issuer?.accepts("https://other.example") == false)
    }

    @Test("what the user expects has to be in the certificate too")
    func user() throws {
        let name = "https://github.com/\(IdentityFixture.workflow)"
        let expected = try expectations(
            [:],
            IdentityExpectation(
                identity: .exactly(name), issuer: .exactly(IdentityFixture.issuer)))

        #expect(expected.identity?.accepts(name) == true)
        #expect(expected.identity?.accepts("https://github.com/other") == false)
    }
}
