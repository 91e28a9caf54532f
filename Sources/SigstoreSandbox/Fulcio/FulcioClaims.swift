import JSON

/// What a certificate tells of the token that it was given for.
struct FulcioClaims {
    let claims: [String: JSONValue]
    let identity: SandboxIdentity

    private static let server = "https://github.com"

    func text(_ name: String) -> String? {
        guard case .string(let text)? = claims[name] else { return nil }
        return text
    }

    /// rfc822Name for an e-mail address, URI for a workflow (RFC 5280 §4.2.1.6); nil without the
    /// claim for it.
    var subjectAlternativeName: [UInt8]? {
        switch identity {
        case .email: text("email").map { DER.tagged(0x81, $0.utf8) }
        case .github:
            text("job_workflow_ref").map { DER.tagged(0x86, "\(Self.server)/\($0)".utf8) }
        }
    }

    /// Fulcio's extensions below 1.3.6.1.4.1.57264.1; what no claim tells is left out.
    ///
    /// Source: Fulcio, docs/oid-info.md.
    var extensions: [CertificateExtensionField] {
        let plain = [(1, "iss")] + (identity == .github ? Self.plainClaims : [])
        let encoded = identity == .github ? Self.encodedClaims : [(8, "iss", "")]
        let run = text("run_id").flatMap { run in
            text("repository").flatMap { repository in
                text("run_attempt").map {
                    "\(Self.server)/\(repository)/actions/runs/\(run)/attempts/\($0)"
                }
            }
        }
        let fields =
            plain.compactMap { number, name in
                text(name).map { field(number, Array($0.utf8)) }
            }
            + encoded.compactMap { number, name, prefix in
                text(name).map { field(number, DER.utf8(prefix + $0)) }
            }
        return fields + (run.map { [field(21, DER.utf8($0))] } ?? [])
    }

    /// The old extensions, whose values are the bytes of the text.
    private static let plainClaims = [
        (2, "event_name"), (3, "sha"), (4, "workflow"), (5, "repository"), (6, "ref"),
    ]

    /// The others, whose values are UTF8Strings, with what comes before the claim.
    private static let encodedClaims = [
        (8, "iss", ""), (9, "job_workflow_ref", server + "/"), (10, "job_workflow_sha", ""),
        (11, "runner_environment", ""), (12, "repository", server + "/"), (13, "sha", ""),
        (14, "ref", ""), (15, "repository_id", ""), (16, "repository_owner", server + "/"),
        (17, "repository_owner_id", ""), (18, "workflow_ref", server + "/"),
        (19, "workflow_sha", ""), (20, "event_name", ""), (22, "repository_visibility", ""),
        (23, "environment", ""), (24, "sub", ""),
    ]

    private func field(_ number: Int, _ value: [UInt8]) -> CertificateExtensionField {
        CertificateExtensionField(identifier: "1.3.6.1.4.1.57264.1.\(number)", value: value)
    }
}
