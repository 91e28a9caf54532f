/// The person who logs in by a browser, as far as this machine reaches them.
package protocol LoginInteraction<Instant> {
    associatedtype Instant

    /// Shows a page in the person's browser, and waits until the browser is sent back to this
    /// machine.
    ///
    /// - Parameters:
    ///   - isAwaited: Whether a query is of this login; visits with others are waited past.
    ///   - page: Makes the page's address, given the URI to be sent back to.
    /// - Returns: The query that the browser came back with.
    func browse(
        until deadline: Instant, isAwaited: @escaping @Sendable (_ query: String) -> Bool,
        page: (_ redirectURI: String) -> String
    ) -> LoginInput

    /// Tells the address of a page, for a browser anywhere, and reads the code that it shows.
    func askForCode(page: String, until deadline: Instant) -> LoginInput
}

/// What a person did.
package enum LoginInput: Equatable, Sendable {
    case text(String)
    case timedOut
    /// The run is to end.
    case cancelled
    /// It is not possible here, such as without a browser or a terminal.
    case unavailable(reason: String)
}
