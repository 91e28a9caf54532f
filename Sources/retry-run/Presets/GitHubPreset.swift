extension Preset {
    /// gh, and whatever else prints what GitHub's API has answered.
    static let github = Preset(
        name: "github", tools: "gh, and what calls the API of GitHub: limits, time-outs, outages",
        rules: own + .network + .httpStatuses + .mistakes)

    private static let own: [PresetRule] = [
        .transient(
            "rate-limit", #"(?i)API rate limit (already )?exceeded|x-ratelimit-remaining: 0\b"#,
            seen: "could not check for binary extension: HTTP 403: API rate limit exceeded for "
                + "203.0.113.7. (https://api.github.com/repos/example/tool/releases/latest)",
            in: "https://github.com/github/gh-stack/issues/451"),
        .transient(
            "secondary-rate-limit",
            #"(?i)secondary rate limit|abuse detection|submitted too quickly|temporarily blocked from"#
                + #"|slow_down"#,
            seen:
                "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
            in: "https://github.com/apache/devlake/issues/1322"),
        .transient(
            "no-answer-in-time", #"(?i)couldn't respond to your request in time"#,
            seen: "gh: We couldn't respond to your request in time. Sorry about that. Please try "
                + "resubmitting your request and contact us if the problem persists. (HTTP 504)",
            in: "https://github.com/cli/cli/issues/10383"),
        .transient(
            "graphql", #"(?i)something went wrong while executing your query"#,
            seen:
                "GraphQL: Something went wrong while executing your query. Please include `0:0` when "
                + "reporting this issue.",
            in: "https://github.com/cli/cli/issues/4801"),
        .transient(
            "not-connected", #"error connecting to [a-z.]*github"#,
            seen: "error connecting to api.github.com",
            in: "https://github.com/cli/cli/blob/trunk/internal/ghcmd/cmd.go"),
        .permanent(
            "no-permission",
            #"(?i)bad credentials|resource not accessible by|must have admin rights"#
                + #"|requires authentication|set the GH_TOKEN environment variable"#,
            seen: "HTTP 403: Resource not accessible by integration "
                + "(https://api.github.com/repos/example/tool/releases)",
            in: "https://github.com/resend/resend-dotnet/issues/32"),
        .permanent(
            "refused", #"(?i)validation failed|\(HTTP (404|410|422)\)|HTTP (404|410|422): "#,
            seen: "gh: Not Found (HTTP 404)",
            in: "https://github.com/cli/cli/blob/trunk/pkg/cmd/api/api.go"),
    ]
}
