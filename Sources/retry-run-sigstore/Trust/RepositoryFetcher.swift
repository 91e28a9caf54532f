import Console
import HTTP
import Sigstore
import TUF

/// Gets the files of a TUF repository over HTTP, each call by the rules of the retry engine.
final class RepositoryFetcher: MetadataFetcher {
    private let base: HTTPURL
    private let calls: SigningCalls<SystemClock>
    private let client: HTTPClient<SystemClock>
    /// Whether the deadline has ended a call.
    private(set) var isTimeout = false

    /// - Throws: `UsageError` for a URL that is none.
    init(_ repository: String, calls: SigningCalls<SystemClock>) throws {
        do {
            base = try HTTPURL(repository)
        } catch {
            throw UsageError("--tuf-url: \(error)")
        }
        self.calls = calls
        client = calls.client(.trust)
    }

    func fetch(_ path: String, limit: Int) throws(FetchError) -> [UInt8] {
        let outcome: HTTPOutcome
        do {
            // Some storage answers 403 for a file that is not there.
            outcome = client.send(
                try HTTPRequest(
                    .get, base.appending(path: path), answers: [403, 404], bodyLimit: limit),
                deadline: calls.deadline)
        } catch {
            throw .unavailable("\(error)")
        }
        switch outcome.result {
        case .success(let response) where response.status == 403 || response.status == 404:
            throw .notFound
        case .success(let response):
            return response.body
        case .failure(let error):
            if case .tooLarge = error.failure { throw .tooLarge }
            if error.failureClass == .deadline { isTimeout = true }
            throw .unavailable("\(error)")
        }
    }
}
