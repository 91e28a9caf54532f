import Testing

@testable import OpenIDConnect

@Suite("Identity sources")
struct IdentitySourceTests {
    /// The variables of all sources at once.
    private static let everything = [
        "CI": "true", "SIGSTORE_ID_TOKEN": "t1",
        "GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "https://a/?b",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "t2",
        "BUILDKITE_AGENT_ACCESS_TOKEN": "t3", "BUILDKITE_JOB_ID": "j", "CIRCLECI": "true",
        "GOOGLE_SERVICE_ACCOUNT_NAME": "a@b",
    ]

    private func detect(
        _ environment: [String: String] = [:], option: String? = nil,
        audience: String = "sigstore", files: Set<String> = [], product: String? = nil
    ) throws(IdentityError) -> IdentitySource? {
        try IdentitySource.detect(
            option: option, audience: audience, environment: environment,
            fileExists: files.contains, productName: product)
    }

    @Test("the first source in order is taken")
    func order() throws {
        let files: Set = [IdentitySource.projectedFile]
        var variables = Self.everything
        func next(dropping names: String...) throws -> IdentitySource? {
            for name in names { variables[name] = nil }
            return try detect(variables, files: files, product: "Google\n")
        }

        #expect(
            try detect(variables, option: "t0", files: files)
                == .token(Secret("t0"), from: "--identity-token"))
        #expect(try detect(variables, option: "@a/b", files: files) == .file("a/b"))
        #expect(try next() == .token(Secret("t1"), from: "SIGSTORE_ID_TOKEN"))
        #expect(
            try next(dropping: "SIGSTORE_ID_TOKEN")
                == .gitHubActions(url: "https://a/?b", requestToken: Secret("t2")))
        #expect(
            try next(dropping: "ACTIONS_ID_TOKEN_REQUEST_TOKEN")
                == .file(IdentitySource.projectedFile))
        variables["GITHUB_ACTIONS"] = nil
        #expect(
            try detect(variables, product: "Google\n")
                == .buildkite(
                    endpoint: "https://agent.buildkite.com/v3", job: "j",
                    accessToken: Secret("t3")))
        variables["BUILDKITE_JOB_ID"] = nil
        #expect(try detect(variables, product: "Google\n") == .circleCI)
        variables["CIRCLECI"] = nil
        #expect(
            try detect(variables, product: "Google\n") == .googleCloud(impersonated: "a@b"))
    }

    @Test("an empty variable is none")
    func emptyVariables() throws {
        #expect(try detect(Self.everything.mapValues { _ in "" }) == nil)
    }

    @Test("where there is no source and no CI system, somebody may be asked")
    func nothing() throws {
        #expect(try detect() == nil)
        #expect(try detect(["CI": "false"]) == nil)
    }

    @Test("a machine is Google's by its product name only")
    func googleMachines() throws {
        #expect(try detect(product: "Google") == .googleCloud(impersonated: nil))
        #expect(try detect(product: "Google Compute Engine\n") == .googleCloud(impersonated: nil))
        #expect(try detect(product: "Google Pixel\n") == nil)
        #expect(try detect(["GOOGLE_SERVICE_ACCOUNT_NAME": "a@b"]) == nil)
    }

    @Test("a CI job signs in the name of its machine only when asked to")
    func machineOfJob() throws {
        let variables = ["GITHUB_ACTIONS": "true"]
        let account = ["GITHUB_ACTIONS": "true", "GOOGLE_SERVICE_ACCOUNT_NAME": "a@b"]

        #expect(throws: IdentityError.self) { try detect(variables, product: "Google") }
        #expect(try detect(account, product: "Google") == .googleCloud(impersonated: "a@b"))
    }

    @Test("a CI job without a token is told in one sentence what it lacks")
    func notGranted() {
        let cases: [([String: String], String)] = [
            (
                [
                    "CI": "true", "GITHUB_ACTIONS": "true",
                    "ACTIONS_ID_TOKEN_REQUEST_URL": "https://a",
                ],
                "GitHub Actions gives this job no identity token: it needs "
                    + "'permissions: id-token: write', which pull requests from forks never have"
            ),
            (
                ["CI": "true", "GITLAB_CI": "true"],
                "GitLab CI gives this job no identity token: it needs "
                    + "'id_tokens: SIGSTORE_ID_TOKEN: aud: sigstore'"
            ),
            (
                ["CI": "true", "BUILDKITE": "true", "BUILDKITE_JOB_ID": "j"],
                "Buildkite gives this job no identity token: it needs BUILDKITE_AGENT_ACCESS_TOKEN "
                    + "and BUILDKITE_JOB_ID of the agent's environment"
            ),
            (
                ["CI": "true"],
                "this CI system gives this job no identity token: it needs one in "
                    + "SIGSTORE_ID_TOKEN or --identity-token"
            ),
        ]
        for (variables, expected) in cases {
            let error = #expect(throws: IdentityError.self) { try detect(variables) }
            #expect(error?.description == expected)
        }
    }

    @Test("in GitLab CI the variable of the audience comes before SIGSTORE_ID_TOKEN")
    func gitLabVariables() throws {
        let variables = ["GITLAB_CI": "true", "MY_CA_ID_TOKEN": "a", "SIGSTORE_ID_TOKEN": "b"]
        var elsewhere = variables
        elsewhere["GITLAB_CI"] = nil

        #expect(
            try detect(variables, audience: "my-ca") == .token(Secret("a"), from: "MY_CA_ID_TOKEN"))
        #expect(
            try detect(elsewhere, audience: "my-ca")
                == .token(Secret("b"), from: "SIGSTORE_ID_TOKEN"))
    }

    @Test(
        "GitLab's variable is the audience in upper case, with _ for what a name cannot have",
        arguments: [
            ("sigstore", "SIGSTORE_ID_TOKEN"), ("my-ca.example", "MY_CA_EXAMPLE_ID_TOKEN"),
            ("1ca2", "_CA2_ID_TOKEN"), ("https://é", "HTTPS_____ID_TOKEN"),
        ])
    func variableNames(audience: String, name: String) {
        #expect(tokenVariable(audience: audience) == name)
    }

    @Test("Buildkite's own endpoint is kept")
    func buildkiteEndpoint() throws {
        let variables = [
            "BUILDKITE_AGENT_ACCESS_TOKEN": "t", "BUILDKITE_JOB_ID": "j",
            "BUILDKITE_AGENT_ENDPOINT": "https://b/v3",
        ]

        #expect(
            try detect(variables)
                == .buildkite(endpoint: "https://b/v3", job: "j", accessToken: Secret("t")))
    }
}
