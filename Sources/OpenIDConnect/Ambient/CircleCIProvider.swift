import JSON

/// CircleCI: its own command asks for a new token.
struct CircleCIProvider<Instant>: IdentityProvider {
    let runCommand: CommandRunner<Instant>

    var name: String { "CircleCI" }
    var isRefreshable: Bool { true }

    func token(audience: String, deadline: Instant?) throws(IdentityError) -> IdentityToken {
        let claims: JSONValue = ["aud": .string(audience)]
        let command = [
            "circleci", "run", "oidc", "get",
            "--claims", String(decoding: claims.text(), as: UTF8.self),
        ]
        let output: [UInt8]
        do {
            output = try runCommand(command, deadline)
        } catch let error as CommandFailure {
            throw .noAnswer(source: "'circleci run oidc get'", reason: "\(error)")
        } catch {
            throw .unreadable(source: "'circleci run oidc get'", reason: "\(error)")
        }
        return try IdentityToken(String(decoding: output, as: UTF8.self), from: name)
    }
}
