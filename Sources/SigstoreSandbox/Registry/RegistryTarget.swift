/// What a path of the registry names.
///
/// Source: OCI Distribution Specification 1.1, "Endpoints".
enum RegistryTarget: Equatable {
    case base
    case token
    case catalog
    case manifest(repository: String, reference: String)
    case blob(repository: String, digest: String)
    case uploads(repository: String)
    case upload(repository: String, id: String)
    case referrers(repository: String, digest: String)
    case tags(repository: String)

    /// Reads a path without query and without a slash at its end; nil when the registry has none such.
    init?(path: String) {
        switch path {
        case "/v2": self = .base
        case "/token": self = .token
        case "/v2/_catalog": self = .catalog
        default:
            guard path.hasPrefix("/v2/") else { return nil }
            let parts = path.dropFirst(4).split(separator: "/", omittingEmptySubsequences: false)
            guard let target = Self.inRepository(parts.map(String.init)) else { return nil }
            self = target
        }
    }

    private static func inRepository(_ parts: [String]) -> RegistryTarget? {
        guard parts.count >= 3, let last = parts.last else { return nil }
        func name(without count: Int) -> String? {
            let components = parts.dropLast(count)
            guard !components.isEmpty, components.allSatisfy(isComponent) else { return nil }
            return components.joined(separator: "/")
        }
        if parts.suffix(2) == ["blobs", "uploads"] {
            return name(without: 2).map { .uploads(repository: $0) }
        }
        if parts.suffix(2) == ["tags", "list"] {
            return name(without: 2).map { .tags(repository: $0) }
        }
        if parts.count >= 4, parts.suffix(3).prefix(2) == ["blobs", "uploads"] {
            return name(without: 3).map { .upload(repository: $0, id: last) }
        }
        guard let repository = name(without: 2) else { return nil }
        switch parts[parts.count - 2] {
        case "manifests": return .manifest(repository: repository, reference: last)
        case "blobs": return .blob(repository: repository, digest: last)
        case "referrers": return .referrers(repository: repository, digest: last)
        default: return nil
        }
    }

    /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
    private static func isComponent(_ text: String) -> Bool {
        let isAlphanumeric = { (byte: UInt8) in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        }
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, isAlphanumeric(first),
            isAlphanumeric(last)
        else { return false }
        return bytes.split(whereSeparator: isAlphanumeric).allSatisfy { separator in
            separator.allSatisfy { $0 == UInt8(ascii: "-") }
                || [[UInt8(ascii: ".")], [UInt8(ascii: "_")], Array("__".utf8)]
                    .contains(Array(separator))
        }
    }

    /// `sha256:` and 64 digits.
    static func isDigest(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst(7)
        return text.hasPrefix("sha256:") && digits.count == 64
            && digits.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                    || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
    }

    /// `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}`
    static func isTag(_ text: String) -> Bool {
        1...128 ~= text.utf8.count && text.utf8.first != UInt8(ascii: ".")
            && text.utf8.first != UInt8(ascii: "-")
            && text.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber) || "._-".contains($0)
            }
    }

    var repository: String? {
        switch self {
        case .base, .token, .catalog: nil
        case .manifest(let repository, _), .blob(let repository, _), .uploads(let repository),
            .upload(let repository, _), .referrers(let repository, _), .tags(let repository):
            repository
        }
    }
}
