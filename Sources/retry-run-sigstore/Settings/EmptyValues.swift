/// Options whose value may be empty, because that means something: nobody has vouched for a name.
enum EmptyValues {
    private static let options = ["--certificate-oidc-issuer", "--certificate-oidc-issuer-regexp"]

    /// The same words with `--option=` as two, up to `--`: the parser would look for its value in the
    /// next word.
    static func split(_ words: [String]) -> [String] {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        return words[..<end].flatMap { word in
            options.contains { word == "\($0)=" } ? [String(word.dropLast()), ""] : [word]
        } + words[end...]
    }
}
