import HTTP
import OpenIDConnect
import RetryEngine
import SigningCrypto

@testable import Sigstore

/// The questions of a protocol, asked one after the other as the signing driver asks them.
struct RekorClient<Clock: RetryClock> {
    let log: SigningServices.Service
    let client: HTTPClient<Clock>
    let trustedRoot: TrustedRoot

    /// The log's entry of the proposal, which may have been there before.
    func upload(_ proposal: ProposedEntry, deadline: Clock.Instant) throws(RekorError) -> LogEntry {
        var upload = LogUpload(to: log)
        guard let form = log.majorVersion == 1 ? proposal.v1 : proposal.v2 else {
            throw .unsupportedKey(log: "\(log.url)")
        }
        while true {
            let call = upload.call(form, in: trustedRoot)
            var entry: LogEntry?
            var answer: FinalAnswer?
            var unusable: RekorError?
            let outcome = client.send(call, deadline: deadline) { response, _ in
                var next = upload
                do {
                    entry = try next.read(response, form, in: trustedRoot)
                } catch let final as FinalAnswer {
                    answer = final
                } catch {
                    unusable = error as? RekorError
                    throw error
                }
                upload = next
            }
            if let entry { return entry }
            var failure = answer?.failure as? RekorError
            if case .failure(let error) = outcome.result {
                failure = upload.error(error, mayHaveTakenEffect: outcome.mayHaveTakenEffect)
                if let unusable, case .badResponse = error.failure { failure = unusable }
            }
            if let failure, let final = upload.note(failure) { throw final }
        }
    }
}

func RekorV1Client<Clock: RetryClock>(
    _ url: HTTPURL, client: HTTPClient<Clock>, trustedRoot: TrustedRoot = .empty
) -> RekorClient<Clock> {
    RekorClient(
        log: .init(url: url, majorVersion: 1), client: client, trustedRoot: trustedRoot)
}

func RekorV2Client<Clock: RetryClock>(
    _ url: HTTPURL, client: HTTPClient<Clock>, trustedRoot: TrustedRoot
) -> RekorClient<Clock> {
    RekorClient(
        log: .init(url: url, majorVersion: 2), client: client, trustedRoot: trustedRoot)
}

struct FulcioClient<Clock: RetryClock> {
    let url: HTTPURL
    let client: HTTPClient<Clock>

    init(_ url: HTTPURL, client: HTTPClient<Clock>) {
        self.url = url
        self.client = client
    }

    func certificate(
        for key: PrivateKey, token: @escaping () throws(IdentityError) -> IdentityToken,
        deadline: Clock.Instant
    ) throws(FulcioError) -> IssuedCertificate {
        let question = try CertificateQuestion(url, key: key)
        var issued: IssuedCertificate?
        var lack: IdentityError?
        let outcome = client.driver.perform(
            HTTPCall(
                "POST \(url)", policy: client.policy, attemptLimit: client.attemptLimit,
                deadline: deadline,
                request: { _ throws(HTTPFailure) in
                    let bearer: IdentityToken
                    do throws(IdentityError) {
                        bearer = try token()
                    } catch {
                        lack = error
                        throw .setUp("send an identity token")
                    }
                    return try question.request(bearer)
                },
                read: { response in
                    issued = try question.read(response)
                    return .done
                }))
        if let lack { throw .identity(lack) }
        if let issued { return issued }
        guard case .failure(let error) = outcome.result else { throw .otherKey }
        throw CertificateQuestion.error(error)
    }
}

struct TimestampAuthorityClient<Clock: RetryClock> {
    let url: HTTPURL
    let client: HTTPClient<Clock>
    let trustedRoot: TrustedRoot
    let nonce: (() -> UInt64)?

    init(
        _ url: HTTPURL, client: HTTPClient<Clock>, trustedRoot: TrustedRoot,
        nonce: (() -> UInt64)? = nil
    ) {
        self.url = url
        self.client = client
        self.trustedRoot = trustedRoot
        self.nonce = nonce
    }

    func timestamp(
        of signature: [UInt8], deadline: Clock.Instant
    ) throws(TimestampAuthorityError) -> [UInt8] {
        let asked = question(url, signature, nonce)
        let call = serviceCall(asked)
        var timestamp: [UInt8]?
        var answer: FinalAnswer?
        let outcome = client.send(call, deadline: deadline) { response, attempt in
            do {
                timestamp = try asked.read(
                    response, attempt: attempt, trustedRoot: trustedRoot)
            } catch let final as FinalAnswer {
                answer = final
            }
        }
        if let timestamp { return timestamp }
        if let failure = answer?.failure as? TimestampAuthorityError { throw failure }
        guard case .failure(let error) = outcome.result else {
            throw .untrusted(service: "\(url)", reason: "no answer")
        }
        throw .call(error)
    }
}

private func question(
    _ url: HTTPURL, _ signature: [UInt8], _ nonce: (() -> UInt64)?
) -> TimestampQuestion {
    guard let nonces = nonce.map(Nonces.init) else {
        return TimestampQuestion(url, signature: signature)
    }
    return TimestampQuestion(url, signature: signature) { nonces[$0] }
}

private func serviceCall(_ question: TimestampQuestion) -> ServiceCall {
    ServiceCall(.timestamp(question), "POST \(question.url)", to: question.url) {
        attempt throws(HTTPFailure) in try question.request(attempt)
    }
}

/// One for each attempt.
private final class Nonces: @unchecked Sendable {
    private let make: () -> UInt64
    private var made: [Int: UInt64] = [:]

    init(_ make: @escaping () -> UInt64) {
        self.make = make
    }

    subscript(attempt: Int) -> UInt64 {
        let nonce = made[attempt] ?? make()
        made[attempt] = nonce
        return nonce
    }
}

extension HTTPClient {
    /// Asks as the signing driver does.
    fileprivate func send(
        _ call: ServiceCall, deadline: Clock.Instant,
        reading read: @escaping (HTTPResponse, _ attempt: Int) throws -> Void
    ) -> HTTPOutcome {
        var patient = policy
        if call.isPatient { patient.attempts = policy.attempts.map { max($0, 10) } }
        var attempt = 1
        return driver.perform(
            HTTPCall(
                call.name, policy: patient, attemptLimit: attemptLimit, deadline: deadline,
                smallRequest: call.smallRequest,
                request: { number throws(HTTPFailure) in
                    attempt = number
                    return try call.request(number)
                },
                read: { response in
                    try read(response, attempt)
                    return .done
                }))
    }
}
