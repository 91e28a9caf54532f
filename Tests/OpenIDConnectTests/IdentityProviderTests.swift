import FoundationEssentials
import HTTP
import JSON
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("Identity providers")
struct IdentityProviderTests {
    private let clock = RecordingClock()
    private let jwt = IdentityFixture.jwt()

    private func ask(
        _ source: IdentitySource, _ service: ScriptedEndpoint, audience: String = "sigstore",
        readFile: @escaping FileReader = { _, _ in throw Failure() },
        runCommand: @escaping CommandRunner<ContinuousClock.Instant> = { _, _ in throw Failure() }
    ) throws(IdentityError) -> IdentityToken {
        try source.provider(
            client: HTTPClient(transport: service, clock: clock), readFile: readFile,
            runCommand: runCommand
        ).token(audience: audience, deadline: clock.inTwoMinutes)
    }

    private struct Failure: Error, CustomStringConvertible {
        var description: String { "it is broken" }
    }

    private static let gitHub = IdentitySource.gitHubActions(
        url: "https://gh.example/idtoken?api-version=2.0", requestToken: Secret("requ3st"))
    private static let buildkite = IdentitySource.buildkite(
        endpoint: "https://bk.example/v3/", job: "j 1", accessToken: Secret("acc3ss"))

    // MARK: - What is asked

    @Test("GitHub is asked with the audience appended to its query, and the token of the job")
    func gitHub() throws {
        let service = ScriptedEndpoint([.answer(200, #"{"value":"\#(jwt)","count":1}"#)])
        let token = try ask(Self.gitHub, service, audience: "a b&c=ü")

        #expect(token.text == jwt)
        let request = try #require(service.requests.first)
        #expect(
            request.url
                == (try HTTPURL(
                    "https://gh.example/idtoken?api-version=2.0&audience=a%20b%26c%3D%C3%BC"))
        )
        #expect(
            request.headers == [
                HTTPHeader("Authorization", "Bearer requ3st", isSecret: true),
                HTTPHeader("Accept", "application/json"),
            ])
        guard case .get = request.method else { return #expect(Bool(false), "no GET") }
    }

    @Test("an address of GitHub's without a query gets one")
    func gitHubWithoutQuery() throws {
        let service = ScriptedEndpoint([.answer(200, #"{"value":"\#(jwt)"}"#)])
        _ = try ask(.gitHubActions(url: "https://gh.example/x", requestToken: Secret("t")), service)

        #expect(
            service.requests.map(\.url) == [try HTTPURL("https://gh.example/x?audience=sigstore")])
    }

    @Test("Buildkite is asked by POST for the job's token")
    func buildkite() throws {
        let service = ScriptedEndpoint([.answer(200, #"{"token":"\#(jwt)"}"#)])

        #expect(try ask(Self.buildkite, service).text == jwt)
        let request = try #require(service.requests.first)
        #expect(request.description == "POST https://bk.example/v3/jobs/j%201/oidc/tokens")
        #expect(
            request.headers.first == HTTPHeader("Authorization", "Token acc3ss", isSecret: true))
        #expect(body(request) == #"{"audience":"sigstore"}"#)
    }

    @Test("Google's metadata service gives the token of the machine, as plain text")
    func googleCloud() throws {
        let service = ScriptedEndpoint([.answer(200, jwt)])

        #expect(try ask(.googleCloud(impersonated: nil), service, audience: "a/b").text == jwt)
        let request = try #require(service.requests.first)
        let path = "/computeMetadata/v1/instance/service-accounts/default/identity"
        #expect(request.url == (try HTTPURL(metadata: "\(path)?audience=a%2Fb&format=full")))
        #expect(request.headers == [HTTPHeader("Metadata-Flavor", "Google")])
    }

    @Test("a machine of Google's asks for another account's token with its own access token")
    func impersonation() throws {
        let service = ScriptedEndpoint([
            .answer(200, #"{"access_token":"acc3ss","expires_in":3599}"#),
            .answer(200, #"{"token":"\#(jwt)"}"#),
        ])

        #expect(try ask(.googleCloud(impersonated: "ci/@p.example"), service).text == jwt)
        try #require(service.requests.count == 2)
        #expect(
            service.requests[0].url
                == (try HTTPURL(
                    metadata: "/computeMetadata/v1/instance/service-accounts/default/token"
                        + "?scopes=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform")))
        let request = service.requests[1]
        #expect(
            request.description == "POST https://iamcredentials.googleapis.com/v1/projects/-/"
                + "serviceAccounts/ci%2F@p.example:generateIdToken")
        #expect(
            request.headers.first == HTTPHeader("Authorization", "Bearer acc3ss", isSecret: true))
        #expect(body(request) == #"{"audience":"sigstore","includeEmail":true}"#)
    }

    @Test("CircleCI's command is run with the audience, and the token is what it prints")
    func circleCI() throws {
        var commands: [[String]] = []
        let token = try ask(
            .circleCI, ScriptedEndpoint([]), audience: "a\"b",
            runCommand: { command, _ in
                commands.append(command)
                return Array("\(jwt)\n".utf8)
            })

        #expect(token.text == jwt)
        #expect(
            commands == [["circleci", "run", "oidc", "get", "--claims", #"{"aud":"a\"b"}"#]])
    }

    @Test("a token file is read at each use, up to the longest token")
    func file() throws {
        var tokens = [jwt, IdentityFixture.jwt(expiresIn: 600)]
        let provider = IdentitySource.file("/run/token").provider(
            client: HTTPClient(transport: ScriptedEndpoint([]), clock: clock),
            readFile: { path, limit in
                #expect(path == "/run/token")
                #expect(limit == 65536)
                return Array("\(tokens.removeFirst())\n".utf8)
            }, runCommand: { _, _ in [] })
        let expected = tokens

        #expect(provider.isRefreshable)
        for text in expected {
            let token = try provider.token(audience: "sigstore", deadline: clock.inTwoMinutes)
            #expect(token.text == text)
        }
    }

    @Test("only a value that was given cannot be replaced by a newer token")
    func refreshable() {
        let sources: [(IdentitySource, Bool)] = [
            (.token(Secret(jwt), from: "SIGSTORE_ID_TOKEN"), false), (.file("a"), true),
            (Self.gitHub, true), (Self.buildkite, true), (.circleCI, true),
            (.googleCloud(impersonated: nil), true),
        ]
        for (source, isRefreshable) in sources {
            let provider = source.provider(
                client: HTTPClient(transport: ScriptedEndpoint([]), clock: clock),
                readFile: { _, _ in [] }, runCommand: { _, _ in [] })
            #expect(provider.isRefreshable == isRefreshable)
        }
    }

    // MARK: - What goes wrong

    @Test("a plain text answer of status 200 is asked for once more, and then refused for good")
    func plainText() throws {
        let ill = ScriptedEndpoint.Step.answer(200, "upstream connect error or disconnect")
        let once = ScriptedEndpoint([ill, .answer(200, #"{"value":"\#(jwt)"}"#)])
        let always = ScriptedEndpoint([ill])

        #expect(try ask(Self.gitHub, once).text == jwt)
        #expect(once.requests.count == 2)
        let error = failure { () throws(IdentityError) in try ask(Self.gitHub, always) }
        #expect(always.requests.count == 2)
        #expect(
            error?.description == "no identity token from GitHub Actions: GET https://gh.example/"
                + "idtoken: unreadable answer: malformed identity token from GitHub Actions: "
                + "the answer is not a JSON object with the text 'value'")
    }

    @Test("the status is looked at before the body: a refusal is final, an outage is not")
    func status() throws {
        let answer = #"{"value":"\#(jwt)"}"#
        let refusing = ScriptedEndpoint([.answer(403, answer), .answer(200, answer)])
        let recovering = ScriptedEndpoint([
            .answer(503, answer), .failure(.notSent(reason: "refused")), .answer(200, answer),
        ])

        let error = failure { () throws(IdentityError) in try ask(Self.gitHub, refusing) }
        guard case .call("GitHub Actions", let call) = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
        #expect(call.failure.status == 403)
        #expect(refusing.requests.count == 1)
        #expect(try ask(Self.gitHub, recovering).text == jwt)
        #expect(recovering.requests.count == 3)
    }

    @Test("an address or a token that no request can have is refused without being shown")
    func badSettings() {
        let service = ScriptedEndpoint([])
        let cases: [(IdentitySource, String)] = [
            (
                .gitHubActions(url: "http://s3cret.example/", requestToken: Secret("t")),
                "no identity token from GitHub Actions: request: http://s3cret.example/ is plain "
                    + "http to another machine, not https"
            ),
            (
                .gitHubActions(url: "s3cret", requestToken: Secret("t")),
                "no identity token from GitHub Actions: request: invalid URL: Bad scheme"
            ),
            (
                .buildkite(
                    endpoint: "https://b/", job: "j", accessToken: Secret("s3cret\r\nA: b")),
                "no identity token from Buildkite: request: header Authorization holds characters "
                    + "that no header may have"
            ),
        ]
        for (source, expected) in cases {
            let error = failure { () throws(IdentityError) in try ask(source, service) }
            #expect(error?.description == expected)
        }
        #expect(service.requests.isEmpty)
    }

    @Test("a file or a command that fails is named with the reason")
    func unreadable() {
        let service = ScriptedEndpoint([])
        #expect(
            failure { () throws(IdentityError) in try ask(.file("/a"), service) }?.description
                == "cannot read the identity token from the file of --identity-token: it is broken")
        #expect(
            failure { () throws(IdentityError) in try ask(.circleCI, service) }?.description
                == "cannot read the identity token from 'circleci run oidc get': it is broken")
    }

    @Test("no error shows a token, whatever is given or comes back")
    func tokensInErrors() throws {
        let answers = [
            jwt + ".x", #"{"value":"\#(jwt)x.y","token":"\#(jwt)x.y"}"#,
            #"{"value":["\#(jwt)"],"token":{"\#(jwt)":1}}"#, #"{"value":"\#(jwt)", \#(jwt)"#,
            #"{\#(jwt)"#, #"{"access_token":"\#(jwt)\r\n"}"#,
        ]
        let sources = [
            Self.gitHub, Self.buildkite, .googleCloud(impersonated: "a@b"), .circleCI, .file("/a"),
            .googleCloud(impersonated: nil),
        ]
        for answer in answers {
            let given = IdentitySource.token(Secret(answer), from: "SIGSTORE_ID_TOKEN")
            for source in sources + [given] {
                let error = failure { () throws(IdentityError) in
                    try ask(
                        source, ScriptedEndpoint([.answer(200, answer)]),
                        readFile: { _, _ in Array(answer.utf8) },
                        runCommand: { _, _ in Array(answer.utf8) })
                }
                expect(error, shows: jwt.split(separator: ".").map(String.init), false)
            }
        }
    }

    @Test("no error shows what a token is asked with, even where the service repeats it")
    func secretsInErrors() throws {
        let access = ScriptedEndpoint.Step.answer(200, #"{"access_token":"acc3ss"}"#)
        for status in [400, 403, 500] {
            let echo = ScriptedEndpoint.Step.answer(status, "no: Bearer requ3st, Token acc3ss")
            let calls: [(IdentitySource, [ScriptedEndpoint.Step], String)] = [
                (Self.gitHub, [echo], "requ3st"), (Self.buildkite, [echo], "acc3ss"),
                (.googleCloud(impersonated: "a@b"), [access, echo], "acc3ss"),
            ]
            for (source, script, secret) in calls {
                let error = failure { () throws(IdentityError) in
                    try ask(source, ScriptedEndpoint(script))
                }
                expect(error, shows: ["no:"], true)
                expect(error, shows: [secret], false)
            }
        }
    }

    private func expect(
        _ error: IdentityError?, shows parts: [String], _ isShown: Bool,
        at location: SourceLocation = #_sourceLocation
    ) {
        guard let error else {
            Issue.record("there is no error", sourceLocation: location)
            return
        }
        for text in ["\(error)", String(reflecting: error)] {
            for part in parts {
                #expect(text.contains(part) == isShown, sourceLocation: location)
            }
        }
    }

    private func failure(
        _ body: () throws(IdentityError) -> IdentityToken
    ) -> IdentityError? {
        do throws(IdentityError) {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }

    private func body(_ request: HTTPRequest) -> String? {
        guard case .post(let body, "application/json") = request.method else { return nil }
        return String(decoding: body, as: UTF8.self)
    }
}
