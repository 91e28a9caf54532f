import SigningCrypto

/// A file about trust that cannot be used.
package struct TrustError: Error, Equatable, CustomStringConvertible {
    /// `trusted root`, `signing config` or `client trust config`.
    package let document: String
    package let reason: String

    package var description: String { "not a \(document): \(reason)" }

    static func reading<Value>(
        _ document: String, _ body: () throws -> Value
    ) throws(TrustError) -> Value {
        do {
            return try body()
        } catch {
            throw TrustError(document: document, reason: "\(error)")
        }
    }
}
