import JSON

/// Whom a token is for.
package enum SandboxIdentity: String, Sendable, CaseIterable {
    /// A person, as Dex knows one.
    case email
    /// A run of a workflow, as GitHub Actions knows one.
    case github

    /// The path of its issuer.
    var issuerPath: String { self == .email ? "/auth" : "/actions" }

    /// How Fulcio's configuration calls such issuers.
    var issuerType: String { self == .email ? "email" : "github-workflow" }

    var challengeClaim: String { self == .email ? "email" : "sub" }

    package static let emailAddress = "maintainer@example.com"
    package static let workflow =
        "https://github.com/example/app/.github/workflows/release.yml@refs/tags/v1.2.3"

    /// The name that certificates have.
    package var subject: String { self == .email ? Self.emailAddress : Self.workflow }

    /// The claims besides the issuer, the audience and the times.
    var claims: [String: JSONValue] {
        switch self {
        case .email:
            [
                "sub": .string("CgVhbGljZRIFbG9jYWw"),
                "email": .string(Self.emailAddress),
                "email_verified": .bool(true),
            ]
        case .github:
            Self.workflowClaims.mapValues(JSONValue.string)
        }
    }

    private static let workflowClaims = [
        "sub": "repo:example/app:ref:refs/tags/v1.2.3",
        "event_name": "push",
        "environment": "release",
        "job_workflow_ref": "example/app/.github/workflows/release.yml@refs/tags/v1.2.3",
        "job_workflow_sha": "5a1e0c2f7d9b4c38a6e1f0d2b3c4a59687786950",
        "ref": "refs/tags/v1.2.3",
        "ref_type": "tag",
        "repository": "example/app",
        "repository_id": "700000001",
        "repository_owner": "example",
        "repository_owner_id": "600000001",
        "repository_visibility": "public",
        "run_attempt": "1",
        "run_id": "9000000001",
        "run_number": "42",
        "runner_environment": "github-hosted",
        "sha": "5a1e0c2f7d9b4c38a6e1f0d2b3c4a59687786950",
        "workflow": "Release",
        "workflow_ref": "example/app/.github/workflows/release.yml@refs/tags/v1.2.3",
        "workflow_sha": "5a1e0c2f7d9b4c38a6e1f0d2b3c4a59687786950",
    ]
}
