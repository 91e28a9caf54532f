/// A balancer before a service that lets no large bodies through: `SERVICE:BYTES=ANSWER`.
///
/// `rekor-v1:1048576=502` answers 502 to everything with a body of more than 1 MiB, and lets the
/// service answer the rest. `close` as the answer closes the connection in the middle of the upload.
package struct BodyLimit: Equatable, Sendable {
    package enum Answer: Equatable, Sendable {
        case status(Int)
        case close
    }

    package let service: ServiceName
    package let bytes: Int
    package let answer: Answer

    package init(_ text: String) throws(BodyLimitError) {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
        let place = (parts.first ?? "").split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, place.count == 2 else { throw .malformed(text) }
        guard let service = ServiceName(rawValue: String(place[0])) else {
            throw .unknownService(String(place[0]))
        }
        guard let bytes = Int(place[1]), 0..<RequestHandler.limit ~= bytes else {
            throw .bytes(String(place[1]))
        }
        if parts[1] == "close" {
            answer = .close
        } else if let status = Int(parts[1]), 400...599 ~= status {
            answer = .status(status)
        } else {
            throw .answer(String(parts[1]))
        }
        self.service = service
        self.bytes = bytes
    }

    /// What happens to a request with a body of that many bytes; nil when it is let through.
    func delivery(of bytes: Int) -> Delivery? {
        guard bytes > self.bytes else { return nil }
        switch answer {
        case .close: return .close
        case .status(let status):
            let page = "<html><head><title>\(status)</title></head><body></body></html>\n"
            return .answer(SandboxAnswer(status, type: "text/html", body: Array(page.utf8)))
        }
    }
}

/// A body limit that nothing could keep.
package enum BodyLimitError: Error, Equatable {
    case malformed(String)
    case unknownService(String)
    case bytes(String)
    case answer(String)
}

extension BodyLimitError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let text): "body limit '\(text)' is not SERVICE:BYTES=ANSWER"
        case .unknownService(let name): "\(FaultPlanError.unknownService(name))"
        case .bytes(let text):
            "'\(text)' is not a number of bytes from 0 to \(RequestHandler.limit - 1)"
        case .answer(let text): "'\(text)' is neither a status from 400 to 599 nor close"
        }
    }
}
