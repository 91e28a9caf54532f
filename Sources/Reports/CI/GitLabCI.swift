extension CISystem {
    /// The output of each further attempt is a section of the log that can be folded.
    ///
    /// Source: GitLab, "CI/CD job logs": `section_start:TIME:NAME`, CR, `ESC [0K`, header. The name has
    /// letters, digits, `_`, `.` and `-`.
    static let gitLabCI = CISystem(
        name: "gitlab",
        marker: ("GITLAB_CI", "true"),
        attributes: [
            ("vcs.provider.name", "gitlab"),
            ("cicd.pipeline.name", "$CI_PIPELINE_NAME"),
            ("cicd.pipeline.run.id", "$CI_PIPELINE_ID"),
            ("cicd.pipeline.run.url.full", "$CI_PIPELINE_URL"),
            ("cicd.pipeline.task.name", "$CI_JOB_NAME"),
            ("cicd.pipeline.task.run.id", "$CI_JOB_ID"),
            ("cicd.pipeline.task.run.url.full", "$CI_JOB_URL"),
            ("cicd.worker.id", "$CI_RUNNER_ID"),
            ("cicd.worker.name", "$CI_RUNNER_DESCRIPTION"),
            ("vcs.repository.url.full", "$CI_PROJECT_URL"),
            ("vcs.ref.head.name", "$CI_COMMIT_REF_NAME"),
            ("vcs.ref.head.revision", "$CI_COMMIT_SHA"),
        ],
        notices: { _ in [] },
        section: { section in
            let name = "retry_run_\(section.process)_attempt_\(section.attempt)"
            let erase = "\u{1B}[0K"
            return (
                "\(erase)section_start:\(section.now):\(name)\r\(erase)retry-run: \(section.title)",
                "\(erase)section_end:\(section.now):\(name)\r\(erase)"
            )
        })
}
