/// A token in a file, read at each use: something else may put a newer one there.
struct TokenFileProvider<Instant>: IdentityProvider {
    let path: String
    let readFile: FileReader

    /// A path of somebody's choice may be a token that was put in its place.
    var name: String {
        path == IdentitySource.projectedFile ? "'\(path)'" : "the file of --identity-token"
    }
    var isRefreshable: Bool { true }
    var issuesTokens: Bool { false }

    func token(audience: String, deadline: Instant?) throws(IdentityError) -> IdentityToken {
        let content: [UInt8]
        do {
            content = try readFile(path, IdentityToken.lengthLimit)
        } catch {
            throw .unreadable(source: name, reason: "\(error)")
        }
        return try IdentityToken(String(decoding: content, as: UTF8.self), from: name)
    }
}
