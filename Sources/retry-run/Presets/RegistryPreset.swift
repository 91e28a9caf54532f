extension Preset {
    /// Docker Hub, GHCR, ECR, Artifact Registry, ACR and Quay, as the tools that push to them and pull from
    /// them tell of them.
    static let registry = Preset(
        name: "registry",
        tools:
            "docker, buildx, crane, skopeo, helm and oras with Docker Hub, GHCR, ECR, GAR, ACR and Quay",
        rules: own + .network + .httpStatuses + .mistakes)

    private static let own: [PresetRule] = [
        .transient(
            "rate-limit", #"(?i)toomanyrequests|retry-after: [0-9.]+[a-zµ]*s, allowed"#,
            seen: "toomanyrequests: retry-after: 985.86µs, allowed: 44000/minute",
            in: "https://github.com/alexklibisz/terraform-provider-terrifi/issues/50"),
        .transient(
            "throttled", #"(?i)rate exceeded|throttl(ing|ed)(exception)?\b|request rate limit"#,
            seen: "An error occurred (ThrottlingException) when calling the GetAuthorizationToken "
                + "operation: Rate exceeded",
            in: "https://github.com/Shippable/support/issues/2950"),
        .transient(
            "quota-per-minute", #"(?i)quota exceeded for quota metric"#,
            seen:
                "denied: Quota exceeded for quota metric 'Requests per project per region' and limit "
                + "'Requests per project per region per minute per region'",
            in: "https://cloud.google.com/artifact-registry/quotas"),
        .transient(
            "no-answer",
            #"failed commit on ref .*: no response|cannot reuse body, request must be retried"#,
            seen: "failed commit on ref \"layer-sha256:0000\": no response",
            in: "https://github.com/docker/build-push-action/issues/251"),
        .transient(
            "upload-lost", #"(?i)blob[ _]upload[ _]unknown"#,
            seen: "PATCH https://ghcr.io/v2/example/app/blobs/upload/1: BLOB_UPLOAD_UNKNOWN: "
                + "blob upload unknown to registry",
            in: "https://github.com/opencontainers/distribution-spec/blob/main/spec.md"),
        .permanent(
            "no-such-image",
            #"(?i)manifest[ _]unknown|name[ _]unknown|manifest for .* not found|repository does not exist"#,
            seen:
                "initializing source docker://registry.example.com/connect:4.39: reading manifest 4.39 "
                + "in registry.example.com/connect: manifest unknown",
            in: "https://github.com/podman-container-tools/skopeo/issues/2455"),
        .permanent(
            "no-permission",
            #"(?i)denied: (requested access|permission|installation not allowed|your authorization)"#
                + #"|permission_denied|no basic auth credentials|insufficient_scope"#,
            seen:
                "ERROR: failed to push ghcr.io/example/app:1: denied: permission_denied: write_package",
            in: "https://github.com/danjac/django-studio/issues/240"),
    ]
}
