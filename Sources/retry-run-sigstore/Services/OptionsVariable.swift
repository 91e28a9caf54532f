import ArgumentParser
import Console
import POSIX

/// The options of `RETRY_RUN_OPTS` that concern services as they do commands: how often and how long to
/// try. So the settings of a CI system reach both.
enum OptionsVariable {
    private static let name = "RETRY_RUN_OPTS"
    private static let verbs = [
        "sign", "attest", "verify", "sign-blob", "attest-blob", "verify-blob",
        "verify-blob-attestation",
    ]
    private static let flags = ["-q": "--quiet", "--quiet": "--quiet", "--forever": "--forever"]
    private static let options = [
        "-a": "--attempts", "-d": "--delay", "-b": "--backoff", "-m": "--max-delay",
        "-j": "--jitter", "-t": "--timeout", "-T": "--deadline", "--attempts": "--attempts",
        "--delay": "--delay", "--backoff": "--backoff", "--max-delay": "--max-delay",
        "--jitter": "--jitter", "--seed": "--seed", "--timeout": "--timeout",
        "--deadline": "--deadline",
    ]

    /// What is asked for, and whom to trust, is said on the command line: a variable that somebody has
    /// set for all jobs must not turn a no into a yes, nor sign in another name.
    private static let commandLineOnly = [
        "--allow-", "--annotations", "--bundle", "--cacert", "--certificate", "--check-claims",
        "--digest", "--expect-", "--fulcio-", "--github", "--identity-token", "--insecure-",
        "--key",
        "--login", "--new-bundle", "--no-", "--oidc-", "--offline", "--overwrite", "--predicate",
        "--private-", "--rekor-", "--signature", "--signing-", "--skip-", "--staging",
        "--statement",
        "--timestamp-", "--tlog-", "--trust", "--tuf-", "--type", "--use-",
    ]

    /// The words of a verb with those of the variable before its own, which win.
    ///
    /// cosign's verbs have another meaning for `--timeout`, and get none from here. What is only about
    /// commands is passed over.
    /// - Throws: `UsageError` that names the variable.
    static func adding(to words: [String]) throws -> [String] {
        guard let verb = words.first, verbs.contains(verb),
            let text = environmentVariable(name)
        else { return words }
        let isOfCosign = verb.contains("-blob")
        let shared = try shared(optionWords(text, of: name)).filter {
            !(isOfCosign && $0.hasPrefix("--timeout"))
        }
        do {
            _ = try CallLimits(RetryOptions.parse(shared.filter { $0 != "--quiet" }))
        } catch let error as UsageError {
            throw UsageError("\(name): \(error)")
        }
        return [verb] + shared + words.dropFirst()
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
