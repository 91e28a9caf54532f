package import FoundationEssentials

/// The identity of one run: a token that is kept while it lasts, and asked for anew after that.
package struct IdentitySession<Instant> {
    /// A token that ends sooner is not worth a call: 60 s.
    private static var reserve: TimeInterval { 60 }

    package let audience: String
    private let provider: any IdentityProvider<Instant>
    package let expectation: IdentityExpectation
    private var current: IdentityToken?

    package init(
        provider: any IdentityProvider<Instant>, audience: String = "sigstore",
        expectation: IdentityExpectation = .anyone
    ) {
        self.provider = provider
        self.audience = audience
        self.expectation = expectation
    }

    /// A token that is valid now and is of whom it is expected to be.
    ///
    /// One that cannot be replaced is used to its end. The times of a token that was there before are
    /// judged by the local clock, those of one that was just made by the certificate authority.
    /// - Parameter now: Tells the local time.
    /// - Throws: What is wrong with the token, or why there is none. The next call asks again.
    package mutating func token(
        at now: @autoclosure () -> Date, deadline: Instant?
    ) throws(IdentityError) -> IdentityToken {
        if let current, current.expiry >= now().addingTimeInterval(Self.reserve) { return current }
        if let current, !provider.isRefreshable { return try checked(current, at: now()) }
        let given = try provider.token(audience: audience, deadline: deadline)
        let fresh = try checked(given, at: now())
        current = fresh
        return fresh
    }

    /// When the token ends, where it cannot be replaced.
    package var end: Date? { provider.isRefreshable ? nil : current?.expiry }

    /// Has the next call ask the provider, if that may give another token.
    package mutating func renew() {
        if provider.isRefreshable { current = nil }
    }

    private func checked(
        _ token: IdentityToken, at now: Date
    ) throws(IdentityError) -> IdentityToken {
        do throws(IdentityError) {
            try token.checked(audience: audience, at: provider.issuesTokens ? nil : now)
        } catch {
            guard case .expired(let since, _) = error, !provider.isRefreshable else { throw error }
            throw .notRefreshable(source: provider.name, since: since, now: now)
        }
        try expectation.check(token)
        return token
    }
}
