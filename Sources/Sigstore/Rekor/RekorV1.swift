package import HTTP
import JSON
package import SigningCrypto

/// The questions to a log of Rekor v1, and the reading of its answers.
///
/// Source: sigstore/rekor, `openapi.yaml`.
package enum RekorV1 {
    private static var path: String { "api/v1/log/entries" }

    /// Puts an entry into the log. All attempts send the same bytes, so that where the outcome of one is
    /// unknown, the next one finds the entry that the first has made.
    static func upload(
        _ form: ProposedEntry.Form, to url: HTTPURL
    ) throws(HTTPFailure) -> HTTPRequest {
        try HTTPRequest(
            .post(body: form.request, contentType: "application/json"),
            url.appending(path: path), headers: [.acceptJSON], answers: [409])
    }

    /// Gets an entry by the hash of its leaf, with or without the number of the tree before it.
    package static func entry(
        _ identifier: String, of url: HTTPURL, isSureToBeThere: Bool
    ) throws(HTTPFailure) -> HTTPRequest {
        try HTTPRequest(
            .get, url.appending(path: "\(path)/\(identifier)"), headers: [.acceptJSON],
            answers: isSureToBeThere ? [] : [404],
            transientStatuses: isSureToBeThere ? [404] : [])
    }

    /// Anything that a log answers to, whatever it is asked.
    static func smallRequest(to url: HTTPURL) throws(HTTPFailure) -> HTTPRequest {
        try HTTPRequest(.get, url.appending(path: "api/v1/log/publicKey"))
    }

    /// The last segment of the address of an entry that is there already. Nil for anything else, which is
    /// no address of ours to ask.
    static func identifier(in response: HTTPResponse) -> String? {
        let segment = response[header: "Location"]?.split(separator: "/").last.map(String.init)
        guard let segment, let bytes = [UInt8](hex: segment), [32, 40].contains(bytes.count) else {
            return nil
        }
        return segment
    }
}

// MARK: - Searching

/// Source: sigstore/rekor, `openapi.yaml`, `/api/v1/index/retrieve` and `/api/v1/log/entries/retrieve`.
extension RekorV1 {
    /// Asks for the names of what the log has about a digest: of an artifact, or of an envelope's payload.
    package static func names(
        about digest: Digest, in url: HTTPURL
    ) throws(HTTPFailure) -> HTTPRequest {
        try question("api/v1/index/retrieve", ["hash": .string(digest.label)], to: url)
    }

    /// The log hands out ten entries at a time; a signature has one, or one of each kind.
    package static func readNames(_ response: HTTPResponse) throws -> [String] {
        if response.status == 404 { return [] }
        let names = try JSONNode(parsing: response.body).elements.map { try $0.string }
        return names.prefix(10).filter { [UInt8](hex: $0) != nil }
    }

    package static func entries(
        named names: [String], in url: HTTPURL
    ) throws(HTTPFailure) -> HTTPRequest {
        let names = JSONValue.array(names.map(JSONValue.string))
        return try question("api/v1/log/entries/retrieve", ["entryUUIDs": names], to: url)
    }

    /// Whose the entries are, and whether they are proved, is the caller's to verify.
    package static func readEntries(_ response: HTTPResponse) throws -> [LogEntry] {
        if response.status == 404 { return [] }
        // One that is of a kind of its own is none that could fit.
        return try JSONNode(parsing: response.body).elements
            .compactMap { try? LogEntry(rekorV1: $0) }
    }

    private static func question(
        _ path: String, _ question: JSONValue, to url: HTTPURL
    ) throws(HTTPFailure) -> HTTPRequest {
        try HTTPRequest(
            .post(body: question.text(), contentType: "application/json"),
            url.appending(path: path), headers: [.acceptJSON], answers: [404])
    }
}

extension HTTPHeader {
    static let acceptJSON = HTTPHeader("Accept", "application/json")
}

extension TrustedRoot {
    /// The addresses of the logs of Rekor v1: their ID is the hash of their key alone.
    package var searchableLogs: [String] {
        logs.filter(\.isOfRekorV1).map(\.baseURL)
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension TrustedRoot.Log {
    var isOfRekorV1: Bool { id == Digest(of: key.subjectPublicKeyInfo).bytes }
}
