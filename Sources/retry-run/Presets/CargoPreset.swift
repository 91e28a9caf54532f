extension Preset {
    /// cargo with crates.io and other registries.
    static let cargo = Preset(
        name: "cargo", tools: "cargo", rules: own + .network + .httpStatuses + .mistakes)

    private static let own: [PresetRule] = [
        .transient(
            "spurious", #"(?i)spurious network error|network failure seems to have happened"#,
            seen:
                "warning: spurious network error (2 tries remaining): [6] Couldn't resolve host name "
                + "(Could not resolve host: crates)",
            in: "https://github.com/rust-lang/cargo/issues/7515"),
        .transient(
            "curl", #"\[(5|6|7|16|18|28|35|52|55|56|92)\] [A-Z]"#,
            seen:
                "[92] Stream error in the HTTP/2 framing layer (HTTP/2 stream 11 was not closed cleanly: "
                + "INTERNAL_ERROR (err 2))",
            in: "https://github.com/rust-lang/cargo/issues/6788"),
        .transient(
            "status", #"(got|code|status):? (408|429|5\d\d)\b"#,
            seen:
                "failed to get 200 response from `https://crates.example/api/v1/crates/polyval/0.5.2/download`, "
                + "got 504",
            in: "https://github.com/darkarp/chromepass/issues/40"),
        .transient(
            "publish-limit", #"published too many (new )?(crates|versions|updates)"#,
            seen:
                "the remote server responded with an error (status 429 Too Many Requests): You have "
                + "published too many new crates in a short period of time. Please try again after Thu, "
                + "12 Dec 2024 14:24:53 GMT or email help@crates.io to have your limit increased.",
            in: "https://github.com/pksunkara/cargo-workspaces/issues/177"),
        .permanent(
            "code",
            #"error: could not compile|error\[E\d+\]|test result: FAILED|linker .* not found"#,
            seen: "error: could not compile `example` (bin \"example\") due to 1 previous error",
            in: "https://github.com/rust-lang/cargo/blob/master/src/cargo/core/compiler/mod.rs"),
        .permanent(
            "dependencies",
            #"failed to select a version|no matching package|failed to parse (manifest|lock file)"#
                + #"|needs to be updated but --locked|failed to verify the checksum|checksum for .* changed"#
                + #"|because --(locked|frozen|offline) was passed"#,
            seen: "error: failed to select a version for the requirement `autocfg = \"^1\"`",
            in: "https://github.com/rust-lang/cargo/issues/10391"),
        .permanent(
            "refused",
            #"(got|code|status):? 4(0[0-79]|1\d|2[0-8])\b|is already uploaded|already exists on"#,
            seen: "error: crate example@0.1.0 already exists on crates.io index",
            in: "https://github.com/rust-lang/cargo/blob/master/src/cargo/ops/registry/publish.rs"),
    ]
}
