import Console
import Glibc
import OperatingSystem
import Reports
import Sigstore

/// What has to be seen of a run, whoever asked for quiet: signatures that lack their entries, and logs that
/// have stood in for others. In GitHub Actions as annotations and in the summary of the step, too.
struct SigningNotices {
    private let command: String
    private let files: [SigningRecord.File]

    init(_ files: [SigningRecord.File], command: String) {
        self.files = files
        self.command = command
    }

    func tell(_ reporter: Reporter) {
        let notices = fallbacks + pending
        for notice in notices { reporter.insist(notice) }
        if !notices.isEmpty, environmentVariable("GITHUB_ACTIONS") == "true" {
            for notice in notices {
                reporter.writeVerbatim(gitHubWarning(withoutSecrets(notice)))
            }
            summarize(notices, reporter)
        }
        if files.count > 1 { reporter.note(count) }
    }

    /// `signed 57 of 60; 3 pending`
    private var count: String {
        let signed = files.count(where: \.isComplete)
        let pending = files.count { !$0.isComplete && $0.pending != nil }
        let unjudged = files.count(where: \.isUnjudged)
        return "signed \(signed) of \(files.count)" + (pending == 0 ? "" : "; \(pending) pending")
            + (unjudged == 0 ? "" : "; \(unjudged) not looked at")
    }

    /// One sentence for all files of which the same is to be said.
    private var pending: [String] {
        sentences(files.filter(\.isPutOff)) { file in
            (!file.first.isSigned
                ? "without an entry in a log yet"
                : file.isMany ? "not in their registries yet" : "not in its registry yet")
                + "; 'retry-run finish' completes "
                + "\(file.isMany ? "them" : "it")" + (file.first.reason.map { ": \($0)" } ?? "")
        }.map { "\($0.names) \($0.isMany ? "are" : "is") pending, \($0.text)" }
            + sentences(files.filter { !$0.isComplete && $0.pending != nil && !$0.isPutOff }) {
                _ in ""
            }.map {
                "\($0.names) \($0.isMany ? "are" : "is") pending; the same command with --resume, or "
                    + "'retry-run finish', goes on"
            }
    }

    private var fallbacks: [String] {
        sentences(files.filter { $0.fallback != nil && $0.isSigned }) { group in
            guard let fallback = group.first.fallback else { return "" }
            return
                "by Rekor v\(fallback.to.majorVersion) at \(fallback.to.address) instead of Rekor "
                + "v\(fallback.from.majorVersion) at \(fallback.from.address), as --log-fallback allows"
        }.map { "\($0.names) \($0.isMany ? "were" : "was") logged \($0.text)" }
    }

    private struct Group {
        var first: SigningRecord.File
        var files: [String]
        var isMany: Bool { files.count > 1 }
    }

    private func sentences(
        _ files: [SigningRecord.File], _ text: (Group) -> String
    ) -> [(names: String, isMany: Bool, text: String)] {
        var groups: [Group] = []
        for file in files {
            let place = groups.firstIndex {
                $0.first.reason == file.reason && $0.first.fallback == file.fallback
                    && $0.first.isSigned == file.isSigned
            }
            if let place {
                groups[place].files.append(file.name)
            } else {
                groups.append(Group(first: file, files: [file.name]))
            }
        }
        return groups.map { ($0.files.listed, $0.isMany, text($0)) }
    }

    private func summarize(_ notices: [String], _ reporter: Reporter) {
        guard let path = environmentVariable("GITHUB_STEP_SUMMARY") else { return }
        let lines = notices.map { "- \(markdown(withoutSecrets($0)))" }
        let text = "\n**retry-run \(command)**: \(count)\n\n\(lines.joined(separator: "\n"))\n"
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let file = open(path, flags, 0o644)
        defer { close(file) }
        if file < 0 || write(file, text, text.utf8.count) != text.utf8.count {
            reporter.warn("the step summary was not written")
        }
    }
}

extension LogFallback.Log {
    /// As signing configs and bundles name it: without a path there is no slash.
    var address: String { url.hasSuffix("/") ? String(url.dropLast()) : url }
}
