/// Whether a status may be another in a moment.
///
/// RFC 9110 §15: one that is not known counts as the x00 of its class, one beyond 599 as a 5xx. What is
/// not implemented (501, 505) is not so in a moment either. Of the 4xx that speak of the moment, 499 is a
/// balancer's word for a connection that was given up.
package func isTransient(status: Int) -> Bool {
    status >= 500 ? ![501, 505].contains(status) : [408, 425, 429, 499].contains(status)
}

extension HTTPResponse {
    /// Throws unless this is an answer to the request that can be read.
    package func check(
        against request: HTTPRequest, reading read: (HTTPResponse) throws -> Void = { _ in }
    ) throws(HTTPFailure) {
        guard isSuccess || request.answers.contains(status) else {
            throw .status(
                status,
                isTransient: isTransient(status: status)
                    || request.transientStatuses.contains(status),
                retryAfter: retryAfter, excerpt: detail(hiding: request.secrets))
        }
        do {
            try read(self)
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
        return bodyExcerpt(hiding: secrets)
    }
}
