/// A flag of one of cosign's verbs, and what becomes of it here.
///
/// Source: `cosign VERB --help` and the flags that it hides, of cosign 3.1.
struct CosignFlag {
    let name: String
    let verbs: Set<String>
    var isBoolean = false
    let treatment: Treatment
    /// Whether it changes which instance, key or identity is used, so that a verb of ours that does not
    /// know its variable `COSIGN_<FLAG>` must not pass it over.
    var decides: Decision?

    enum Treatment {
        /// An option of the verb here.
        case taken
        /// Makes no difference here, and why.
        case ignored(String)
        /// Writes a part of the bundle to a file: superfluous beside a bundle, refused without.
        case part(String)
        /// What to write instead.
        case refused(String)
    }

    enum Decision {
        case instance
        case signer
        /// Narrows down whose signatures are accepted.
        case identity
    }

    /// The variable by which cosign reads it.
    var variable: String { "COSIGN_" + name.uppercased().replacing("-", with: "_") }

    static func named(_ name: some StringProtocol, of verb: String) -> CosignFlag? {
        all.first { $0.name == name && $0.verbs.contains(verb) }
    }

    /// Short and old names, by the long ones.
    static let otherNames = [
        "-y": "yes", "--cert": "certificate", "--cert-chain": "certificate-chain",
        "--cert-identity": "certificate-identity", "--output-cert": "output-certificate",
        "--cert-oidc-issuer": "certificate-oidc-issuer",
    ]
}

extension CosignFlag {
    private static let signs: Set = ["sign-blob", "attest-blob"]
    private static let verifies: Set = ["verify-blob", "verify-blob-attestation"]
    private static let both = signs.union(verifies)
    private static let every = both.union(["generate-key-pair"])

    private static func taken(
        _ names: [String], _ verbs: Set<String>, isBoolean: Bool = false,
        decides: Decision? = nil
    ) -> [CosignFlag] {
        names.map {
            CosignFlag(
                name: $0, verbs: verbs, isBoolean: isBoolean, treatment: .taken, decides: decides)
        }
    }

    private static func refused(
        _ names: [String], _ verbs: Set<String>, isBoolean: Bool = false,
        decides: Decision? = nil, _ instead: String
    ) -> [CosignFlag] {
        names.map {
            CosignFlag(
                name: $0, verbs: verbs, isBoolean: isBoolean, treatment: .refused(instead),
                decides: decides)
        }
    }

    private static func ignored(
        _ names: [String], _ verbs: Set<String>, isBoolean: Bool = false, _ reason: String
    ) -> [CosignFlag] {
        names.map {
            CosignFlag(name: $0, verbs: verbs, isBoolean: isBoolean, treatment: .ignored(reason))
        }
    }

    private static func part(
        _ names: [String], _ verbs: Set<String>, _ what: String
    ) -> [CosignFlag] {
        names.map { CosignFlag(name: $0, verbs: verbs, treatment: .part(what)) }
    }

    static let all = signing + verifying + general

    private static let signing: [CosignFlag] = [
        taken(["bundle", "predicate", "type", "statement"], signs),
        taken(["key", "identity-token", "oidc-client-id"], signs, decides: .signer),
        taken(
            [
                "fulcio-url", "rekor-url", "timestamp-server-url", "oidc-issuer", "signing-config",
                "trusted-root",
            ], signs, decides: .instance),
        taken(["fulcio-auth-flow"], signs),
        taken(
            ["yes", "tlog-upload", "new-bundle-format", "use-signing-config"], signs,
            isBoolean: true),
        part(["output-signature", "output"], signs, "the signature"),
        part(["output-certificate"], signs, "the certificate"),
        part(["output-attestation"], signs, "the attestation"),
        part(["rfc3161-timestamp", "rfc3161-timestamp-bundle"], signs, "the timestamp"),
        refused(
            ["certificate", "certificate-chain"], signs, decides: .signer,
            "certificates are those that the instance issues; a key of your own signs with --key alone"),
        refused(
            ["issue-certificate"], signs, isBoolean: true, decides: .signer,
            "sign with --key, or in the name of an identity without it"),
        refused(
            ["insecure-skip-verify"], signs, isBoolean: true, "write --insecure-ignore-sct"),
        refused(
            ["oidc-client-secret-file"], signs, decides: .signer,
            "log in elsewhere and give the token with --identity-token"),
        refused(
            ["oidc-provider"], signs, decides: .signer,
            "the first source of tokens there is is taken; give another one's with --identity-token"),
        refused(
            ["oidc-disable-ambient-providers"], signs, isBoolean: true, decides: .signer,
            "give a token with --identity-token, or unset what the other sources are known by"),
        refused(
            ["oidc-redirect-url"], signs, "a free port of this machine is taken; or --login device"),
        refused(
            ["signing-algorithm"], signs,
            "keys that are made for a run are of P-256; one of another kind is given with --key"),
        refused(["hash"], ["attest-blob"], "give the blob itself, or a --statement about it"),
        refused(
            [
                "timestamp-client-cacert", "timestamp-client-cert", "timestamp-client-key",
                "timestamp-server-name",
            ], signs, "TLS is verified as for every service, see --cacert, and without a client's key"),
        ignored(["b64"], signs, isBoolean: true, "the bundle is JSON"),
        ignored(["rekor-entry-type"], signs, "the log says what it takes"),
    ].flatMap { $0 }

    private static let verifying: [CosignFlag] = [
        taken(["bundle"], verifies),
        taken(["type", "digest", "digestAlg"], ["verify-blob-attestation"]),
        taken(["check-claims"], ["verify-blob-attestation"], isBoolean: true),
        taken(["key"], verifies, decides: .identity),
        taken(["trusted-root"], verifies, decides: .instance),
        taken(
            [
                "certificate-identity", "certificate-identity-regexp", "certificate-oidc-issuer",
                "certificate-oidc-issuer-regexp", "certificate-github-workflow-name",
                "certificate-github-workflow-ref", "certificate-github-workflow-repository",
                "certificate-github-workflow-sha", "certificate-github-workflow-trigger",
            ], verifies, decides: .identity),
        taken(
            [
                "insecure-ignore-sct", "insecure-ignore-tlog", "private-infrastructure",
                "use-signed-timestamps", "offline", "new-bundle-format",
            ], verifies, isBoolean: true),
        taken(["max-workers"], verifies),
        refused(
            ["certificate", "certificate-chain", "signature"], verifies, decides: .identity,
            "give the bundle, which has it: --bundle FILE"),
        refused(
            ["rfc3161-timestamp", "sct"], verifies, "give the bundle, which has it: --bundle FILE"),
        refused(
            ["ca-roots", "ca-intermediates", "timestamp-certificate-chain"], verifies,
            decides: .instance, "give a trusted root that has them: --trusted-root FILE"),
        refused(
            ["rekor-url"], verifies, decides: .instance,
            "entries are read from the bundle, and believed by --trusted-root FILE"),
        refused(
            ["signature-digest-algorithm"], verifies, "the bundle says which digest was signed"),
        ignored(["experimental-oci11"], verifies, isBoolean: true, "it is about images"),
    ].flatMap { $0 }

    private static let general: [CosignFlag] = [
        taken(["timeout"], both),
        taken(["output-key-prefix"], ["generate-key-pair"]),
        refused(
            ["kms"], ["generate-key-pair"], decides: .signer,
            "keys are made in files; a service makes its own by its own tools"),
        refused(
            ["sk"], both, isBoolean: true, decides: .signer,
            "keys on a device are not supported; give a file with --key"),
        refused(
            ["slot"], both, decides: .signer,
            "keys on a device are not supported; give a file with --key"),
        ignored(["verbose"], every, isBoolean: true, "the report tells all: --report FILE"),
        ignored(["output-file"], every, "write 2>FILE"),
    ].flatMap { $0 }
}
