import Console

extension CISystem {
    /// One warning with counts, for ten are all that GitHub shows of a step, and in the summary of the
    /// step a row and a timeline.
    ///
    /// Source: GitHub Actions, "Workflow commands": of a summary that is longer than 1 MiB nothing is shown.
    static let gitHubActions = CISystem(
        name: "github",
        marker: ("GITHUB_ACTIONS", "true"),
        attributes: [
            ("vcs.provider.name", "github"),
            ("cicd.pipeline.name", "$GITHUB_WORKFLOW"),
            ("cicd.pipeline.run.id", "$GITHUB_RUN_ID"),
            (
                "cicd.pipeline.run.url.full",
                "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"
            ),
            ("cicd.pipeline.task.name", "$GITHUB_JOB"),
            ("cicd.worker.name", "$RUNNER_NAME"),
            ("vcs.repository.url.full", "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"),
            ("vcs.ref.head.name", "$GITHUB_REF_NAME"),
            ("vcs.ref.head.revision", "$GITHUB_SHA"),
        ],
        notices: { run in
            [
                .logLine(gitHubWarning(run.notice)),
                .append(gitHubSummary(run), fileIn: "GITHUB_STEP_SUMMARY", limit: 1 << 20),
            ]
        })
}

/// The line of the log that GitHub shows as a warning.
///
/// Source: GitHub Actions, "Workflow commands": `%`, CR and LF are escaped in a message.
package func gitHubWarning(_ message: String) -> String {
    let escaped = message.map { character in
        switch character {
        case "%": "%25"
        case "\r": "%0D"
        case "\n", "\r\n": "%0A"
        default: String(character)
        }
    }.joined()
    return "::warning title=retry-run::\(escaped)"
}

private func gitHubSummary(_ run: FinishedRun) -> String {
    let cells = [
        run.shownCommand, run.resultText, shown("\(run.failures)", limit: 1000),
        durationText(run.duration),
    ]
    return """

        | Command | Result | Failed attempts | Time |
        | --- | --- | --- | --- |
        | \(cells.map(markdown).joined(separator: " | ")) |

        <details><summary>Timeline</summary>

        ```mermaid
        \(run.mermaidTimeline)
        ```

        </details>

        """
}

/// A text with nothing in it that Markdown, a table or HTML would act on.
package func markdown(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
        switch scalar {
        case "\n", "\r": " "
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "|", "`", "*", "_", "[", "]", "\\", "~": "\\\(scalar)"
        default: String(scalar)
        }
    }.joined()
}
