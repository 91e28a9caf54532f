package import HTTP
package import RetryEngine

/// Where to get an identity token without asking anybody.
package enum IdentitySource: Hashable, Sendable {
    /// A token, and the option or variable that it is from.
    case token(Secret, from: String)
    case file(String)
    case gitHubActions(url: String, requestToken: Secret)
    case buildkite(endpoint: String, job: String, accessToken: Secret)
    case circleCI
    /// The machine's service account, or the one that it is to speak for.
    case googleCloud(impersonated: String?)
}

extension IdentitySource {
    /// The file that something outside the process keeps a fresh token in.
    package static let projectedFile = "/var/run/sigstore/cosign/oidc-token"
    /// The file in which a machine tells its make.
    package static let productNameFile = "/sys/class/dmi/id/product_name"

    /// The first source there is.
    ///
    /// 1. `option`: a token, or `@` and the path of a file that holds one
    /// 2. in GitLab CI its variable for the audience; `SIGSTORE_ID_TOKEN`
    /// 3. GitHub Actions
    /// 4. the projected file
    /// 5. Buildkite
    /// 6. CircleCI
    /// 7. Google Cloud; within a CI system only if `GOOGLE_SERVICE_ACCOUNT_NAME` asks for it, so
    ///    that a job without permission does not sign in the name of the machine
    ///
    /// An empty variable is none.
    ///
    /// - Parameters:
    ///   - option: The value of `--identity-token`.
    ///   - productName: What is in `productNameFile`, nil without one.
    /// - Returns: nil where there is none and somebody may be asked.
    /// - Throws: `.notGranted` in a CI system, where nobody can be asked.
    package static func detect(
        option: String? = nil, audience: String = "sigstore", environment: [String: String],
        fileExists: (String) -> Bool, productName: String? = nil
    ) throws(IdentityError) -> IdentitySource? {
        func variable(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        if let option {
            return option.hasPrefix("@")
                ? .file(String(option.dropFirst()))
                : .token(Secret(option), from: "--identity-token")
        }
        let system = ContinuousIntegration(environment: environment)
        let ofAudience = system == .gitLab ? [tokenVariable(audience: audience)] : []
        for name in ofAudience + ["SIGSTORE_ID_TOKEN"] {
            if let token = variable(name) { return .token(Secret(token), from: name) }
        }
        if let url = variable("ACTIONS_ID_TOKEN_REQUEST_URL"),
            let token = variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
        {
            return .gitHubActions(url: url, requestToken: Secret(token))
        }
        if fileExists(projectedFile) { return .file(projectedFile) }
        if let token = variable("BUILDKITE_AGENT_ACCESS_TOKEN"),
            let job = variable("BUILDKITE_JOB_ID")
        {
            let endpoint = variable("BUILDKITE_AGENT_ENDPOINT")
            return .buildkite(
                endpoint: endpoint ?? "https://agent.buildkite.com/v3", job: job,
                accessToken: Secret(token))
        }
        if system == .circleCI { return .circleCI }
        let account = variable("GOOGLE_SERVICE_ACCOUNT_NAME")
        let product = productName?.split(whereSeparator: \.isNewline).first
        let isGoogle = product.map { ["Google", "Google Compute Engine"].contains($0) } ?? false
        if isGoogle, system == nil || account != nil { return .googleCloud(impersonated: account) }
        if let system {
            throw .notGranted(system: system.rawValue, remedy: system.remedy(audience: audience))
        }
        return nil
    }

    /// Whether the token is there already, and nobody has to be asked for it.
    package var isAtHand: Bool {
        switch self {
        case .token, .file: true
        case .gitHubActions, .buildkite, .circleCI, .googleCloud: false
        }
    }

    /// The provider for this source.
    package func provider<Clock: RetryClock>(
        client: HTTPClient<Clock>, readFile: @escaping FileReader,
        runCommand: @escaping CommandRunner<Clock.Instant>
    ) -> any IdentityProvider<Clock.Instant> {
        switch self {
        case .token(let token, let name):
            StaticTokenProvider(name: name, token: token)
        case .file(let path):
            TokenFileProvider(path: path, readFile: readFile)
        case .gitHubActions(let url, let requestToken):
            GitHubActionsProvider(url: url, requestToken: requestToken, client: client)
        case .buildkite(let endpoint, let job, let accessToken):
            BuildkiteProvider(
                endpoint: endpoint, job: job, accessToken: accessToken, client: client)
        case .circleCI:
            CircleCIProvider(runCommand: runCommand)
        case .googleCloud(let impersonated):
            GoogleCloudProvider(impersonated: impersonated, client: client)
        }
    }
}
