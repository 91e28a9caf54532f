package import FoundationEssentials

/// Why trust could not be brought up to date, or a target not be had.
package enum TUFError: Error, Equatable {
    /// A file that is not the metadata it should be.
    case malformed(file: String, reason: String)
    /// Fewer keys of the role have signed than must; `valid` counts distinct keys.
    case belowThreshold(file: String, role: Role, valid: Int, threshold: Int64)
    /// The file has another version than the one that was asked for.
    case wrongVersion(file: String, found: Int64, expected: Int64)
    /// Something older than what was trusted before.
    case rollback(file: String, found: Int64, trusted: Int64)
    /// The snapshot does not list a file any more that it listed before.
    case vanished(file: String)
    case wrongLength(file: String, found: Int, listed: Int64)
    /// Digests in hexadecimal digits.
    case wrongDigest(file: String, found: String, listed: String)
    /// The time of expiry has come: what is newer may be held back.
    case expired(file: String, at: Date, now: Date)
    /// The repository sends more bytes than a file may have.
    case tooLarge(file: String, limit: Int)
    /// The repository could not be reached.
    case unavailable(file: String, reason: String)
    /// What was reached is not the repository, or does not give the file away.
    case refused(file: String, reason: String)
    /// The repository does not have a file that it must have.
    case missing(file: String)
    /// Nothing verified is there yet: not loaded, or not in the cache.
    case absent(file: String)
    /// The targets do not list this name.
    case unknownTarget(String)
    /// A target whose name may not become a file name.
    case unsafeName(String)

    /// Whether another try, later, may go better.
    ///
    /// Everything else is a repository that is wrong, be it by attack or by mistake; or the clock.
    package var isTransient: Bool {
        if case .unavailable = self { true } else { false }
    }
}

extension TUFError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let file, let reason):
            "'\(file)' cannot be used: \(reason)"
        case .belowThreshold(let file, let role, let valid, let threshold):
            "'\(file)': threshold not met: \(valid) valid \(valid == 1 ? "signature" : "signatures")"
                + ", \(threshold) required by role \(role.rawValue)"
        case .wrongVersion(let file, let found, let expected):
            "'\(file)' has version \(found), expected \(expected)"
        case .rollback(let file, let found, let trusted):
            "rollback of '\(file)' to version \(found), trusted version is \(trusted)"
        case .vanished(let file):
            "'snapshot.json' does not list '\(file)' any more"
        case .wrongLength(let file, let found, let listed):
            "length mismatch of '\(file)': \(listed) bytes listed, got \(found)"
        case .wrongDigest(let file, let found, let listed):
            "digest mismatch of '\(file)': \(listed) listed, got \(found)"
        case .expired(let file, let time, let now):
            "'\(file)' expired at \(time.formatted(.iso8601)), it is now \(now.formatted(.iso8601))"
        case .tooLarge(let file, let limit):
            "'\(file)' has more than \(limit) bytes"
        case .unavailable(let file, let reason), .refused(let file, let reason):
            "cannot get '\(file)': \(reason)"
        case .missing(let file):
            "the repository does not have '\(file)'"
        case .absent(let file):
            "no trusted '\(file)' is at hand"
        case .unknownTarget(let name):
            "the repository has no target '\(name)'"
        case .unsafeName(let name):
            "the target '\(name)' has an unsafe name"
        }
    }
}
