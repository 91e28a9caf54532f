/// A repository of a registry: where images are, and what is signed of them.
package struct Repository: Hashable, Sendable {
    /// Docker Hub's, which is meant where no host is named.
    package static let dockerHub = "index.docker.io"

    /// `HOST` or `HOST:PORT`, in lower case.
    package let registry: String
    /// The path within the registry: `library/alpine`.
    package let path: String

    /// - Parameter text: `HOST[:PORT]/PATH`, or a path of Docker Hub.
    package init(_ text: String) throws(ReferenceError) {
        let first = text.prefix { $0 != "/" }
        let isHost =
            first.count < text.count
            && (first.contains { $0 == "." || $0 == ":" } || first == "localhost")
        let host = isHost ? first.lowercased() : Self.dockerHub
        registry = ["docker.io", "registry-1.docker.io"].contains(host) ? Self.dockerHub : host
        var path = isHost ? String(text.dropFirst(first.count + 1)) : text
        guard Self.isHost(registry) else { throw .host(String(first)) }
        guard !path.isEmpty else { throw .noRepository }
        guard Self.isPath(path) else { throw .repository(path) }
        if registry == Self.dockerHub, !path.contains("/") { path = "library/\(path)" }
        self.path = path
    }
}

/// As its two parts. One that was stored elsewhere has to be one that could have been given.
extension Repository: Codable {
    private enum CodingKeys: CodingKey { case registry, path }

    package init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        let registry = try stored.decode(String.self, forKey: .registry)
        let path = try stored.decode(String.self, forKey: .path)
        guard let repository = try? Repository("\(registry)/\(path)"),
            repository.registry == registry, repository.path == path
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .path, in: stored, debugDescription: "no repository")
        }
        self = repository
    }

    package func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(registry, forKey: .registry)
        try stored.encode(path, forKey: .path)
    }
}

extension Repository: CustomStringConvertible {
    package var description: String { "\(registry)/\(path)" }
}

extension Repository {
    /// A name or an address, and a port.
    private static func isHost(_ text: String) -> Bool {
        var name = text[...]
        var port: Substring?
        let bracket = text.lastIndex(of: "]") ?? text.startIndex
        if let colon = text[bracket...].firstIndex(of: ":") {
            name = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        if let port {
            guard port.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(port),
                1...65535 ~= number
            else { return false }
        }
        if name.hasPrefix("["), name.hasSuffix("]") {
            return name.utf8.count > 2
                && name.dropFirst().dropLast().utf8.allSatisfy {
                    0x30...0x3A ~= $0 || 0x61...0x66 ~= $0 || $0 == 0x2E
                }
        }
        return 1...253 ~= name.utf8.count
            && name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E }
    }

    /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`, parted by slashes.
    ///
    /// Source: OCI distribution specification 1.1, "Pulling manifests".
    private static func isPath(_ text: String) -> Bool {
        let components = text.split(separator: "/", omittingEmptySubsequences: false)
        return text.utf8.count <= 255
            && components.allSatisfy { component in
                let words = component.utf8.split(
                    omittingEmptySubsequences: true, whereSeparator: { !isLetterOrDigit($0) })
                guard let first = words.first, let last = words.last,
                    first.startIndex == component.utf8.startIndex,
                    last.endIndex == component.utf8.endIndex
                else { return false }
                return zip(words, words.dropFirst()).allSatisfy { before, after in
                    let between = component.utf8[before.endIndex..<after.startIndex]
                    return between.elementsEqual(".".utf8) || between.elementsEqual("_".utf8)
                        || between.elementsEqual("__".utf8) || between.allSatisfy { $0 == 0x2D }
                }
            }
    }
}

/// Of lower-case letters only: in a reference there are no others.
private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x7A ~= byte
}
