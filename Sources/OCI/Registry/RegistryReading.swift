import FoundationEssentials
package import HTTP
import JSON

extension RegistryCall {
    /// What a status says that is no answer to the call.
    ///
    /// - Parameter hasSucceeded: Whether the same credentials have been good for a call of this run: GitHub's
    ///   registry says 403 DENIED when it is asked too often.
    package func check(
        _ response: HTTPResponse, hasSucceeded: Bool
    ) throws(RegistryError) {
        if response.isSuccess { return }
        let status = response.status
        let said = response.registryMessage
        let told = "\(repository.registry) answers \(status)" + (said.isEmpty ? "" : ": \(said)")
        let pause = response.registryPause
        if isTransient(status: status) || response.isTooManyRequests || status == 522 {
            throw .unavailable(told, status: status, retryAfter: pause)
        }
        if answers.contains(status) { return }
        switch status {
        case 401, 403:
            if status == 403, hasSucceeded {
                throw .unavailable(told, status: status, retryAfter: pause)
            }
            throw denied(told)
        case 400 where kind == .manifestPut, 404 where kind == .manifestPut,
            415 where kind == .manifestPut:
            // Blobs that were there a moment ago.
            if response.hasError("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN") {
                throw .notYet(told)
            }
            if response.hasError("NAME_UNKNOWN", "NAME_INVALID") { throw .refused(told) }
            throw .unsupported("\(told); it does not take OCI 1.1 manifests")
        case 300..<400:
            throw .untrustworthy(
                "\(repository.registry) redirects a \(method.name), which is not followed")
        default: throw .refused(told)
        }
    }

    private func denied(_ told: String) -> RegistryError {
        let right = isWrite ? "to push to" : "to pull from"
        let permission =
            repository.registry == "ghcr.io"
            ? "; GitHub's registry wants the permission packages: \(isWrite ? "write" : "read")"
            : ""
        return .denied(
            told,
            hint: "the credentials for \(repository.registry) need the permission \(right) "
                + "\(repository.path)\(permission); 'docker login \(repository.registry)' sets them"
        )
    }
}

extension HTTPResponse {
    /// What a registry has said of an error, in a line.
    ///
    /// Source: OCI distribution specification 1.1, "Error Codes".
    package var registryMessage: String {
        let errors = registryErrors.map { code, message in
            message.isEmpty ? code : "\(code): \(message)"
        }
        let text = errors.isEmpty ? bodyExcerpt(hiding: []) : errors.joined(separator: "; ")
        return excerpt(of: text, hiding: [])
    }

    private var registryErrors: [(code: String, message: String)] {
        guard let node = try? JSONNode(parsing: body), node.isObject,
            let errors = try? node.list("errors", limit: 100)
        else { return [] }
        return errors.compactMap { error in
            guard let code = try? error.text("code") else { return nil }
            return (code, (try? error.text("message")) ?? "")
        }
    }

    func hasError(_ codes: String...) -> Bool {
        registryErrors.contains { codes.contains($0.code) }
    }

    var isTooManyRequests: Bool {
        !isSuccess && (status == 429 || hasError("TOOMANYREQUESTS"))
    }

    /// How long a registry asks to be left alone, in a header or in its words.
    var registryPause: Duration? {
        if let header = retryAfterHeader { return header }
        let text = String(decoding: body.prefix(4096), as: UTF8.self).lowercased()
        guard let start = text.firstRange(of: "retry-after: ") else { return nil }
        return Duration(shortText: text[start.upperBound...])
    }
}

extension Duration {
    /// What a text begins with, such as `12.5ms`, in Go's units.
    init?(shortText text: Substring) {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let unit = text[digits.endIndex...].prefix { $0.isLetter }
        let units = ["ms": 1e-3, "s": 1, "m": 60, "h": 3600, "us": 1e-6, "µs": 1e-6, "ns": 1e-9]
        guard digits.utf8.count <= 12, let number = Double(digits),
            let factor = units[String(unit)]
        else { return nil }
        self = .seconds(min(number * factor, 1e6))
    }
}
