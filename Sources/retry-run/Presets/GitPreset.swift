extension Preset {
    /// Clone, fetch and push over HTTPS and SSH.
    static let git = Preset(
        name: "git", tools: "git clone, fetch and push over HTTPS and SSH, git-lfs",
        rules: own + .network + .httpStatuses + .mistakes)

    private static let own: [PresetRule] = [
        .transient(
            "broken-off", #"(?i)the remote end hung up|index-pack failed"#,
            seen: "fatal: the remote end hung up unexpectedly",
            in: "https://github.com/shiftkey/desktop/issues/1065"),
        .transient(
            "rpc-failed",
            #"RPC failed; (curl (7|16|18|28|35|52|55|56|92)|HTTP (408|429|5\d\d)|result=)"#,
            seen:
                "error: RPC failed; curl 92 HTTP/2 stream 5 was not closed cleanly: CANCEL (err 8)",
            in: "https://github.com/curl/curl/issues/16732"),
        .transient(
            "remote-failure",
            #"(?i)remote failed to report status|remote: (fatal error in commit_refs|"#
                + #"internal server error|GitLab is not responding)"#,
            seen: "! [remote failure] topic -> topic (remote failed to report status)",
            in: "https://github.com/LSSTDESC/descwl-shear-sims/issues/64"),
        .transient(
            "ssh-handshake",
            #"(kex|ssh|banner)[_ ]exchange(_identification)?: |Connection (closed|reset) by [0-9a-z.:]+"#,
            seen: "kex_exchange_identification: read: Connection reset by peer",
            in: "https://github.com/countzero/backup_github_repositories/issues/3"),
        .transient(
            "reference-moved", #"cannot lock ref .*: is at [0-9a-f]+ but expected"#,
            seen:
                "error: cannot lock ref 'refs/remotes/origin/main': is at 1111111 but expected 2222222",
            in: "https://github.com/git/git/blob/master/refs/files-backend.c"),
        .permanent(
            "no-permission",
            #"(?i)permission denied \(|authentication failed for|could not read (username|password)"#
                + #"|host key verification failed|permission to .* denied|access denied|terminal prompts disabled"#,
            seen: "git@github.com: Permission denied (publickey).",
            in: "https://github.com/embeddedartistry/athena-bootloader/pull/20"),
        .permanent(
            "no-such-repository",
            #"(?i)repository (.* )?not found|does not appear to be a git repository|couldn't find remote ref"#
                + #"|remote branch .* not found|not our ref|resolve hostname https?\b"#,
            seen: "remote: Repository not found.",
            in: "https://github.com/desktop/desktop/issues/12796"),
        .permanent(
            "push-refused",
            #"\[(remote )?rejected\]|pre-receive hook declined|protected branch|non-fast-forward|fetch first"#,
            seen: "! [rejected]        master -> master (fetch first)",
            in: "https://github.com/modelica/fmi-cross-check/issues/80"),
        .permanent(
            "request-refused",
            #"RPC failed; HTTP 4(0[0-79]|1\d|2[0-8])|returned error: 4(0[0-79]|1\d|2[0-8])"#,
            seen: "error: RPC failed; HTTP 400 curl 22 The requested URL returned error: 400",
            in: "https://github.com/shiftkey/desktop/issues/1065"),
    ]
}
