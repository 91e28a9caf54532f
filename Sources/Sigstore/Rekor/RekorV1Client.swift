package import HTTP
package import RetryEngine
import SigningCrypto

/// Puts entries into a log of Rekor v1.
///
/// Source: sigstore/rekor, `openapi.yaml`.
package struct RekorV1Client<Clock: RetryClock> {
    let url: HTTPURL
    let client: HTTPClient<Clock>

    /// - Parameter url: The base of the log's API.
    package init(_ url: HTTPURL, client: HTTPClient<Clock>) {
        self.url = url
        self.client = client
    }

    /// The log's entry of the proposal, which may have been there before.
    ///
    /// Every attempt sends the same bytes. So where the outcome of one is unknown, the next one finds
    /// the entry that the first has made. The proofs in the entry are the caller's to verify.
    package func upload(
        _ proposal: ProposedEntry, deadline: Clock.Instant
    ) throws(RekorError) -> LogEntry {
        guard let form = proposal.v1 else { throw .unsupportedKey(log: "\(url)") }
        let outcome = client.send("POST \(url)", deadline: deadline) { () throws(HTTPFailure) in
            try HTTPRequest(
                .post(body: form.request, contentType: "application/json"),
                url.appending(path: Self.path), headers: [HTTPHeader("Accept", "application/json")],
                answers: [409], validate: { _ = try Self.read($0, form) })
        }
        let response = try outcome.response()
        if response.status != 409 { return try stored(in: url) { try Self.read(response, form) } }
        return try existing(Self.identifier(in: response) ?? form.leafHash.hex, form, deadline)
    }

    /// The log's entry of the proposal, if it has one; nothing is sent to be logged.
    package func find(
        _ proposal: ProposedEntry, deadline: Clock.Instant
    ) throws(RekorError) -> LogEntry? {
        guard let form = proposal.v1 else { return nil }
        let response = try get(form.leafHash.hex, by: client, answers: [404], deadline)
        if response.status == 404 { return nil }
        return try stored(in: url) { try Self.read(response, form) }
    }

    private static var path: String { "api/v1/log/entries" }

    /// The entry that the log has already. It may not show it for a while.
    private func existing(
        _ identifier: String, _ form: ProposedEntry.Form, _ deadline: Clock.Instant
    ) throws(RekorError) -> LogEntry {
        let response = try get(identifier, by: client.patient, transientStatuses: [404], deadline)
        return try stored(in: url) { try Self.read(response, form) }
    }

    private func get(
        _ identifier: String, by client: HTTPClient<Clock>, answers: Set<Int> = [],
        transientStatuses: Set<Int> = [],
        _ deadline: Clock.Instant
    ) throws(RekorError) -> HTTPResponse {
        try client.send("GET \(url)", deadline: deadline) { () throws(HTTPFailure) in
            try HTTPRequest(
                .get, url.appending(path: "\(Self.path)/\(identifier)"),
                headers: [HTTPHeader("Accept", "application/json")], answers: answers,
                transientStatuses: transientStatuses,
                validate: { _ = try LogEntry(rekorV1: $0.body) })
        }.response(isLogged: true)
    }

    private static func read(
        _ response: HTTPResponse, _ form: ProposedEntry.Form
    ) throws -> LogEntry {
        let entry = try LogEntry(rekorV1: response.body)
        try form.check(entry)
        return entry
    }

    /// The last segment of the address of an entry: the hash of its leaf, with or without the number
    /// of the tree before it. Nil for anything else, which is no address of ours to ask.
    private static func identifier(in response: HTTPResponse) -> String? {
        let segment = response[header: "Location"]?.split(separator: "/").last.map(String.init)
        guard let segment, let bytes = [UInt8](hex: segment), [32, 40].contains(bytes.count) else {
            return nil
        }
        return segment
    }
}
