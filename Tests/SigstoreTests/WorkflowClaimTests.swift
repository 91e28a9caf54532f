import JSON
import Patterns
import SigningCrypto
import Sigstore
import TestSupport
import Testing

@Suite("Claims about a workflow")
struct WorkflowClaimTests {
    private static let claims: [WorkflowClaim: String] = [
        .trigger: "push", .sha: "0123456789abcdef0123456789abcdef01234567", .name: "Release",
        .repository: "o/r", .ref: "refs/tags/v1",
    ]

    private func verify(_ claims: [WorkflowClaim: String]) throws -> Verification {
        let root = try TrustedRoot(json: Documents.trustedRoot().text())
        let identity = "https://github.com/o/r/.github/workflows/w.yml@refs/tags/v1"
        return try Verifier(trustedRoot: root).verify(
            json: TestVector.read("accepted/identity-workflow.sigstore.json"),
            artifact: Artifact(digests: [Digest(of: TestVector.read("artifact.txt"))]),
            policy: VerificationPolicy(
                signer: .identity(
                    .exactly(identity), issuer: .exactly("https://accounts.example.com"),
                    workflow: claims)))
    }

    @Test("a certificate that makes all the claims is accepted")
    func allClaims() throws {
        #expect(try verify(Self.claims).issuer == "https://accounts.example.com")
    }

    @Test("a claim that is made differently is refused", arguments: WorkflowClaim.allCases)
    func otherClaim(claim: WorkflowClaim) throws {
        let found = try #require(Self.claims[claim])
        let expected = "\(found)x"

        #expect(throws: VerificationFailure.workflow(claim, expected: expected, found: found)) {
            try verify(Self.claims.merging([claim: expected]) { $1 })
        }
    }
}
