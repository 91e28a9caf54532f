import HTTP
import JSON

/// The questions to a log of Rekor v2, and the reading of its answers.
///
/// Source: sigstore/rekor-tiles, `rekor_service.proto` and `CLIENTS.md`; C2SP, `tlog-tiles.md`.
enum RekorV2 {
    /// Puts an entry into the log, which answers when its next checkpoint is made: within 20 s.
    static func upload(
        _ form: ProposedEntry.Form, to url: HTTPURL
    ) throws(HTTPFailure) -> HTTPRequest {
        try HTTPRequest(
            .post(body: form.request, contentType: "application/json"),
            url.appending(path: "api/v2/log/entries"), headers: [.acceptJSON], answers: [409])
    }

    static func read(
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

    /// Where the log has the entry already: in a header since version 2.1.0, and at the end of the words
    /// `… already exists in the log with index 5`.
    static func index(in response: HTTPResponse) -> Int64? {
        if let header = response[header: "x-log-index"] {
            return Int64(header).flatMap { $0 >= 0 ? $0 : nil }
        }
        let message = try? JSONNode(parsing: response.body).required("message").string
        guard let words = message, let start = words.ranges(of: "index ").last?.upperBound else {
            return nil
        }
        return Int64(words[start...].prefix { $0.isASCIIDigit })
    }

    /// What a log publishes. Of an entry that it has said to have, that is there in a moment, if not now.
    static func published(_ path: String, by url: HTTPURL) throws(HTTPFailure) -> HTTPRequest {
        try HTTPRequest(
            .get, url.appending(path: "api/v2/\(path)"), transientStatuses: [404],
            bodyLimit: 64 << 10)
    }

    static func isFrozen(_ failure: HTTPFailure) -> Bool {
        guard case .status(405, _, _, let excerpt) = failure else { return false }
        return excerpt.lowercased().contains("frozen")
    }
}
