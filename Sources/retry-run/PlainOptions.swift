import Console

/// Command lines that are written plainly: known options by their full names or letters, each with its value.
///
/// The parser looks at its forty options by reflection, which costs more than all else at the start. It
/// says what the options are and reads every command line; this reads a few forms in the same way, and
/// leaves everything else to it: help, mistakes, letters in a row. A test compares the two.
struct PlainOptions {
    /// Nil for what only the parser reads.
    static func read(_ words: [String]) -> RunOptions? {
        var options = blank()
        var seenFlags: Set<Int> = []
        var position = 0
        while position < words.count {
            let word = words[position]
            guard word.utf8.first == UInt8(ascii: "-") else { break }
            if word == "--" { break }
            guard let (index, joined) = option(word) else { return nil }
            position += 1
            switch table[index].kind {
            case .flag(let set):
                guard joined == nil, seenFlags.insert(index).inserted else { return nil }
                set(&options, true)
            case .value, .list:
                guard let value = joined ?? (position < words.count ? words[position] : nil),
                    !value.isEmpty
                else { return nil }
                if joined == nil { position += 1 }
                if case .value(let set) = table[index].kind { set(&options, value) }
                if case .list(_, let append) = table[index].kind { append(&options, value) }
            }
        }
        options.command = Array(words[position...])
        return options
    }

    /// The names and the kind of each option, to be compared with the parser's: `-a --attempts value`.
    static var descriptions: [String] {
        table.map { option in
            let kind =
                switch option.kind {
                case .flag: "flag"
                case .value: "value"
                case .list: "list"
                }
            let letter = option.letter.map { ["-\($0)"] } ?? []
            return (letter + option.names.map { "--" + $0 } + [kind]).joined(separator: " ")
        }
    }

    /// The options of a command line without any.
    private static func blank() -> RunOptions {
        var options = RunOptions()
        options.retry = .none
        for option in ownTable { option.clear(&options) }
        options.command = []
        return options
    }

    /// The option that a word names, and the value that is joined to it.
    private static func option(_ word: String) -> (Int, String?)? {
        if word.hasPrefix("--") {
            let parts = word.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first,
                let index = table.firstIndex(where: { $0.names.contains(String(name)) })
            else { return nil }
            return (index, parts.count > 1 ? String(parts[1]) : nil)
        }
        let letters = word.dropFirst()
        guard let letter = letters.first,
            let index = table.firstIndex(where: { $0.letter == letter })
        else { return nil }
        let rest = letters.dropFirst()
        if rest.isEmpty { return (index, nil) }
        // A number after a letter is its value; anything else may be a letter as well.
        guard let first = rest.utf8.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first else {
            return nil
        }
        return (index, String(rest))
    }

    private static let table =
        RetryOptions<CommandTexts>.plainOptions.map { option in
            option.ofPart { (options: inout RunOptions, change) in change(&options.retry) }
        } + ownTable

    private static let ownTable: [PlainOption<RunOptions>] = [
        .value("s", "signal") { $0.signal = $1 },
        .value("k", "kill-after") { $0.killAfter = $1 },
        .flag(nil, "no-subreaper") { $0.noSubreaper = $1 },
        .value(nil, "retry-on") { $0.retryOn = $1 },
        .value(nil, "stop-on") { $0.stopOn = $1 },
        .list("retry-if-output", set: { $0.retryIfOutput = $1 }) { $0.retryIfOutput.append($1) },
        .list(
            "retry-if-stdout", "retry-if-output-stdout", set: { $0.retryIfOutputStdout = $1 }
        ) { $0.retryIfOutputStdout.append($1) },
        .list(
            "retry-if-stderr", "retry-if-output-stderr", set: { $0.retryIfOutputStderr = $1 }
        ) { $0.retryIfOutputStderr.append($1) },
        .list("stop-if-output", set: { $0.stopIfOutput = $1 }) { $0.stopIfOutput.append($1) },
        .list(
            "stop-if-stdout", "stop-if-output-stdout", set: { $0.stopIfOutputStdout = $1 }
        ) { $0.stopIfOutputStdout.append($1) },
        .list(
            "stop-if-stderr", "stop-if-output-stderr", set: { $0.stopIfOutputStderr = $1 }
        ) { $0.stopIfOutputStderr.append($1) },
        .list("success-if-output", set: { $0.successIfOutput = $1 }) {
            $0.successIfOutput.append($1)
        },
        .list(
            "success-if-stdout", "success-if-output-stdout", set: { $0.successIfOutputStdout = $1 }
        ) { $0.successIfOutputStdout.append($1) },
        .list(
            "success-if-stderr", "success-if-output-stderr", set: { $0.successIfOutputStderr = $1 }
        ) { $0.successIfOutputStderr.append($1) },
        .list("preset", set: { $0.preset = $1 }) { $0.preset.append($1) },
        .list("delay-from-output", set: { $0.delayFromOutput = $1 }) {
            $0.delayFromOutput.append($1)
        },
        .value(nil, "give-up-code") { $0.giveUpCode = $1 },
        .value(nil, "fail-on-flaky") { $0.failOnFlaky = $1 },
        .value(nil, "success-if") { $0.successIf = $1 },
        .value(nil, "before-retry") { $0.beforeRetry = $1 },
        .value(nil, "on-give-up") { $0.onGiveUp = $1 },
        .flag("I", "replay-stdin") { $0.replayStdin = $1 },
        .flag("O", "hold-stdout") { $0.holdStdout = $1 },
        .flag("E", "hold-stderr") { $0.holdStderr = $1 },
        .list("report", letter: "R", set: { $0.report = $1 }) { $0.report.append($1) },
        .value(nil, "report-format") { $0.reportFormat = $1 },
        .flag("n", "dry-run") { $0.dryRun = $1 },
        .value(nil, "fleet") { $0.fleet = $1 },
        .value(nil, "outage") { $0.outage = $1 },
        .value(nil, "plot") { $0.plot = $1 },
        .value(nil, "annotate") { $0.annotate = $1 },
        .flag("q", "quiet") { $0.quiet = $1 },
        .flag("v", "verbose") { $0.verbose = $1 },
        .flag(nil, "explain") { $0.explain = $1 },
        .flag("V", "version") { $0.version = $1 },
    ]
}
