/// What goes wrong with a call of the registry, and with no other service's.
package enum RegistryFault: Equatable, Sendable {
    /// 429, and the pause stands in the text of the body only, as GHCR tells it.
    case throttled(pause: String)
    /// `TOOMANYREQUESTS` with another status than 429.
    case tooManyRequests(status: Int)
    /// 400 `MANIFEST_INVALID`: no manifests of OCI 1.1 here.
    case manifestInvalid
    /// 400 `UNSUPPORTED`.
    case unsupported
    /// Answered as if it were done, and nothing is done.
    case lost
    /// Sent to another address.
    case redirect(to: String)
    /// 401 with a challenge that names that token endpoint.
    case challenge(realm: String)
    /// An answer of 24 MiB.
    case huge
    /// A hundred thousand brackets.
    case deep
    /// A list of which every page names a next one.
    case endless
}

extension RegistryFault {
    /// The words of fault plans, each with what may follow its colon.
    package static let grammar =
        "throttled[:PAUSE], too-many-requests[:STATUS], manifest-invalid, unsupported, lost, "
        + "redirect:URL, challenge:URL, huge, deep or endless"

    private static let plain: [String: RegistryFault] = [
        "throttled": .throttled(pause: "12.5ms"),
        "too-many-requests": .tooManyRequests(status: 503),
        "manifest-invalid": .manifestInvalid, "unsupported": .unsupported, "lost": .lost,
        "huge": .huge, "deep": .deep, "endless": .endless,
    ]

    /// Reads `KIND[:ARGUMENT]`; nil for any other text.
    init?(_ text: Substring) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let word = String(parts.first ?? "")
        guard parts.count > 1 else {
            guard let fault = Self.plain[word] else { return nil }
            self = fault
            return
        }
        let argument = String(parts[1])
        guard !argument.isEmpty, argument.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else { return nil }
        switch word {
        case "throttled": self = .throttled(pause: argument)
        case "redirect": self = .redirect(to: argument)
        case "challenge": self = .challenge(realm: argument)
        case "too-many-requests":
            guard let status = Int(argument), 400...599 ~= status else { return nil }
            self = .tooManyRequests(status: status)
        default: return nil
        }
    }

    /// The answer that comes instead of the call; nil when the call looks at the fault itself.
    var answer: SandboxAnswer? {
        switch self {
        case .throttled(let pause):
            RegistryError.tooManyRequests.answer(
                429, "retry-after: \(pause), allowed: 44000/minute")
        case .tooManyRequests(let status):
            RegistryError.tooManyRequests.answer(status, "too many requests")
        case .manifestInvalid:
            RegistryError.manifestInvalid.answer(400, "manifest invalid")
        case .unsupported:
            RegistryError.unsupported.answer(400, "the subject of a manifest is not supported")
        case .redirect(let url):
            SandboxAnswer(307, text: "").adding("Location", url)
        case .challenge(let realm):
            RegistryError.unauthorized.answer(401, "authentication required")
                .adding("WWW-Authenticate", "Bearer realm=\"\(realm)\",service=\"elsewhere\"")
        case .huge:
            Self.padded(Array("{\"schemaVersion\":2,\"padding\":\"".utf8))
        case .deep:
            SandboxAnswer(
                type: RegistryManifest.indexType,
                body: Array(repeating: UInt8(ascii: "["), count: 100_000))
        case .endless, .lost:
            nil
        }
    }

    /// 24 MiB, more than anybody has to read.
    private static func padded(_ start: [UInt8]) -> SandboxAnswer {
        let padding = [UInt8](repeating: UInt8(ascii: "x"), count: 24 << 20)
        return SandboxAnswer(
            type: RegistryManifest.indexType, body: start + padding + Array("\"}".utf8))
    }
}
