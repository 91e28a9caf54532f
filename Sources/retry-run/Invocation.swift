import ArgumentParser
import Console
import Glibc
import OperatingSystem
import ProcessRunner
import RetryForecast

/// What the words after `retry-run` ask for.
enum Invocation {
    /// Help or the version, for stdout.
    case message(String)
    /// A command, in its exact bytes.
    case run(RunSettings, [[UInt8]])

    static let variable = "RETRY_RUN_OPTS"
    /// Asks for the definitions of all options in JSON, from which completions and manual pages are
    /// made.
    private static let optionDump = "--experimental-dump-help"

    /// Reads options from `RETRY_RUN_OPTS`, then from `arguments`; options end at the first word
    /// that is none, as with `env`, `nice` and `timeout`.
    static func read(_ arguments: [[UInt8]]) throws -> Invocation {
        let words = Array(arguments.dropFirst())
        if let setup = try ShellSetup(words) { return .message(setup.text) }
        if let list = try PresetList(words) { return .message(list.text) }
        let environment = try wordsOfVariable()
        // Nothing to parse: the common case does not pay for the parser.
        if environment.isEmpty, let first = words.first, first.first != UInt8(ascii: "-") {
            return .run(RunSettings(), words)
        }
        if environment.isEmpty, words.first == Array("--".utf8), words.count > 1 {
            return .run(RunSettings(), Array(words.dropFirst()))
        }

        let texts = words.map { String(decoding: $0, as: UTF8.self) }
        do {
            let commandLine = try parse(texts)
            try refuseOtherEncodings(words.dropLast(commandLine.command.count))
            if let word = commandLine.command.first, word == "-h" || word == "--help" {
                return .message(help)
            }
            if commandLine.command.first == optionDump {
                return .message(RunOptions._dumpHelp())
            }
            if commandLine.version { return .message("retry-run \(programVersion)") }
            let fromVariable = environment.isEmpty ? nil : try optionsOfVariable(environment)
            let all =
                fromVariable == nil ? commandLine : try parse(environment + texts)
            var settings = try RunSettings(
                all, commandLine: commandLine, variable: fromVariable)
            try settings.setFleet(all)
            let command = try command(commandLine, words)
            if command.isEmpty, !settings.isDryRun {
                throw UsageError("no command given; write retry-run [options] -- COMMAND [ARG…]")
            }
            return .run(settings, command)
        } catch let error where RunOptions.exitCode(for: error) == .success {
            return .message(RunOptions.fullMessage(for: error))
        } catch let error as UsageError {
            throw error
        } catch {
            throw UsageError(withoutValues(RunOptions.message(for: error), of: texts))
        }
    }

    /// The last words are the command, whatever the parser made of their bytes.
    private static func command(_ options: RunOptions, _ words: [[UInt8]]) throws -> [[UInt8]] {
        let isTerminated = options.command.first == "--"
        let count = options.command.count - (isTerminated ? 1 : 0)
        if !isTerminated, let first = options.command.first, first.hasPrefix("-") {
            let before = words.dropLast(count).last
            if before != Array("--".utf8) {
                let name = optionName(first) ?? optionName(String(first.prefix(2)))
                throw UsageError(
                    "unknown option \(name.map { "'\($0)'" } ?? hidden(first)); "
                        + "see retry-run --help")
            }
        }
        return Array(words.suffix(count))
    }

    private static func parse(_ words: [String]) throws -> RunOptions {
        if let options = PlainOptions.read(words) { return options }
        do {
            let options = try RunOptions.parse(words)
            try refuseEmptyValues(words.dropLast(options.command.count))
            return options
        } catch let error where !(error is UsageError) {
            // A mistake that follows from such a value is not the one to tell of.
            try refuseEmptyValues(words.prefix { $0 != "--" })
            throw error
        }
    }

    private static func wordsOfVariable() throws -> [String] {
        guard let value = getenv(variable) else { return [] }
        guard let text = String(validatingCString: value) else {
            throw UsageError("\(variable): its value is not UTF-8")
        }
        return try optionWords(text, of: variable)
    }

    /// Options are texts. Another encoding would be altered: a pattern that matches nothing, a report
    /// in another file. The command's words are bytes and are left as they are.
    private static func refuseOtherEncodings(_ words: ArraySlice<[UInt8]>) throws {
        var name: String?
        for word in words {
            let isText = String(validating: word, as: UTF8.self) != nil
            let start = String(decoding: word.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
            let ownName = optionName(start) ?? optionName(String(start.prefix(2)))
            if !isText {
                let option = ownName ?? name
                throw UsageError("the value\(option.map { " of \($0)" } ?? "") is not UTF-8")
            }
            name = ownName
        }
    }

    private static func optionsOfVariable(_ words: [String]) throws -> RunOptions {
        let options: RunOptions
        do {
            options = try parse(words)
            _ = try RunSettings(options, commandLine: options, variable: nil)
        } catch let error as UsageError {
            throw UsageError("\(variable): \(error)")
        } catch {
            throw UsageError(
                "\(variable): \(withoutValues(RunOptions.message(for: error), of: words))")
        }
        if let word = options.command.first {
            throw UsageError("\(variable): \(quoted(word)) is not an option; it takes options only")
        }
        if options.dryRun || options.version {
            throw UsageError(
                "\(variable): --dry-run and --version are taken from the command line only, for with them "
                    + "nothing is run, which would look like a success")
        }
        if options.saysWhatSucceeds {
            throw UsageError(
                "\(variable): --success-if and --success-if-output… are taken from the command line "
                    + "only, for they turn a failure into a success")
        }
        return options
    }

    /// The parser's text under a usage line and a summary of ours.
    private static var help: String {
        let verbs = SigningVerb.allCases.map(\.rawValue).sorted()
        let generated = RunOptions.helpMessage().split(
            separator: "\n", omittingEmptySubsequences: false)
        return """
            Retries a command until it succeeds; otherwise transparent.

            USAGE: retry-run [options] [--] COMMAND [ARG…]
                   retry-run init bash|zsh|fish
                   retry-run presets [NAME]

            RETRY_RUN_OPTS gives options as well; those of the command line win.

            Verbs, each with its own --help: \(verbs.joined(separator: ", ")) \
            and init.

            """ + generated.dropFirst().joined(separator: "\n")
    }
}
