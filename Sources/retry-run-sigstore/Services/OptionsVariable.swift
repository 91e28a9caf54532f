import ArgumentParser
import Console
import OperatingSystem

/// The options of `RETRY_RUN_OPTS` that concern services as they do commands: how often and how long to
/// try. So the settings of a CI system reach both.
enum OptionsVariable {
    private static let name = "RETRY_RUN_OPTS"
    /// The long names of the options by everything that they may be called.
    private static let (flags, options) = longNames(
        RetryOptions<CallTexts>.plainOptions + [.flag("q", "quiet") { _, _ in }])

    /// What is asked for, and whom to trust, is said on the command line: a variable that somebody has
    /// set for all jobs must not turn a no into a yes, nor sign in another name.
    private static let commandLineOnly = [
        "--allow-", "--annotation", "--bundle", "--cacert", "--certificate", "--check-claims",
        "--defer-log", "--digest", "--expect-", "--fulcio-", "--github", "--identity-token",
        "--insecure-", "--key", "--log-fallback", "--login", "--new-bundle", "--no-", "--oidc-",
        "--offline", "--overwrite", "--predicate", "--private-", "--rekor-", "--resume",
        "--signature", "--signing-", "--skip-", "--staging", "--statement", "--timestamp-",
        "--tlog-", "--trust", "--tuf-", "--type", "--use-",
        "--from", "--legacy", "--output-statement", "--recursive", "--to", "--yes",
    ]

    /// The words of a verb with those of the variable before its own, which win.
    ///
    /// cosign's verbs have another meaning for `--timeout`, and get none from here. What is only about
    /// commands is passed over.
    /// - Throws: `UsageError` that names the variable.
    static func adding(to words: [String]) throws -> [String] {
        guard let verb = words.first.flatMap(SigningVerb.init(rawValue:)), verb.callsServices,
            let text = environmentVariable(name)
        else { return words }
        let shared = try shared(optionWords(text, of: name)).filter {
            !(verb.isOfCosign && $0.hasPrefix("--timeout"))
        }
        do {
            _ = try RetryConfiguration(RetryOptions.parse(shared.filter { $0 != "--quiet" }))
        } catch let error as UsageError {
            throw UsageError("\(name): \(error)")
        }
        return [verb.rawValue] + shared + words.dropFirst()
    }

    private static func longNames<Options>(
        _ known: [PlainOption<Options>]
    ) -> (flags: [String: String], options: [String: String]) {
        var flags: [String: String] = [:]
        var options: [String: String] = [:]
        for option in known {
            let long = option.names.map { "--" + $0 }
            for name in long + (option.letter.map { ["-\($0)"] } ?? []) {
                if case .flag = option.kind {
                    flags[name] = long[0]
                } else {
                    options[name] = long[0]
                }
            }
        }
        return (flags, options)
    }

    /// As `--option=value`, whichever way they are written.
    private static func shared(_ words: [String]) throws -> [String] {
        var shared: [String] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            if let flag = flags[word] {
                shared.append(flag)
            } else if let option = options[word] {
                shared.append("\(option)=\(rest.popFirst() ?? "")")
            } else if let equals = word.firstIndex(of: "="),
                let option = options[String(word[..<equals])]
            {
                shared.append(option + word[equals...])
            } else if !word.hasPrefix("--"), let option = options[String(word.prefix(2))] {
                shared.append("\(option)=\(word.dropFirst(2))")
            } else if case let name = word.prefix(while: { $0 != "=" }), !name.contains(" "),
                commandLineOnly.contains(where: name.hasPrefix)
            {
                throw UsageError(
                    "\(Self.name): \(name) is taken from the command line only, where everybody sees "
                        + "it: what is trusted or signed must not depend on a variable")
            }
        }
        return shared
    }
}
