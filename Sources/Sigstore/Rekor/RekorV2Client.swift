package import HTTP
import JSON
package import RetryEngine

/// Puts entries into a log of Rekor v2.
///
/// Source: sigstore/rekor-tiles, `rekor_service.proto` and `CLIENTS.md`.
package struct RekorV2Client<Clock: RetryClock> {
    private let url: HTTPURL
    private let client: HTTPClient<Clock>
    private let trustedRoot: TrustedRoot

    /// - Parameters:
    ///   - url: The base of the log's API.
    ///   - client: One with an attempt limit of at least 20 s: the log answers when its next
    ///     checkpoint is made.
    ///   - trustedRoot: Knows the key of the log, for the proof of an entry that is there already.
    package init(_ url: HTTPURL, client: HTTPClient<Clock>, trustedRoot: TrustedRoot) {
        self.url = url
        self.client = client
        self.trustedRoot = trustedRoot
    }

    /// The log's entry of the proposal, which may have been there before.
    ///
    /// Every attempt sends the same bytes. So where the outcome of one is unknown, the next one finds
    /// the entry that the first has made; its proof is built here. The proof in an answer is the
    /// caller's to verify.
    package func upload(
        _ proposal: ProposedEntry, deadline: Clock.Instant
    ) throws(RekorError) -> LogEntry {
        guard let form = proposal.v2 else { throw .unsupportedKey(log: "\(url)") }
        let outcome = client.send("POST \(url)", deadline: deadline) { () throws(HTTPFailure) in
            try HTTPRequest(
                .post(body: form.request, contentType: "application/json"),
                url.appending(path: "api/v2/log/entries"),
                headers: [HTTPHeader("Accept", "application/json")],
                answers: [409], validate: { _ = try Self.read($0, form) })
        }
        let response: HTTPResponse
        do {
            response = try outcome.response()
        } catch .call(let error, _) where error.isOfFrozenLog {
            throw .frozen(log: "\(url)")
        }
        guard response.status == 409 else {
            return try stored(in: url) { try Self.read(response, form) }
        }
        guard let index = Self.index(in: response) else { throw .unknownIndex(log: "\(url)") }
        return try existing(form, at: index, deadline)
    }

    /// The entry that the log has already, with its proof.
    ///
    /// A log is known by its key. An address that the trusted root does not name may be an alias of a log, or
    /// take entries for several. What is shown there counts as it would elsewhere; where that does not
    /// prove the entry, the logs are asked at their own addresses.
    private func existing(
        _ form: ProposedEntry.Form, at index: Int64, _ deadline: Clock.Instant
    ) throws(RekorError) -> LogEntry {
        let logs = trustedRoot.logs
        let addressed = logs.filter { $0.url?.withoutLastSlash == url.withoutLastSlash }
        if !addressed.isEmpty {
            return try TileReader(url, addressed, client: client.patient, deadline: deadline)
                .entry(form, at: index)
        }
        var failure = RekorError.unknownLog("\(url)")
        for place in logs.isEmpty ? [] : [url] + logs.compactMap(\.url) {
            do {
                return try TileReader(place, logs, client: client, deadline: deadline)
                    .entry(form, at: index)
            } catch {
                if [.cancelled, .deadline].contains(error.failureClass) { throw error }
                // What the address itself has said is the reason.
                if place == url { failure = error }
            }
        }
        guard [.notSent, .unknownOutcome].contains(failure.failureClass) else { throw failure }
        return try TileReader(url, logs, client: client.patient, deadline: deadline)
            .entry(form, at: index)
    }

    /// Where the log has the entry already: in a header since version 2.1.0, and at the end of the words
    /// `… already exists in the log with index 5`.
    private static func index(in response: HTTPResponse) -> Int64? {
        if let header = response[header: "x-log-index"] {
            return Int64(header).flatMap { $0 >= 0 ? $0 : nil }
        }
        let message = try? JSONNode(parsing: response.body).required("message").string
        guard let words = message, let start = words.ranges(of: "index ").last?.upperBound else {
            return nil
        }
        let digits = words[start...].prefix { $0.isASCIIDigit }
        return Int64(digits)
    }

    private static func read(
        _ response: HTTPResponse, _ form: ProposedEntry.Form
    ) throws -> LogEntry {
        let node = try JSONNode(parsingProto: response.body)
        let entry = try LogEntry(node)
        guard entry.inclusionProof?.checkpoint.isEmpty == false else {
            throw node.unexpected("an entry with an inclusion proof and a checkpoint")
        }
        try form.check(entry)
        return entry
    }
}

extension TrustedRoot.Log {
    fileprivate var url: HTTPURL? { try? HTTPURL(baseURL) }
}

extension HTTPURL {
    fileprivate var withoutLastSlash: Substring {
        description.hasSuffix("/") ? description.dropLast() : description[...]
    }
}

extension HTTPError {
    fileprivate var isOfFrozenLog: Bool {
        guard case .status(405, _, _, let excerpt) = failure else { return false }
        return excerpt.lowercased().contains("frozen")
    }
}
