package import HTTP

/// One call of a registry, with all that has to be asked around it: whether the registry speaks TLS, a token,
/// the place that a redirect names.
///
/// It neither asks nor waits: requests are handed out, answers are taken in.
package struct RegistryExchange: Sendable {
    package enum Step {
        case send(HTTPRequest)
        /// Somebody has to look for credentials first.
        case credentials
        case answered(RegistryAnswer)
    }

    private enum Stage {
        /// What is next follows from what is known of the registry.
        case ready
        case probing(RegistryAddress)
        case requestingToken
        /// The call itself is on its way.
        case asking(HTTPURL, HTTPHeader?)
        case redirected(HTTPURL)
        case following(HTTPURL)
        case answered(RegistryAnswer)
    }

    package let call: RegistryCall
    private var stage = Stage.ready
    /// Nothing there speaks TLS.
    private var isPlain = false
    private var isRenewed = false
    private var redirects = 0

    package init(_ call: RegistryCall) {
        self.call = call
    }

    /// Whether the request that was handed out last is the call itself, not one that comes before it.
    package var isAsking: Bool {
        if case .asking = stage { true } else { false }
    }

    /// What has to happen next.
    package mutating func next(
        _ access: inout RegistryAccess
    ) throws(RegistryError) -> Step {
        if case .answered(let answer) = stage { return .answered(answer) }
        guard let address = access.address, let authorization = access.authorization else {
            return try probe(&access)
        }
        if case .redirected(let url) = stage {
            stage = .following(url)
            return .send(
                access.guarded(
                    try made { () throws(HTTPFailure) in
                        try call.redirected(to: url)
                    }))
        }
        switch try authorization.next(for: call.scope) {
        case .credentials: return .credentials
        case .token(let request):
            stage = .requestingToken
            return .send(access.guarded(request))
        case .send(let header):
            let request = try made { () throws(HTTPFailure) in
                try call.request(at: address, authorization: header)
            }
            stage = .asking(request.url, header)
            return .send(access.guarded(request))
        }
    }

    /// Takes in the answer to the request that `next` has handed out.
    package mutating func take(
        _ response: HTTPResponse, _ access: inout RegistryAccess
    ) throws(RegistryError) {
        switch stage {
        case .probing(let address): try takeProbe(response, address, &access)
        case .requestingToken:
            stage = .ready
            try access.authorization?.take(token: response, for: call.scope)
        case .asking(let url, let header):
            if response.isFromLocalPeer { access.isLocal = true }
            if try follows(response, at: url, access) { return }
            stage = .ready
            let isRepeated =
                response.status == 401
                && access.authorization?.retries(
                    after: response, sent: header, scope: call.scope, isRenewed: &isRenewed)
                    == true
            if !isRepeated { try finish(response, at: url, &access) }
        case .following(let url):
            if try !follows(response, at: url, access) {
                try finish(response, at: url, &access)
            }
        case .ready, .redirected, .answered: break
        }
    }

    /// Takes note that an exchange has failed.
    /// - Returns: Whether something else is to be sent instead.
    package mutating func take(_ failure: HTTPFailure) -> Bool {
        guard case .probing = stage, !isPlain,
            failure.failureClass == .notSent || failure.failureClass == .unknownOutcome
        else { return false }
        stage = .ready
        isPlain = true
        return true
    }
}

// MARK: - Where a registry answers

extension RegistryExchange {
    /// https; for this machine plain http where nothing there speaks TLS.
    private mutating func probe(
        _ access: inout RegistryAccess
    ) throws(RegistryError) -> Step {
        let address = try made { [isPlain] () throws(HTTPFailure) in
            try RegistryAddress(access.registry, isPlain: isPlain)
        }
        guard address.isLoopback else {
            access.note(address)
            return try next(&access)
        }
        stage = .probing(address)
        var request = try made { () throws(HTTPFailure) in
            try HTTPRequest(
                .get, address.base, answers: Set(300..<600), bodyLimit: 1 << 16,
                keepsRedirects: true)
        }
        if !isPlain { request.limit = .seconds(2) }
        return .send(request)
    }

    private mutating func takeProbe(
        _ response: HTTPResponse, _ address: RegistryAddress, _ access: inout RegistryAccess
    ) throws(RegistryError) {
        stage = .ready
        // A server that speaks TLS says 400 to what is none.
        guard !isPlain || response.status != 400 else {
            throw .unavailable(
                "\(access.registry) speaks TLS, and has not answered", retryAfter: nil)
        }
        access.note(address)
    }

    private func made<Value>(
        _ make: () throws(HTTPFailure) -> Value
    ) throws(RegistryError) -> Value {
        do {
            return try make()
        } catch {
            throw .exchange(error, at: nil)
        }
    }
}

// MARK: - The end

extension RegistryExchange {
    private static let redirectLimit = 5

    /// Where a registry has a content at another place, that is asked as a stranger.
    private mutating func follows(
        _ response: HTTPResponse, at url: HTTPURL, _ access: RegistryAccess
    ) throws(RegistryError) -> Bool {
        guard call.followsRedirects, 300..<400 ~= response.status, response.status != 304,
            let address = access.address
        else { return false }
        redirects += 1
        guard redirects <= Self.redirectLimit else {
            throw .untrustworthy(
                "\(access.registry) redirects more than \(Self.redirectLimit) times")
        }
        stage = .redirected(try call.redirect(of: response, at: url, address))
        return true
    }

    private mutating func finish(
        _ response: HTTPResponse, at url: HTTPURL, _ access: inout RegistryAccess
    ) throws(RegistryError) {
        guard let address = access.address else { return }
        // To have looked is not to have written, though it takes the same right.
        if response.isSuccess, !call.isWrite || !call.isLook {
            access.authorization?.noteSuccess(of: call.scope)
        }
        try call.check(
            response, hasSucceeded: access.authorization?.hasAdmitted(call.scope) ?? false)
        stage = .answered(RegistryAnswer(response: response, url: url, address: address))
    }
}

/// What a call has given, and where.
package struct RegistryAnswer: Sendable {
    package let response: HTTPResponse
    package let url: HTTPURL
    package let address: RegistryAddress

    package init(response: HTTPResponse, url: HTTPURL, address: RegistryAddress) {
        self.response = response
        self.url = url
        self.address = address
    }
}
