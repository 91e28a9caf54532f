import JSON
import SigningCrypto
import Synchronization

/// Lets a person log in who always agrees: by a browser that is sent back with a code (RFC 6749
/// §4.1 with RFC 7636), or on another device (RFC 8628).
final class SandboxLogin: Sendable {
    /// What a code may be exchanged for, and by whom.
    private struct Grant {
        /// `BASE64URL(SHA-256(verifier))` (RFC 7636 §4.2).
        let challenge: String
        let redirectURI: String?
        let nonce: String?
        /// How often the answer is still that the person has not agreed yet.
        var pendingPolls: Int
    }

    private let grants = Mutex<[String: Grant]>([:])

    static let outOfBand = "urn:ietf:wg:oauth:2.0:oob"
    static let deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"
    /// Of codes, in seconds; told, but not enforced.
    private static let lifetime: Int64 = 300

    /// RFC 6749 §4.1.1: back to the client on this machine, with a code.
    func authorize(_ query: [String: String]) throws -> SandboxAnswer {
        guard query["response_type"] == "code", query["client_id"] == "sigstore",
            query["scope"]?.split(separator: " ").contains("openid") == true,
            let redirectURI = query["redirect_uri"]
        else { throw refusal("invalid_request") }
        let code = try issue(query, redirectURI: redirectURI, pendingPolls: 0)
        if redirectURI == Self.outOfBand { return SandboxAnswer(text: code) }
        guard ["http://localhost:", "http://127.0.0.1:"].contains(where: redirectURI.hasPrefix)
        else { throw refusal("invalid_request") }
        let state = Self.escaped(query["state"] ?? "")
        return SandboxAnswer(303, text: "")
            .adding("Location", "\(redirectURI)?code=\(code)&state=\(state)")
    }

    /// RFC 8628 §3.2. The first poll with the code finds that the person has not agreed yet.
    func device(_ form: [String: String], verificationURI: String) throws -> SandboxAnswer {
        guard form["client_id"] == "sigstore" else { throw refusal("invalid_client") }
        let code = try issue(form, redirectURI: nil, pendingPolls: 1)
        let userCode = String(code.prefix(8)).uppercased()
        return SandboxAnswer(json: [
            "device_code": .string(code), "user_code": .string(userCode),
            "verification_uri": .string(verificationURI),
            "verification_uri_complete": .string("\(verificationURI)?user_code=\(userCode)"),
            "expires_in": .integer(Self.lifetime), "interval": .integer(1),
        ])
    }

    /// RFC 6749 §4.1.3, RFC 8628 §3.4: takes the code, which is good once.
    ///
    /// Gives the nonce that the token must repeat.
    func redeem(_ form: [String: String]) throws -> String? {
        let isDevice = form["grant_type"] == Self.deviceGrant
        guard isDevice || form["grant_type"] == "authorization_code" else {
            throw refusal("unsupported_grant_type")
        }
        let code = form[isDevice ? "device_code" : "code"] ?? ""
        let grant = grants.withLock { grants in
            let grant = grants[code]
            if let grant, grant.pendingPolls > 0 {
                grants[code]?.pendingPolls -= 1
            } else {
                grants[code] = nil
            }
            return grant
        }
        guard let grant, isDevice == (grant.redirectURI == nil),
            isDevice || grant.redirectURI == form["redirect_uri"],
            challenge(of: form["code_verifier"] ?? "") == grant.challenge
        else { throw refusal("invalid_grant") }
        guard grant.pendingPolls == 0 else { throw refusal("authorization_pending") }
        return grant.nonce
    }

    private func issue(
        _ fields: [String: String], redirectURI: String?, pendingPolls: Int
    ) throws -> String {
        guard fields["code_challenge_method"] == "S256", let challenge = fields["code_challenge"]
        else { throw refusal("invalid_request") }
        let code = try randomBytes(16).hex
        let grant = Grant(
            challenge: challenge, redirectURI: redirectURI, nonce: fields["nonce"],
            pendingPolls: pendingPolls)
        grants.withLock { $0[code] = grant }
        return code
    }

    private func challenge(of verifier: String) -> String {
        JSONWebToken.base64URL(Digest(of: Array(verifier.utf8)).bytes)
    }

    /// RFC 6749 §5.2.
    private func refusal(_ error: String) -> Refusal {
        Refusal(SandboxAnswer(400, json: ["error": .string(error)]))
    }

    /// RFC 3986 §2.1: everything but letters and digits.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            return character.isASCII && (character.isLetter || character.isNumber)
                ? String(character) : "%" + [byte].hex.uppercased()
        }.joined()
    }
}
