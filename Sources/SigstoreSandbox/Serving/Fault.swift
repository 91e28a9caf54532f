/// What goes wrong with one call of a service.
package enum Fault: Equatable, Sendable {
    /// The connection is closed before anything is answered, and nothing is done.
    case refuse
    /// An error that a balancer or a service answers; nothing is done.
    case status(Int, retryAfter: String?)
    /// A balancer's page with status 502; nothing is done.
    case html
    /// A balancer's 503 without a service behind it; nothing is done.
    case noUpstream
    /// Never answered, and nothing is done; the connection stays open.
    case hang
    /// Answered byte by byte, with a pause of that many milliseconds before each.
    case slow(milliseconds: Int64)
    /// Answered up to the middle of the body, then the connection is closed.
    case cut
    /// Done, then the connection is closed without an answer.
    case drop
    /// Answered with a signature or a proof that does not hold.
    case wrong
    /// Answered with 409; a log has the entry then.
    case conflict
    /// The log is read-only: 405.
    case frozen
    /// Answered with status 200 and a sentence instead of JSON; nothing is done.
    case plaintext
    /// A token that ended a minute ago.
    case expiredToken
    /// A token that lives that many seconds.
    case shortToken(seconds: Int64)
    case handshake(HandshakeFault)
    case registry(RegistryFault)
    /// A token for somebody else than Sigstore.
    case wrongAudience
    /// A token whose e-mail address was not verified.
    case unverifiedEmail
}

extension Fault {
    /// The words of fault plans, each with what may follow its colon.
    package static let grammar =
        "refuse, hang, slow[:MILLISECONDS], cut, commit-then-drop, wrong, conflict, frozen, "
        + "plaintext, html502, no-upstream, STATUS[:RETRY-AFTER], expired-token, short-token:SECONDS, "
        + "wrong-audience or unverified-email"

    private static let plain: [String: Fault] = [
        "refuse": .refuse, "html502": .html, "hang": .hang, "slow": .slow(milliseconds: 100),
        "cut": .cut, "commit-then-drop": .drop, "wrong": .wrong, "conflict": .conflict,
        "no-upstream": .noUpstream, "frozen": .frozen, "plaintext": .plaintext,
        "expired-token": .expiredToken,
        "wrong-audience": .wrongAudience, "unverified-email": .unverifiedEmail,
    ]

    /// Reads `KIND[:ARGUMENT]`; nil for any other text.
    init?(_ text: Substring) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let word = String(parts.first ?? "")
        let argument = parts.count > 1 ? String(parts[1]) : nil
        switch (word, argument) {
        case ("slow", let argument?):
            guard let pause = Int64(argument), 1...60_000 ~= pause else { return nil }
            self = .slow(milliseconds: pause)
        case ("short-token", let argument?):
            guard let seconds = Int64(argument), 1...86_400 ~= seconds else { return nil }
            self = .shortToken(seconds: seconds)
        case (_, nil) where Self.plain[word] != nil:
            self = Self.plain[word] ?? .refuse
        default:
            guard let status = Int(word), 400...599 ~= status, argument?.isEmpty != true,
                argument?.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) ?? true
            else { return nil }
            self = .status(status, retryAfter: argument)
        }
    }

    /// Whether only that service knows how to do it.
    func isOf(_ service: ServiceName) -> Bool {
        switch self {
        case .expiredToken, .shortToken: service == .issuer || service == .registry
        case .wrongAudience, .unverifiedEmail: service == .issuer
        case .registry: service == .registry || service == .storage
        case .frozen: service.kind == .rekorV1 || service.kind == .rekorV2
        default: true
        }
    }
}
