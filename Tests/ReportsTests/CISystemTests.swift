import Testing

@testable import Reports

@Suite("CI systems")
struct CISystemTests {
    @Test("each has a name and a marker of its own")
    func distinct() {
        #expect(Set(CISystem.all.map(\.name)).count == CISystem.all.count)
        #expect(Set(CISystem.all.map(\.marker.variable)).count == CISystem.all.count)
        #expect(!CISystem.all.map(\.name).contains("auto"))
        #expect(!CISystem.all.map(\.name).contains("none"))
    }

    @Test("a job is known by its variable")
    func present() {
        #expect(CISystem.present { $0 == "GITLAB_CI" ? "true" : nil }?.name == "gitlab")
        #expect(CISystem.present { $0 == "GITLAB_CI" ? "false" : nil } == nil)
        #expect(CISystem.present { _ in nil } == nil)
    }

    @Test("GitHub gets one warning with counts, however many attempts have failed")
    func oneWarning() {
        let run = run((1...30).map { attempt($0, .retry) }, .failed, exit: .code(1))
        let lines = CISystem.gitHubActions.notices(of: run).filter {
            if case .logLine = $0 { true } else { false }
        }

        #expect(
            lines == [
                .logLine(
                    "::warning title=retry-run::sh failed after 30 attempts; 30 failed attempts: "
                        + "30 × exit status 1")
            ])
    }

    @Test("the timeline has a bar for each attempt and pause, and nothing that Mermaid acts on")
    func mermaid() {
        let run = run(
            [
                attempt(1, .retry, reason: "click: a;b#c\n%%{init}%%"), attempt(2, .success),
            ], command: "a\"b`")
        let lines = run.mermaidTimeline.split(separator: "\n")

        #expect(lines.first == "gantt")
        #expect(lines.filter { $0.contains(", 17000000") }.count == 3)
        for line in lines.dropFirst(4) {
            #expect(line.filter { $0 == ":" }.count <= 1)
            #expect(!line.contains { ";#\"`%{}".contains($0) })
            #expect(!line.hasPrefix("    click"))
        }
    }

    @Test("a section of GitLab's log begins and ends with the same name")
    func sections() throws {
        let section = CISystem.Section(title: "sh, attempt 2 of 3", attempt: 2, process: 7, now: 99)
        let opening = try #require(CISystem.gitLabCI.opening(of: section))
        let closing = try #require(CISystem.gitLabCI.closing(of: section))

        #expect(
            opening
                == "\u{1B}[0Ksection_start:99:retry_run_7_attempt_2\r\u{1B}[0Kretry-run: sh, attempt 2 of 3"
        )
        #expect(closing == "\u{1B}[0Ksection_end:99:retry_run_7_attempt_2\r\u{1B}[0K")
    }

    @Test("attributes whose variables are missing are left out")
    func attributes() {
        let variables = [
            "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "a/b",
            "GITHUB_RUN_ID": "12", "GITHUB_JOB": "",
        ]
        let attributes = CISystem.gitHubActions.attributes { variables[$0] }
        let table = Dictionary(uniqueKeysWithValues: attributes.map { ($0.name, $0.value) })

        #expect(
            table["cicd.pipeline.run.url.full"] == "https://github.com/a/b/actions/runs/12")
        #expect(table["cicd.pipeline.run.id"] == "12")
        #expect(table["cicd.pipeline.task.name"] == nil)
        #expect(table["vcs.provider.name"] == "github")
    }
}
