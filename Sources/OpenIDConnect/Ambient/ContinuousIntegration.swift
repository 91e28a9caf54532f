/// The CI system that a job runs in, as its variables tell.
enum ContinuousIntegration: String, CaseIterable {
    case gitHubActions = "GitHub Actions"
    case gitLab = "GitLab CI"
    case buildkite = "Buildkite"
    case circleCI = "CircleCI"
    case other = "this CI system"

    /// nil where no CI system says that it is one.
    init?(environment: [String: String]) {
        let found = Self.allCases.first { system in
            guard let value = environment[system.variable] else { return false }
            return !["", "0", "false"].contains(value.lowercased())
        }
        guard let found else { return nil }
        self = found
    }

    /// The variable by which the system is known.
    private var variable: String {
        switch self {
        case .gitHubActions: "GITHUB_ACTIONS"
        case .gitLab: "GITLAB_CI"
        case .buildkite: "BUILDKITE"
        case .circleCI: "CIRCLECI"
        case .other: "CI"
        }
    }

    /// What the job has to be given so that it can get a token.
    func remedy(audience: String) -> String {
        switch self {
        case .gitHubActions:
            "it needs 'permissions: id-token: write', which pull requests from forks never have"
        case .gitLab:
            "it needs 'id_tokens: \(tokenVariable(audience: audience)): aud: \(audience)'"
        case .buildkite:
            "it needs BUILDKITE_AGENT_ACCESS_TOKEN and BUILDKITE_JOB_ID of the agent's environment"
        case .circleCI, .other:
            "it needs one in SIGSTORE_ID_TOKEN or --identity-token"
        }
    }
}

/// GitLab's variable for a token of that audience: `SIGSTORE_ID_TOKEN` for `sigstore`.
///
/// In upper case, with `_` for every character but `A` to `Z`, digits and `_`, and for a digit at
/// the start.
func tokenVariable(audience: String) -> String {
    var name = ""
    for scalar in audience.uppercased().unicodeScalars {
        switch scalar {
        case "A"..."Z", "_": name.unicodeScalars.append(scalar)
        case "0"..."9" where !name.isEmpty: name.unicodeScalars.append(scalar)
        default: name += "_"
        }
    }
    return name + "_ID_TOKEN"
}
