import HTTP
import JSON
package import RetryEngine
package import SigningCrypto

/// Looking for the entry of a signature that came without it.
///
/// Source: sigstore/rekor, `openapi.yaml`, `/api/v1/index/retrieve` and `/api/v1/log/entries/retrieve`.
extension RekorV1Client {
    /// What the log has about a digest: of an artifact, or of an envelope's payload. Whose the entries
    /// are, and whether they are proved, is the caller's to verify.
    package func entries(
        about digest: Digest, deadline: Clock.Instant
    ) throws(RekorError) -> [LogEntry] {
        let found = try search("api/v1/index/retrieve", ["hash": .string(digest.label)], deadline) {
            try $0.elements.map { try $0.string }
        }
        // The log hands out ten at a time; a signature has one, or one of each kind.
        let names = found.prefix(10).filter { [UInt8](hex: $0) != nil }
        guard !names.isEmpty else { return [] }
        let wanted: JSONValue = ["entryUUIDs": .array(names.map(JSONValue.string))]
        return try search("api/v1/log/entries/retrieve", wanted, deadline) {
            // One that is of a kind of its own is none that could fit.
            try $0.elements.compactMap { try? LogEntry(rekorV1: $0) }
        }
    }

    private func search<Element>(
        _ path: String, _ question: JSONValue, _ deadline: Clock.Instant,
        _ read: (JSONNode) throws -> [Element]
    ) throws(RekorError) -> [Element] {
        let response = try client.send("POST \(url)", deadline: deadline) {
            () throws(HTTPFailure) in
            try HTTPRequest(
                .post(body: question.text(), contentType: "application/json"),
                url.appending(path: path), headers: [HTTPHeader("Accept", "application/json")],
                answers: [404], validate: { _ = try JSONNode(parsing: $0.body) })
        }.response()
        if response.status == 404 { return [] }
        do {
            return try read(JSONNode(parsing: response.body))
        } catch {
            throw .otherEntry(log: "\(url)", reason: "\(error)")
        }
    }
}

extension TrustedRoot {
    /// The addresses of the logs of Rekor v1: their ID is the hash of their key alone.
    package var searchableLogs: [String] {
        logs.filter { $0.id == Digest(of: $0.key.subjectPublicKeyInfo).bytes }.map(\.baseURL)
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
