package import FoundationEssentials

/// What a bundle has shown.
package struct Verification: Equatable, Sendable {
    package struct VerifiedTime: Equatable, Sendable {
        package enum Source: String, Sendable {
            /// An RFC 3161 timestamp.
            case timestamp
            /// The integrated time that a log has signed.
            case log
        }

        package let time: Date
        package let source: Source
        /// The URL of who says so.
        package let authority: String
    }

    package struct LogRecord: Equatable, Sendable {
        package let index: Int64
        /// The URL of the log.
        package let log: String
        package let kind: LogEntry.Kind
        package let integrated: Date?
    }

    /// Nil for a bundle under a key.
    package var identity: String?
    package var issuer: String?
    package var times: [VerifiedTime] = []
    package var entries: [LogRecord] = []
    /// Of an attestation.
    package var predicateType: String?
    package var subjects: [String] = []

    package init() {}
}
