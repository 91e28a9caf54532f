package import FoundationEssentials
import JSON

/// An OpenID Connect identity token: a JWT, decoded but not verified.
///
/// The signature is for the certificate authority to verify. What is read here lets a token that it
/// would refuse be refused before anything is sent.
package struct IdentityToken: Equatable, Sendable {
    /// The token as it is sent.
    package let text: String
    package let issuer: String
    package let subject: String
    package let audience: [String]
    package let notBefore: Date?
    package let expiry: Date
    /// Not the empty text.
    package let email: String?
    package let isEmailVerified: Bool
    /// Who really vouched for the identity, where the issuer only passes it on.
    package let federatedConnector: String?
    /// What whoever asked for the token gave to be repeated in it.
    let nonce: String?
    /// The URIs by which a certificate names a job of the CI systems that have such claims.
    package let jobNames: [String]

    /// The longest token that is read: 64 KiB.
    package static let lengthLimit = 64 << 10

    /// - Parameters:
    ///   - text: The JWT; white space around it, as at the end of a file, is dropped.
    ///   - source: Where it is from, for messages.
    /// - Throws: `.malformed` for a text that is no JWT or lacks a claim that is needed.
    package init(_ text: String, from source: String) throws(IdentityError) {
        do {
            try self.init(text)
        } catch {
            throw .malformed(source: source, reason: error.reason)
        }
    }

    private init(_ untrimmed: String) throws(Flaw) {
        guard untrimmed.utf8.count <= Self.lengthLimit else {
            throw Flaw("longer than \(Self.lengthLimit) bytes")
        }
        text = Self.trimmed(untrimmed)
        // RFC 7515 §7.1: the compact serialization.
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            .map { [UInt8](base64URL: $0) }
        guard parts.count == 3, let header = parts[0], let payload = parts[1], parts[2] != nil
        else { throw Flaw("not three parts of base64url with dots between them") }
        // What the reader says of the text is not repeated: it may quote it.
        guard let header = try? JSONNode(parsing: header), header.isObject else {
            throw Flaw("its header is not a JSON object")
        }
        guard let payload = try? JSONNode(parsing: payload), payload.isObject else {
            throw Flaw("its claims are not a JSON object")
        }
        do {
            issuer = try payload.required("iss").string
            subject = try payload.required("sub").string
            audience = try payload.required("aud").oneOrMoreStrings
            expiry = try payload.required("exp").numericDate
            notBefore = try payload.optional("nbf")?.numericDate
            email = try payload.optional("email")?.string.nonEmpty
            isEmailVerified = try payload.optional("email_verified")?.isTrue ?? false
            federatedConnector = try payload.optional("federated_claims")?
                .optional("connector_id")?.string.nonEmpty
            nonce = try payload.optional("nonce")?.string
        } catch {
            throw Flaw("\(error)")
        }
        jobNames = payload.jobNames
    }

    private static func trimmed(_ text: String) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
        let start = text.utf8.drop(while: isBlank)
        let end = start.lastIndex { !isBlank($0) }
        return end.map { String(decoding: start[...$0], as: UTF8.self) } ?? ""
    }
}

extension IdentityToken {
    /// What a proof of possession signs: the e-mail address, else the subject.
    package var identity: String { email ?? subject }

    /// What the certificate may name: an e-mail address whatever else the token claims.
    package var names: [String] { email.map { [$0] } ?? jobNames + [subject] }

    /// Who the certificate will say has vouched for the identity.
    package var certificateIssuer: String { federatedConnector ?? issuer }
}

extension IdentityToken: CustomStringConvertible, CustomReflectable {
    package var description: String { "identity token of '\(identity)' by '\(issuer)'" }
    package var customMirror: Mirror { Mirror(self, children: ["token": description]) }
}

/// What is wrong with a text, without any of it.
private struct Flaw: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

// MARK: - Reading

extension JSONNode {
    // RFC 7519 §4.1.3
    fileprivate var oneOrMoreStrings: [String] {
        get throws(JSONError) {
            if let string = try? string { return [string] }
            guard let elements = try? elements else {
                throw unexpected("a string or an array of strings")
            }
            return try elements.map { element throws(JSONError) in try element.string }
        }
    }

    /// Seconds since 1970, with or without a fraction (RFC 7519 §2), until the year 9999.
    fileprivate var numericDate: Date {
        get throws(JSONError) {
            guard let seconds = try? double, 0...253_402_300_799 ~= seconds else {
                throw unexpected("a time in seconds")
            }
            return Date(timeIntervalSince1970: seconds)
        }
    }

    /// Some issuers write the word instead of the value.
    fileprivate var isTrue: Bool {
        (try? bool) ?? ["true", "True"].contains(try? string)
    }

    /// The names by the templates of the public certificate authority.
    fileprivate var jobNames: [String] {
        func claim(_ name: String) -> String? { (try? optional(name)?.string)?.nonEmpty }
        let circle = "oidc.circleci.com"
        let names = [
            claim("job_workflow_ref").map { "https://github.com/\($0)" },
            claim("ci_config_ref_uri").map { "https://\($0)" },
            claim("organization_slug").flatMap { organization in
                claim("pipeline_slug").map { "https://buildkite.com/\(organization)/\($0)" }
            },
            claim("\(circle)/project-id").flatMap { project in
                claim("\(circle)/pipeline-definition-id").map {
                    "https://circleci.com/api/v2/projects/\(project)/pipeline-definitions/\($0)"
                }
            },
        ]
        return names.compactMap { $0 }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
