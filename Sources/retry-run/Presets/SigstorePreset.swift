extension Preset {
    /// What cosign, gitsign and goreleaser print when a service of Sigstore (Rekor, Fulcio, the timestamp
    /// authority, an OIDC issuer) had a hiccup, and what no second attempt would mend.
    static let sigstore = Preset(
        name: "sigstore",
        tools:
            "cosign, gitsign and goreleaser with Rekor, Fulcio, a timestamp authority, an OIDC issuer",
        rules: own + .network + .httpStatuses)

    private static let own: [PresetRule] = [
        .transient(
            "gave-up", #"giving up after \d+ attempt"#,
            seen:
                "Post \"https://rekor.sigstore.dev/api/v1/log/entries\": giving up after 1 attempt(s): "
                + "context deadline exceeded",
            in: "https://github.com/hashicorp/go-retryablehttp/blob/main/client.go"),
        .transient(
            "grpc", #"rpc error: code = (Unavailable|DeadlineExceeded|ResourceExhausted|Aborted)"#,
            seen: "Error: rpc error: code = Unavailable desc = upstream connect error",
            in: "https://github.com/grpc/grpc-go/blob/master/internal/status/status.go"),
        .transient(
            "status",
            #"(?i)(status|http|code|error)[^0-9]{0,12}(408|425|429|500|502|503|504)([^0-9]|$)"#
                + #"|\[(408|425|429|500|502|503|504)\]"#,
            seen: "error signing: [POST /api/v1/log/entries][502] createLogEntryDefault",
            in: "https://github.com/sigstore/rekor/blob/main/pkg/generated/client/entries/"
                + "create_log_entry_responses.go"),
        .transient(
            "status-text", #"\b(408|429|500|502|503|504) [A-Z][a-z]+"#,
            seen: "unexpected status code: 503 Service Unavailable",
            in: "https://github.com/sigstore/sigstore/blob/main/pkg/tuf/client.go"),
        .permanent(
            "usage", #"(?i)unknown (flag|command|shorthand flag)"#,
            seen: "Error: unknown flag: --retry",
            in: "https://github.com/spf13/pflag/blob/master/errors.go"),
        .permanent(
            "arguments",
            #"(?i)required flag|flag needs an argument|invalid argument"#
                + #"|accepts .* arg\(s\)|requires at least \d+ arg"#,
            seen: "Error: accepts 1 arg(s), received 0",
            in: "https://github.com/spf13/cobra/blob/main/args.go"),
        .permanent(
            "no-permission", #"(?i)\b(401|403)\b|unauthorized|forbidden|permission ?denied"#,
            seen: "GET https://ghcr.io/token: DENIED: 403 Forbidden",
            in:
                "https://github.com/google/go-containerregistry/blob/main/pkg/v1/remote/transport/error.go"
        ),
        .permanent(
            "no-identity", #"(?i)ACTIONS_ID_TOKEN_REQUEST|id-token: write"#,
            seen: "fetching ambient OIDC credentials: ACTIONS_ID_TOKEN_REQUEST_URL not set; is "
                + "id-token: write set?",
            in: "https://github.com/sigstore/cosign/blob/main/pkg/providers/github/github.go"),
        .permanent(
            "grpc-refusal",
            #"rpc error: code = (InvalidArgument|PermissionDenied|Unauthenticated)"#,
            seen: "rpc error: code = PermissionDenied desc = 503",
            in: "https://github.com/grpc/grpc-go/blob/master/codes/code_string.go"),
    ]
}
