import Console

/// `retry-run init SHELL`: what the startup file of a shell evaluates, completions and the function
/// `retry`.
struct ShellSetup {
    let text: String

    private static let word = Array("init".utf8)

    private static let help = """
        Prints completions and the function retry, for the startup file of a shell.

        USAGE: retry-run init bash|zsh|fish

        bash, zsh:  eval "$(retry-run init bash)"
        fish:       retry-run init fish | source
        """

    /// Nil when the first word is another one.
    init?(_ words: [[UInt8]]) throws {
        guard words.first == Self.word else { return nil }
        let shell = words.count == 2 ? String(decoding: words[1], as: UTF8.self) : nil
        let parts: [[UInt8]]
        switch shell {
        case "bash": parts = [PackageResources.retry_run_bash, PackageResources.retry_bash]
        case "zsh": parts = [PackageResources.retry_run_zsh, PackageResources.retry_zsh]
        case "fish": parts = [PackageResources.retry_run_fish, PackageResources.retry_fish]
        case "-h", "--help": parts = [Array(Self.help.utf8)]
        default:
            let given = words.dropFirst().map { " " + printable($0) }.joined()
            throw UsageError(
                "'init\(given)': expected init bash, init zsh or init fish; "
                    + "write 'retry-run -- init' to wrap a program of that name")
        }
        text = String(decoding: parts.joined(), as: UTF8.self)
    }
}
