import HTTP
import SigningCrypto

/// One entry on its way into one log, and back as the log's own with its proofs.
///
/// A log is known by its key. Its address may be an alias, or stand in front of several logs: what it says
/// is proved by whichever trusted log has signed it.
struct LogUpload: Codable, Equatable, Sendable {
    private enum State: Codable, Equatable, Sendable {
        case uploading
        /// Rekor v1 has it already, under that name.
        case getting(identifier: String)
        /// Rekor v2 has it already, at that index.
        case proving(TileWalk)
    }

    let log: SigningServices.Service
    private var state = State.uploading
    /// An attempt may have made the entry.
    private var isOutcomeUnknown = false
    /// An attempt is being made, for all that is known.
    private var isBegun = false

    init(to log: SigningServices.Service) {
        self.log = log
    }

    /// Whether the log may have the entry without our knowing it.
    var mayBeLogged: Bool { isOutcomeUnknown || isBegun }

    /// The log has not said yet that it has the entry.
    var isUploading: Bool { state == .uploading }

    mutating func begin() { isBegun = true }

    /// The attempts have ended without an answer.
    mutating func end(mayHaveTakenEffect: Bool) {
        isOutcomeUnknown = isOutcomeUnknown || mayHaveTakenEffect
        isBegun = false
    }

    /// What is asked next.
    func call(
        _ form: ProposedEntry.Form, in trustedRoot: TrustedRoot
    ) -> ServiceCall {
        let url = log.url
        switch (state, log.majorVersion) {
        case (.uploading, 1):
            var call = ServiceCall(.log, "POST \(url)", to: url) { _ throws(HTTPFailure) in
                try RekorV1.upload(form, to: url)
            }
            call.smallRequest = try? RekorV1.smallRequest(to: url)
            return call
        case (.uploading, _):
            var call = ServiceCall(.log, "POST \(url)", to: url) { _ throws(HTTPFailure) in
                try RekorV2.upload(form, to: url)
            }
            call.smallRequest = try? RekorV2.published("checkpoint", by: url)
            return call
        case (.getting(let identifier), _):
            // Where one address stands for several logs, another one may have answered.
            let places =
                [url]
                + trustedRoot.searchableLogs.compactMap { try? HTTPURL($0) }
                .filter { $0.withoutLastSlash != url.withoutLastSlash }
            var call = ServiceCall(.log, "GET \(url)", to: url) { attempt throws(HTTPFailure) in
                try RekorV1.entry(
                    identifier, of: places[(attempt - 1) % places.count], isSureToBeThere: true)
            }
            call.isPatient = true
            return call
        case (.proving(let walk), _):
            return walk.call(in: trustedRoot)
        }
    }

    /// Takes in an answer.
    /// - Returns: The log's entry, whose proofs are the caller's to verify; nil where another call follows.
    /// - Throws: `FinalAnswer`, or what makes the answer one to be asked for once more.
    mutating func read(
        _ response: HTTPResponse, _ form: ProposedEntry.Form, in trustedRoot: TrustedRoot
    ) throws -> LogEntry? {
        switch (state, log.majorVersion, response.status) {
        case (.uploading, 1, 409):
            state = .getting(
                identifier: RekorV1.identifier(in: response) ?? form.leafHash.hex)
            return nil
        case (.uploading, _, 409):
            guard let index = RekorV2.index(in: response) else {
                throw FinalAnswer(RekorError.unknownIndex(log: "\(log.url)"))
            }
            guard !trustedRoot.logs.isEmpty else {
                throw FinalAnswer(RekorError.unknownLog("\(log.url)"))
            }
            state = .proving(TileWalk(to: index, from: log.url, in: trustedRoot))
            return nil
        case (.uploading, 1, _):
            let entry = try LogEntry(rekorV1: response.body)
            try form.check(entry)
            return entry
        case (.uploading, _, _):
            return try RekorV2.read(response, form)
        case (.getting, _, _):
            let entry = try LogEntry(rekorV1: response.body)
            do {
                try form.check(entry)
            } catch {
                throw FinalAnswer(RekorError.otherEntry(log: "\(log.url)", reason: "\(error)"))
            }
            return entry
        case (.proving(var walk), _, _):
            let entry = try walk.read(response, form, in: trustedRoot)
            state = .proving(walk)
            return entry
        }
    }

    /// Takes in that there was no answer, or none that can be used.
    /// - Returns: Why there will be no entry; nil where there is another place to look.
    mutating func note(_ failure: RekorError) -> RekorError? {
        switch state {
        case .uploading:
            end(mayHaveTakenEffect: failure.mayBeLogged)
            return failure
        case .getting: return failure
        case .proving(var walk):
            let final = walk.note(failure)
            state = .proving(walk)
            return final
        }
    }

    /// What a failed call means.
    func error(_ error: HTTPError, mayHaveTakenEffect: Bool) -> RekorError {
        guard case .uploading = state else { return .call(error, mayBeLogged: true) }
        if RekorV2.isFrozen(error.failure) { return .frozen(log: "\(log.url)") }
        if case .bodyTooLarge(let size, let reason) = error.failure {
            return .tooLarge(log: "\(log.url)", size: size, reason: reason)
        }
        return .call(error, mayBeLogged: mayHaveTakenEffect)
    }
}

/// An answer that is no, and would be again.
struct FinalAnswer: Error {
    let failure: any PhaseFailure

    init(_ failure: any PhaseFailure) {
        self.failure = failure
    }
}

extension HTTPURL {
    var withoutLastSlash: Substring {
        description.hasSuffix("/") ? description.dropLast() : description[...]
    }
}
