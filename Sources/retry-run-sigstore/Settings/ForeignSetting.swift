/// A variable that cosign, sigstore-go or sigstore-python read, beside cosign's `COSIGN_<FLAG>`, and what
/// becomes of it here.
struct ForeignSetting {
    let name: String
    let reader: String
    let treatment: Treatment

    enum Treatment {
        /// Means here what it means there.
        case honoured(String)
        /// Changes neither instance nor key nor identity, and is not read; what to write for its effect.
        case without(String)
        /// Ends the run of these verbs, unless one of the options says what it would have said.
        case refused(Refusal)
    }

    struct Refusal {
        let verbs: Verbs
        /// Only when its value is a yes.
        var isBoolean = false
        let unless: [String]
        /// What it would have done.
        let effect: String
        let instead: String
    }

    enum Verbs {
        case signing
        case verifying
        case both

        static let all: [Verbs] = [.signing, .verifying, .both]

        func contains(_ verb: String) -> Bool {
            let isSigning = verb.hasPrefix("sign") || verb.hasPrefix("attest")
            switch self {
            case .signing: return isSigning
            case .verifying: return verb.hasPrefix("verify")
            case .both: return isSigning || verb.hasPrefix("verify")
            }
        }
    }
}

extension ForeignSetting {
    /// The options that say whom to trust.
    static let trustOptions = [
        "--trusted-root", "--trust-config", "--tuf-url", "--staging", "--github",
    ]
    private static let signer = ["--identity-token", "--key"]

    static let all = trust + signing + verifying + network + effectless

    private static func honoured(
        _ names: [String], of reader: String, _ meaning: String
    ) -> [ForeignSetting] {
        names.map { ForeignSetting(name: $0, reader: reader, treatment: .honoured(meaning)) }
    }

    private static func without(
        _ names: [String], of reader: String, _ instead: String
    ) -> [ForeignSetting] {
        names.map { ForeignSetting(name: $0, reader: reader, treatment: .without(instead)) }
    }

    private static func refused(
        _ name: String, of reader: String, _ verbs: Verbs, isBoolean: Bool = false,
        unless: [String], effect: String, instead: String
    ) -> ForeignSetting {
        ForeignSetting(
            name: name, reader: reader,
            treatment: .refused(
                Refusal(
                    verbs: verbs, isBoolean: isBoolean, unless: unless, effect: effect,
                    instead: instead)))
    }

    private static let trust: [ForeignSetting] =
        honoured(
            ["TUF_MIRROR"], of: "cosign",
            "the TUF repository of the instance, with `TUF_ROOT_JSON` or the root that `cosign "
                + "initialize` has left")
        + honoured(
            ["TUF_ROOT_JSON"], of: "cosign", "the first `root.json` to trust for that repository")
        + honoured(
            ["TUF_ROOT"], of: "cosign",
            "the folder, instead of `~/.sigstore/root`, in which `cosign initialize` has left a mirror "
                + "and its root; what is fetched here is kept elsewhere")
        + [
            ("SIGSTORE_ROOT_FILE", "the certificate authority"),
            ("SIGSTORE_CT_LOG_PUBLIC_KEY_FILE", "the certificate log's key"),
            ("SIGSTORE_REKOR_PUBLIC_KEY", "the transparency log's key"),
            ("SIGSTORE_TSA_CERTIFICATE_FILE", "the timestamp authority"),
        ].map { name, what in
            refused(
                name, of: "cosign", .both, unless: trustOptions,
                effect: "names \(what) to trust",
                instead: "a trusted root that has it: --trusted-root FILE")
        } + [
            refused(
                "SIGSTORE_STAGING", of: "sigstore-python", .both, isBoolean: true,
                unless: trustOptions, effect: "chooses the staging instance",
                instead: "--staging")
        ]

    private static let signing: [ForeignSetting] =
        honoured(["COSIGN_PASSWORD"], of: "cosign", "the password of a private key")
        + honoured(
            [
                "SIGSTORE_ID_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "BUILDKITE_AGENT_ACCESS_TOKEN",
                "BUILDKITE_AGENT_ENDPOINT", "BUILDKITE_JOB_ID", "GOOGLE_SERVICE_ACCOUNT_NAME",
            ], of: "cosign, sigstore-python", "an identity token, or where there is one")
        + [
            refused(
                "SPIFFE_ENDPOINT_SOCKET", of: "cosign", .signing, unless: signer + ["--login"],
                effect: "leads to an identity token of SPIFFE",
                instead: "such a token with --identity-token"),
            refused(
                "SIGSTORE_IDENTITY_TOKEN", of: "sigstore-python", .signing, unless: signer,
                effect: "holds an identity token", instead: "SIGSTORE_ID_TOKEN or --identity-token"),
            refused(
                "SIGSTORE_OIDC_ISSUER", of: "sigstore-python", .signing,
                unless: signer + ["--oidc-issuer"], effect: "chooses where a person logs in",
                instead: "--oidc-issuer URL"),
            refused(
                "SIGSTORE_OIDC_CLIENT_ID", of: "sigstore-python", .signing,
                unless: ["--key", "--oidc-client-id"], effect: "chooses the audience of tokens",
                instead: "--oidc-client-id ID"),
            refused(
                "SIGSTORE_OIDC_CLIENT_SECRET", of: "sigstore-python", .signing, unless: signer,
                effect: "is the secret of a client to log in with",
                instead: "a token of such a login with --identity-token"),
            refused(
                "SIGSTORE_OIDC_DISABLE_AMBIENT_PROVIDERS", of: "sigstore-python", .signing,
                isBoolean: true, unless: signer, effect: "takes no token of a CI system",
                instead: "--identity-token, or unset what the CI system is known by"),
        ]

    private static let verifying: [ForeignSetting] =
        [
            ("SIGSTORE_CERT_IDENTITY", "--certificate-identity"),
            ("SIGSTORE_CERT_OIDC_ISSUER", "--certificate-oidc-issuer"),
            (
                "SIGSTORE_VERIFY_GITHUB_WORKFLOW_TRIGGER",
                "--certificate-github-workflow-trigger"
            ),
            ("SIGSTORE_VERIFY_GITHUB_WORKFLOW_SHA", "--certificate-github-workflow-sha"),
            ("SIGSTORE_VERIFY_GITHUB_WORKFLOW_NAME", "--certificate-github-workflow-name"),
            (
                "SIGSTORE_VERIFY_GITHUB_WORKFLOW_REPOSITORY",
                "--certificate-github-workflow-repository"
            ),
            ("SIGSTORE_VERIFY_GITHUB_WORKFLOW_REF", "--certificate-github-workflow-ref"),
        ].map { name, option in
            refused(
                name, of: "sigstore-python", .verifying,
                unless: [option, "--key"] + (isPattern(name) ? ["\(option)-regexp"] : []),
                effect: "says whose signatures are accepted", instead: option)
        }

    private static func isPattern(_ name: String) -> Bool { name.hasPrefix("SIGSTORE_CERT_") }

    private static let network: [ForeignSetting] =
        honoured(
            ["SSL_CERT_FILE", "SSL_CERT_DIR"], of: "cosign, OpenSSL",
            "the certificates to trust in TLS instead of the system's; `--cacert` wins")
        + without(
            ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"], of: "sigstore-python",
            "`--cacert FILE` or `SSL_CERT_FILE`")
        + honoured(
            ["HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"], of: "all of them",
            "the proxy; lower case wins")
        + honoured(
            ["COSIGN_REPOSITORY"], of: "cosign",
            "the repository that images' signatures are in; `--to` and `--from` win")
        + honoured(
            ["DOCKER_CONFIG", "REGISTRY_AUTH_FILE"], of: "Docker, Podman",
            "the credentials for registries")

    private static let effectless: [ForeignSetting] =
        without(
            [
                "COSIGN_EXPERIMENTAL", "COSIGN_DOCKER_MEDIA_TYPES", "COSIGN_MAX_ATTACHMENT_SIZE",
                "COSIGN_SIGN_CONFORMANCE",
            ], of: "cosign", "nothing: it is not about files")
        + without(
            [
                "COSIGN_PKCS11_MODULE_PATH", "COSIGN_PKCS11_PIN",
                "COSIGN_PKCS11_IGNORE_CERTIFICATE", "GITHUB_HOST", "GITHUB_TOKEN", "GITLAB_HOST",
                "GITLAB_TOKEN",
            ], of: "cosign", "nothing: keys by `pkcs11:`, `github:` and `gitlab:` are refused")
        + without(
            ["SIGSTORE_NO_CACHE", "BUILDKITE_AGENT_LOG_LEVEL", "SOURCE_DATE_EPOCH"], of: "cosign",
            "nothing")
        + without(["SIGSTORE_BUNDLE"], of: "sigstore-python", "`--bundle FILE`")
        + without(["SIGSTORE_OFFLINE"], of: "sigstore-python", "`--offline`")
        + without(["SIGSTORE_OVERWRITE"], of: "sigstore-python", "`--overwrite`")
        + without(["SIGSTORE_OAUTH_FORCE_OOB"], of: "sigstore-python", "`--login device`")
        + without(["SIGSTORE_LOGLEVEL"], of: "sigstore-python", "`--report FILE`")
        + without(
            [
                "SIGSTORE_SIGNATURE", "SIGSTORE_CERTIFICATE", "SIGSTORE_OUTPUT_SIGNATURE",
                "SIGSTORE_OUTPUT_CERTIFICATE", "SIGSTORE_OUTPUT_DIRECTORY",
                "SIGSTORE_NO_DEFAULT_FILES",
            ], of: "sigstore-python", "`--bundle FILE`, which has all of it")
}
