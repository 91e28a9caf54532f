extension Preset {
    /// npm with the public registry and others.
    static let npm = Preset(
        name: "npm", tools: "npm and npx", rules: own + .network + .httpStatuses + .mistakes)

    private static let own: [PresetRule] = [
        .transient(
            "code",
            #"\bcode (ERR_SOCKET_\w*TIMEOUT|EIDLETIMEOUT|E408|E429|E50[0234]|E52[0-7]|ECONN\w+|ETIMEDOUT"#
                + #"|EAI_AGAIN|ENOTFOUND|EPIPE)\b"#,
            seen: "npm ERR! code ERR_SOCKET_TIMEOUT",
            in: "https://github.com/npm/cli/issues/4414"),
        .transient(
            "request-failed",
            #"request to \S+ failed, reason: |Invalid response body while trying to fetch|Socket timeout"#
                + #"|cb\(\) never called|Exit handler never called"#,
            seen: "npm ERR! network Invalid response body while trying to fetch "
                + "https://npm.example/@types%2fnode: aborted",
            in: "https://github.com/npm/cli/issues/8015"),
        .permanent(
            "refused",
            #"\bcode (E40[0-6]|E409|E410|E413|E422|ENEEDAUTH|EOTP|EPUBLISHCONFLICT)\b"#,
            seen: "npm error code E404",
            in: "https://github.com/npm/npm/issues/16979"),
        .permanent(
            "dependencies",
            #"\bcode (ERESOLVE|ETARGET|EUSAGE|EBADENGINE|EBADPLATFORM|EJSONPARSE|EINTEGRITY|ENOENT|EACCES)\b"#,
            seen: "npm ERR! code ERESOLVE",
            in: "https://github.com/npm/cli/issues/2000"),
        .permanent(
            "script-failed", #"\bcode ELIFECYCLE\b|Lifecycle script .* failed"#,
            seen: "npm ERR! code ELIFECYCLE",
            in: "https://github.com/npm/cli/blob/latest/lib/utils/error-message.js"),
    ]
}
