import Console
import Patterns

/// A named set of output rules.
struct Preset {
    let retry: [Judge.PatternRule]
    let stop: [Judge.PatternRule]

    init(named name: String) throws {
        guard let rules = Self.known[name] else {
            throw InvalidValue("no such preset; there is: " + Self.words.joined(separator: ", "))
        }
        retry = [try Self.rule(rules.retry)]
        stop = [try Self.rule(rules.stop)]
    }

    /// One pattern for all of them, so that a megabyte is looked at once and not twenty times.
    private static func rule(_ patterns: [String]) throws -> Judge.PatternRule {
        let source = patterns.map { "(?:\($0))" }.joined(separator: "|")
        return .init(
            pattern: try Pattern(source, for: .lines), stream: .either, ignoresEscapes: true)
    }

    private static let known = ["sigstore": sigstore]

    /// What `--preset` takes.
    static let words = ["sigstore"]

    /// What cosign, gitsign and goreleaser print when a service of Sigstore (Rekor, Fulcio, the
    /// timestamp authority, an OIDC issuer) had a hiccup, and what no second attempt would mend.
    private static let sigstore = (
        retry: [
            #"giving up after \d+ attempt"#,
            #"context deadline exceeded"#,
            #"(?i)(i/o|TLS handshake|Client\.)[ ]?timeout"#,
            #"(?i)(connection|request|operation) timed out"#,
            #"(?i)connection (refused|reset|closed|aborted)|broken pipe"#,
            #"(?i)no such host|temporary failure in name resolution|server misbehaving"#,
            #"(?i)network is unreachable|no route to host"#,
            #"unexpected EOF|: EOF"#,
            #"http2: (server sent GOAWAY|client connection|timeout)|stream error"#,
            #"rpc error: code = (Unavailable|DeadlineExceeded|ResourceExhausted|Aborted)"#,
            #"(?i)(status|http|code|error)[^0-9]{0,12}(408|425|429|500|502|503|504)([^0-9]|$)"#,
            #"\[(408|425|429|500|502|503|504)\]"#,
            #"\b(408|429|500|502|503|504) [A-Z][a-z]+"#,
            #"(?i)too many requests|bad gateway|service unavailable|gateway time-?out"#,
            #"(?i)internal server error"#,
        ],
        stop: [
            #"(?i)unknown (flag|command|shorthand flag)"#,
            #"(?i)required flag|flag needs an argument|invalid argument"#,
            #"(?i)accepts .* arg\(s\)|requires at least \d+ arg"#,
            #"(?i)\b(401|403)\b|unauthorized|forbidden|permission ?denied"#,
            #"(?i)ACTIONS_ID_TOKEN_REQUEST|id-token: write"#,
            #"rpc error: code = (InvalidArgument|PermissionDenied|Unauthenticated)"#,
        ]
    )
}
