import HTTP
import SigningCrypto
import Testing

@testable import OCI

@Suite("Calls of a registry and what is asked around them")
struct RegistryExchangeTests {
    /// What was sent, in its order, with the credentials.
    private final class Log {
        var lines: [String] = []
        var refusesLocalPeers: [Bool] = []
    }

    private let log = Log()
    private static let challenge = [
        "WWW-Authenticate": #"Bearer realm="https://registry.example/token",service="s""#
    ]

    private func registries(
        _ credentials: RegistryCredentials? = .password(user: "u", "p")
    ) -> KnownRegistries {
        KnownRegistries { [log] _ in
            log.lines.append("credentials")
            return credentials
        }
    }

    @Test("each repository has credentials of its own, which no other one of the registry gets")
    func repositories() throws {
        let registries = KnownRegistries { repository in
            .password(user: repository.path, "p")
        }
        for repository in ["a", "b", "a"] {
            let call = try manifest("registry.example/\(repository)")
            _ = try perform(call, registries) { request in
                let sent = request.headers.first { $0.name == "Authorization" }?.value
                let own = "Basic " + Array("\(repository):p".utf8).base64
                return sent == own
                    ? answer(200) : answer(401, "", ["WWW-Authenticate": "Basic realm=\"x\""])
            }
        }
    }

    @Test("to have looked with the right to write is not to have written: a refusal is one")
    func looked() throws {
        let registries = registries()
        let repository = try Repository("registry.example/app")
        let digest = Digest(of: [])
        _ = try perform(.checkBlob(digest, in: repository), registries) { _ in answer(200) }
        for isAdmitted in [false, true] {
            let error = #expect(throws: RegistryError.self) {
                try perform(.startUpload(in: repository), registries) { _ in answer(403) }
            }
            #expect(error?.failureClass == (isAdmitted ? .unknownOutcome : .permanent))
            _ = try perform(.startUpload(in: repository), registries) { _ in answer(202) }
        }
    }

    private func manifest(_ repository: String = "registry.example/app") throws -> RegistryCall {
        .manifest("v1", in: try Repository(repository))
    }

    private func answer(
        _ status: Int, _ body: String = "", _ headers: [String: String] = [:]
    ) -> HTTPResponse {
        MemoryRegistry.answer(status, Array(body.utf8), headers: headers)
    }

    /// Goes through a call; `reply` says how what is sent is answered, nil for a connection that fails.
    private func perform(
        _ call: RegistryCall, _ registries: KnownRegistries,
        _ reply: (HTTPRequest) -> HTTPResponse?
    ) throws -> RegistryAnswer {
        let conversation = RegistryConversation(with: call.repository.registry, registries)
        var request = try conversation.begin(call)
        for _ in 0..<20 {
            let authorization = request.headers.first { $0.name == "Authorization" }?.value
            log.lines.append(
                [request.description, authorization].compactMap { $0 }.joined(separator: " "))
            log.refusesLocalPeers.append(request.refusesLocalPeer)
            guard let response = reply(request) else {
                request = try #require(
                    conversation.standIn(for: .notSent(reason: "refused")))
                continue
            }
            do {
                switch try conversation.take(response) {
                case .send(let next): request = next
                case .answered(let answer): return answer
                }
            } catch { throw conversation.error ?? .exchange(error, at: nil) }
        }
        throw HTTPFailure.setUp("come to an end")
    }

    @Test("a token is got where one is wanted, and serves the calls that follow")
    func token() throws {
        let registries = registries()
        func reply(_ request: HTTPRequest) -> HTTPResponse {
            if "\(request)".contains("/token") { return answer(200, #"{"token":"t1"}"#) }
            let isAdmitted = request.headers.contains { $0.value == "Bearer t1" }
            return isAdmitted ? answer(200) : answer(401, "", Self.challenge)
        }
        _ = try perform(try manifest(), registries, reply)
        _ = try perform(try manifest(), registries, reply)

        let call = "GET https://registry.example/v2/app/manifests/v1"
        #expect(
            log.lines == [
                call, "credentials", "GET https://registry.example/token Basic dTpw",
                call + " Bearer t1", call + " Bearer t1",
            ])
    }

    @Test("a token that has expired is renewed once; then the call is refused")
    func expired() throws {
        var number = 0
        let error = #expect(throws: RegistryError.self) {
            try perform(try manifest(), registries()) { request in
                guard "\(request)".contains("/token") else {
                    return answer(401, "", Self.challenge)
                }
                number += 1
                return answer(200, #"{"token":"t\#(number)"}"#)
            }
        }

        #expect(number == 2)
        #expect(error?.className == "registry-denied")
    }

    @Test(
        "of two calls with the same token that has expired, one does not spoil the other's new one")
    func concurrent() throws {
        let address = try RegistryAddress("registry.example")
        var authorization = RegistryAuthorization(address)
        let unauthorized = answer(401, "", Self.challenge)
        var (first, second) = (false, false)
        func header() throws -> HTTPHeader? {
            guard case .send(let header) = try authorization.next(for: "a") else { return nil }
            return header
        }
        var isRenewed = false
        #expect(
            authorization.retries(after: unauthorized, sent: nil, scope: "a", isRenewed: &isRenewed)
        )
        authorization.take(nil, for: "a")
        try authorization.take(token: answer(200, #"{"token":"old"}"#), for: "a")
        let old = try header()
        #expect(
            authorization.retries(after: unauthorized, sent: old, scope: "a", isRenewed: &first))
        try authorization.take(token: answer(200, #"{"token":"new"}"#), for: "a")
        #expect(
            authorization.retries(after: unauthorized, sent: old, scope: "a", isRenewed: &second))

        #expect(try header()?.value == "Bearer new")
        #expect((isRenewed, first, second) == (false, true, false))
    }

    @Test("who has no credentials is refused after one call")
    func anonymous() throws {
        #expect(throws: RegistryError.self) {
            try perform(try manifest(), registries(nil)) { _ in
                answer(401, "", ["WWW-Authenticate": "Basic realm=\"r\""])
            }
        }
        #expect(log.lines.count == 3)
    }

    @Test("credentials stay behind where a registry redirects, and a name there is not trusted")
    func redirect() throws {
        let registries = registries()
        _ = try perform(try manifest(), registries) { request in
            switch "\(request)" {
            case let text where text.contains("/token"): return answer(200, #"{"token":"t"}"#)
            case let text where text.contains("storage.example"): return answer(200)
            default:
                return request.headers.contains { $0.name == "Authorization" }
                    ? answer(307, "", ["Location": "https://storage.example/x?signature=y"])
                    : answer(401, "", Self.challenge)
            }
        }

        #expect(log.lines.last == "GET https://storage.example/x")
        #expect(log.refusesLocalPeers == [false, false, false, true])
    }

    @Test("a redirect without end is refused")
    func endless() throws {
        let error = #expect(throws: RegistryError.self) {
            try perform(try manifest(), registries()) { _ in
                answer(302, "", ["Location": "https://storage.example/x"])
            }
        }

        #expect(error?.className == "registry-answer")
    }

    @Test("this machine is asked by TLS first, by plain http where it speaks none; others never")
    func plain() throws {
        let registries = registries()
        _ = try perform(try manifest("localhost:5000/app"), registries) { request in
            "\(request)".contains("https:") ? nil : answer(200)
        }
        _ = try perform(try manifest(), registries) { _ in answer(200) }

        #expect(
            log.lines == [
                "GET https://localhost:5000/v2/", "GET http://localhost:5000/v2/",
                "GET http://localhost:5000/v2/app/manifests/v1",
                "GET https://registry.example/v2/app/manifests/v1",
            ])
    }

    @Test("trouble is the registry's, a manifest that is not seen yet the call's own")
    func failures() throws {
        let call = try manifest()
        let busy = #expect(throws: RegistryError.self) {
            try call.check(answer(503, "", ["Retry-After": "7"]), hasSucceeded: false)
        }
        let denied = #expect(throws: RegistryError.self) {
            try call.check(answer(403), hasSucceeded: true)
        }

        #expect(
            busy?.failure
                == .busy(
                    reason: "registry.example answers 503", status: 503, retryAfter: .seconds(7)))
        #expect(denied?.failure.status == 403)
        #expect(RegistryError.notYet("x").failure == .notYet(reason: "x"))
    }

    @Test("of a page that a token service answers with, messages have the words alone")
    func page() throws {
        let page =
            "<!DOCTYPE html><html><head><style>p {}</style></head><body><p>Bad  gateway</p></body></html>"
        let error = #expect(throws: RegistryError.self) {
            try TokenReading("registry.example").token(answer(502, page))
        }

        #expect(
            error?.description == "the token service of registry.example answers 502: Bad gateway")
    }
}
