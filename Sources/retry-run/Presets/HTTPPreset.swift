extension Preset {
    /// Downloads and uploads by curl and wget.
    static let http = Preset(
        name: "http", tools: "curl and wget", rules: own + .network + .httpStatuses + .mistakes)

    private static let own: [PresetRule] = [
        .transient(
            "curl", #"curl: \((5|6|7|16|18|28|52|55|92|95)\)"#,
            seen: "curl: (28) Operation timed out after 29979 milliseconds with 26840721 out of "
                + "29105923 bytes received",
            in: "https://github.com/hpi-swa/smalltalkCI/issues/516"),
        .transient(
            "curl-status",
            #"curl: \((22|56)\) .*(error|response|code):? (408|425|429|500|502|503|504|52[0-7])\b"#,
            seen: "curl: (22) The requested URL returned error: 503",
            in: "https://github.com/curl/curl/blob/master/lib/http.c"),
        .transient(
            "wget-status", #"ERROR (408|425|429|500|502|503|504|52[0-7]): "#,
            seen: "2026-01-02 03:04:05 ERROR 503: Service Unavailable.",
            in: "https://git.savannah.gnu.org/cgit/wget.git/tree/src/http.c"),
        .transient(
            "wget-tls", #"Unable to establish SSL connection"#,
            seen: "Unable to establish SSL connection.",
            in: "https://github.com/curl/curl/issues/10836"),
        .transient(
            "wget-read",
            #"Read error at byte|Read error \(.*\) in headers|No data received"#
                + #"|wget: (bad address|can't connect to remote host|download timed out)"#,
            seen: "Read error (Connection reset by peer) in headers.",
            in: "https://git.savannah.gnu.org/cgit/wget.git/tree/src/http.c"),
        .permanent(
            "curl-refused", #"curl: \(22\) .*(error|code):? 4(0[0-79]|1\d|2[0-46-8])\b"#,
            seen: "curl: (22) The requested URL returned error: 404",
            in: "https://github.com/brcly/linuwux-runtime/issues/35"),
        .permanent(
            "wget-refused", #"ERROR 4(0[0-79]|1\d|2[0-46-8]): "#,
            seen: "2026-01-02 03:04:05 ERROR 404: Not Found.",
            in: "https://git.savannah.gnu.org/cgit/wget.git/tree/src/http.c"),
    ]
}
