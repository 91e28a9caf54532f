/// Where identity tokens come from.
package protocol IdentityProvider<Instant> {
    associatedtype Instant

    /// For messages: `no identity token from <name>`.
    var name: String { get }

    /// Whether asking again may give a newer token.
    var isRefreshable: Bool { get }

    /// Whether a token is made when it is asked for: then whoever has made it has the time right, or
    /// the certificate authority will say so.
    var issuesTokens: Bool { get }

    /// A token as the provider gives it, decoded but not checked.
    func token(audience: String, deadline: Instant?) throws(IdentityError) -> IdentityToken
}

extension IdentityProvider {
    package var issuesTokens: Bool { true }
}

/// Reads a file of at most `limit` bytes to its end.
package typealias FileReader = (_ path: String, _ limit: Int) throws -> [UInt8]

/// Runs a command, found in the `PATH`, until it has ended well, and gives its standard output.
///
/// What it throws is shown, so it must not quote that output; a `CommandFailure` where another time may
/// bring another answer.
package typealias CommandRunner<Instant> =
    (_ command: [String], _ deadline: Instant?) throws -> [UInt8]

/// A command that was run as often as it may be, and has not answered.
package struct CommandFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
