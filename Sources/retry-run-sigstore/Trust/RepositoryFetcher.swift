import HTTP
import Sigstore
import TUF

/// Gets the files of a TUF repository over HTTP, each call by the rules of the retry engine.
final class RepositoryFetcher: MetadataFetcher {
    private let base: HTTPURL
    private let deadline: ContinuousClock.Instant?
    private let client: HTTPClient<SystemClock>
    /// How the last call that brought no file has failed.
    private(set) var failureClass = FailureClass.permanent

    init(_ instance: Instance, calls: SigningCalls<SystemClock>) throws(HTTPFailure) {
        base = try instance.repository
        deadline = calls.end
        client = calls.client(.trust)
    }

    func fetch(_ path: String, limit: Int) throws(FetchError) -> [UInt8] {
        let outcome: HTTPOutcome
        do {
            // Some storage answers 403 for a file that is not there.
            outcome = client.send(
                try HTTPRequest(
                    .get, base.appending(path: path), answers: [403, 404], bodyLimit: limit),
                deadline: deadline)
        } catch {
            throw .refused("\(error)")
        }
        switch outcome.result {
        case .success(let response) where response.status == 403 || response.status == 404:
            throw .notFound
        case .success(let response):
            return response.body
        case .failure(let error):
            if case .tooLarge = error.failure { throw .tooLarge }
            failureClass = error.failureClass
            throw failureClass == .permanent ? .refused("\(error)") : .unavailable("\(error)")
        }
    }
}
