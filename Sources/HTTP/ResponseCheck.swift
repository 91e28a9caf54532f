/// The statuses that may be others in a moment; 520 to 524 are a balancer's words for a service that
/// it does not reach, 499 for a connection that was given up before it.
private let transientStatuses: Set<Int> =
    Set([408, 425, 429, 499, 500, 502, 503, 504]).union(520...524)

func isTransient(status: Int) -> Bool {
    transientStatuses.contains(status)
}

extension HTTPResponse {
    /// Throws unless this is an answer to the request.
    func check(against request: HTTPRequest) throws(HTTPFailure) {
        guard isSuccess else {
            if request.answers.contains(status) { return }
            throw .status(
                status,
                isTransient: isTransient(status: status)
                    || request.transientStatuses.contains(status),
                retryAfter: retryAfter, excerpt: detail(hiding: request.secrets))
        }
        do {
            try request.validate?(self)
        } catch let failure as HTTPFailure {
            throw failure
        } catch {
            let type = self[header: "Content-Type"].map { " (\($0))" } ?? ""
            throw .badResponse(
                reason: excerpt(of: "\(error)\(type)", hiding: request.secrets))
        }
    }

    /// What the body says, or where a redirect that is not followed leads.
    private func detail(hiding secrets: [String]) -> String {
        if 300..<400 ~= status, let location = self[header: "Location"] {
            let target = try? HTTPURL(location)
            return "redirected to \(target?.description ?? "another address"), not followed"
        }
        return excerpt(of: String(decoding: body, as: UTF8.self), hiding: secrets)
    }
}
