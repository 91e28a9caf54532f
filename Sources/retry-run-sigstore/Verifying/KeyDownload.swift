import Console
import HTTP
import RetryEngine
import Sigstore

/// The public key behind `--key https://…`: one GET by the rules of all calls.
struct KeyDownload {
    let limits: CallLimits
    let reporter: Reporter

    /// - Throws: `ServiceError` where another time may bring it, else `UsageError`.
    func content(of address: String) throws -> [UInt8] {
        let calls = try SigningCalls(limits) { reporter.note($0) }
        let request: HTTPRequest
        do {
            request = try HTTPRequest(
                .get, HTTPURL(address), bodyLimit: KeyReference.sizeLimit)
        } catch {
            throw UsageError("--key: the address cannot be used: \(error)")
        }
        switch calls.client(.trust).send(request, deadline: calls.deadline).result {
        case .success(let response):
            return response.body
        case .failure(let error) where error.failureClass == .permanent:
            throw UsageError("--key: the key cannot be fetched: \(error)")
        case .failure(let error):
            throw ServiceError(
                description: "--key: the key cannot be fetched: \(error)",
                isTimeout: error.failureClass == .deadline)
        }
    }
}

extension VerifyOptions {
    /// Who must have signed.
    ///
    /// - Parameter inputs: The files that will be read: that one is missing is said before a key is
    ///   fetched.
    func signer(before inputs: [String?]) throws -> VerificationPolicy.Signer {
        let download = KeyDownload(
            limits: try CallLimits(retry), reporter: Reporter(isQuiet: result.quiet))
        return try identity.signer { address in
            for file in inputs.compactMap({ $0 }) where file != "-" && !InputFile.exists(file) {
                _ = try InputFile(file)
            }
            return try download.content(of: address)
        }
    }
}
