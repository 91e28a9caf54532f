import Console
import HTTP
import Patterns
import RetryEngine
import Sigstore

/// The public key behind `--key https://…`: one GET by the rules of all calls.
struct KeyDownload {
    let limits: RetryConfiguration
    let reporter: Reporter

    /// - Throws: `ServiceError` where another time may bring it, else `UsageError`.
    func content(of address: String) throws -> [UInt8] {
        // What is said is the failure without the call: the address is the value of --key.
        let observer: (SigningEvent, Int?) -> Void = { event, _ in
            guard case .call(_, .pauses(let attempt, let count, let error, let pause)) = event
            else { return }
            reporter.attemptFailed(
                attempt, of: count, reason: "\(error.failure)", next: pause)
        }
        let calls: SigningCalls<SystemClock> = try SigningCalls(
            limits, deadline: limits.end, observer: observer)
        let request: HTTPRequest
        do {
            request = try HTTPRequest(
                .get, HTTPURL(address), bodyLimit: KeyReference.sizeLimit)
        } catch .plainHTTP {
            throw UsageError("--key: a key is fetched over https only, except from this machine")
        } catch {
            throw UsageError("--key: the address cannot be used: \(error)")
        }
        switch calls.client(.trust).send(request, deadline: calls.deadline).result {
        case .success(let response):
            return response.body
        case .failure(let error) where error.failureClass == .permanent:
            throw UsageError("--key: the key cannot be fetched: \(error.failure)")
        case .failure(let error):
            throw ServiceError(
                description: "--key: the key cannot be fetched: \(error.failure)",
                failureClass: error.failureClass)
        }
    }
}

extension VerifyOptions {
    /// Who must have signed.
    ///
    /// - Parameter inputs: The files that will be read: that one is missing is said before a key is
    ///   fetched.
    func signer(
        issuer: TextRule?, before inputs: [String?], limits: RetryConfiguration
    ) throws -> VerificationPolicy.Signer {
        limits.start()
        let download = KeyDownload(
            limits: limits, reporter: Reporter(isQuiet: result.quiet))
        return try identity.signer(issuer: issuer) { address in
            for file in inputs.compactMap({ $0 }) where file != "-" && !InputFile.exists(file) {
                _ = try InputFile(file)
            }
            return try download.content(of: address)
        }
    }
}
