/// Flags as Go's command lines have them: `--offline=true`, `--check-claims=false`.
enum GoFlags {
    private static let negatable = ["--check-claims", "--tlog-upload", "--use-signing-config"]
    private static let flags = [
        "--offline", "--staging", "--quiet", "--new-bundle-format", "--private-infrastructure",
        "--insecure-ignore-sct", "--insecure-ignore-tlog", "--use-signed-timestamps", "--yes",
        "-y",
    ]

    /// The same words with `--flag=true` as `--flag` and `--flag=false` left out, up to `--`.
    static func translated(_ words: [String]) -> [String] {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        return words[..<end].compactMap(translated) + words[end...]
    }

    /// The same words with `--option=` as two, up to `--`, where an empty value means something.
    static func splittingEmptyValues(_ words: [String]) -> [String] {
        let options = ["--certificate-oidc-issuer", "--certificate-oidc-issuer-regexp"]
        let end = words.firstIndex(of: "--") ?? words.endIndex
        return words[..<end].flatMap { word in
            options.contains { word == "\($0)=" } ? [String(word.dropLast()), ""] : [word]
        } + words[end...]
    }

    private static func translated(_ word: String) -> String? {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let value = Bool(parts[1]) else { return word }
        if negatable.contains(parts[0]) {
            return value ? parts[0] : "--no-\(parts[0].dropFirst(2))"
        }
        if flags.contains(parts[0]) { return value ? parts[0] : nil }
        return word
    }
}
