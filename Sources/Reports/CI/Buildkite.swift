import Console

extension CISystem {
    /// One annotation of the build to which every retried run of it adds a line, by the agent's program.
    ///
    /// Source: Buildkite, "buildkite-agent annotate".
    static let buildkite = CISystem(
        name: "buildkite",
        marker: ("BUILDKITE", "true"),
        attributes: [
            ("cicd.pipeline.name", "$BUILDKITE_PIPELINE_NAME"),
            ("cicd.pipeline.run.id", "$BUILDKITE_BUILD_ID"),
            ("cicd.pipeline.run.url.full", "$BUILDKITE_BUILD_URL"),
            ("cicd.pipeline.task.name", "$BUILDKITE_LABEL"),
            ("cicd.pipeline.task.run.id", "$BUILDKITE_JOB_ID"),
            ("cicd.pipeline.task.run.url.full", "$BUILDKITE_BUILD_URL#$BUILDKITE_JOB_ID"),
            ("cicd.worker.id", "$BUILDKITE_AGENT_ID"),
            ("cicd.worker.name", "$BUILDKITE_AGENT_NAME"),
            ("vcs.ref.head.name", "$BUILDKITE_BRANCH"),
            ("vcs.ref.head.revision", "$BUILDKITE_COMMIT"),
        ],
        notices: { run in
            let style = run.result == .succeeded ? "warning" : "error"
            let text = "* retry-run: \(markdown(run.notice)), in \(durationText(run.duration))\n"
            return [
                .run([
                    "buildkite-agent", "annotate", text, "--style", style,
                    "--context", "retry-run", "--append",
                ])
            ]
        })
}
