import JSON

/// A request as a service sees it.
package struct SandboxRequest: Sendable {
    package let method: String
    /// Without the query.
    package let path: String
    package let query: [String: String]
    /// The query as it was sent.
    private let queryText: String
    /// By name in lower case.
    package let headers: [String: String]
    package var body: [UInt8] = []

    /// `target` is what the request line says.
    package init(
        method: String, target: String, headers: [String: String] = [:], body: [UInt8] = []
    ) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts.first ?? "")
        self.method = method
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        queryText = parts.count > 1 ? String(parts[1]) : ""
        query = Self.fields(queryText)
        self.headers = headers
        self.body = body
    }

    /// All values of a name that may come several times.
    func values(of name: String) -> [String] {
        queryText.split(separator: "&").compactMap { Self.fields(String($0))[name] }
    }

    /// `application/x-www-form-urlencoded`; a name that comes twice has its last value.
    static func fields(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { decoded($0) }
            fields[parts.first ?? ""] = parts.count > 1 ? parts[1] : ""
        }
        return fields
    }

    /// RFC 3986 §2.1; what is no escape stands for itself.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The token of an `Authorization: Bearer` header.
    var bearer: String? {
        guard let header = headers["authorization"], header.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        return String(header.dropFirst(7))
    }
}

/// What a service answers.
package struct SandboxAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    init(_ status: Int = 200, type: String, body: [UInt8]) {
        self.status = status
        self.headers = [("Content-Type", type)]
        self.body = body
    }

    init(_ status: Int = 200, json: JSONValue) {
        self.init(status, type: "application/json", body: json.text())
    }

    init(_ status: Int = 200, text: String) {
        self.init(status, type: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    /// The form in which all services tell what went wrong.
    init(error status: Int, code: Int64? = nil, _ message: String) {
        self.init(
            status,
            json: [
                "code": .integer(code ?? Int64(status)), "message": .string(message),
                "details": [],
            ])
    }

    func adding(_ name: String, _ value: String) -> Self {
        var answer = self
        answer.headers.append((name, value))
        return answer
    }
}

/// A request that a service answers with an error.
struct Refusal: Error {
    let answer: SandboxAnswer

    init(_ answer: SandboxAnswer) {
        self.answer = answer
    }

    init(_ status: Int, code: Int64? = nil, _ message: String) {
        answer = SandboxAnswer(error: status, code: code, message)
    }
}
