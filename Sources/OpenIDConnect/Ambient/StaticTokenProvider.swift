/// A token that is there already: a value on the command line or in a variable.
struct StaticTokenProvider<Instant>: IdentityProvider {
    let name: String
    let token: Secret

    var isRefreshable: Bool { false }
    var issuesTokens: Bool { false }

    func token(audience: String, deadline: Instant?) throws(IdentityError) -> IdentityToken {
        try IdentityToken(token.text, from: name)
    }
}
