extension Preset {
    /// The go command with module proxies, the checksum database and repositories.
    static let go = Preset(
        name: "go", tools: "go mod download, go get, go install, go build",
        rules: own + .network + .httpStatuses + .mistakes)

    private static let own: [PresetRule] = [
        .transient(
            "git-broken-off",
            #"RPC failed; (curl (7|16|18|28|35|52|55|56|92)|HTTP 5\d\d)|the remote end hung up unexpectedly"#,
            seen: "error: RPC failed; curl 18 transfer closed with outstanding read data remaining",
            in: "https://github.com/goproxy/goproxy.cn/issues/59"),
        .transient(
            "proxy", #"reading https?://\S+: (408|429|5\d\d)\b"#,
            seen:
                "module example.org/plot: reading https://proxy.example.org/example.org/plot/@v/list: "
                + "502 Bad Gateway",
            in: "https://github.com/goproxy/goproxy.cn/issues/26"),
        .permanent(
            "checksum", #"SECURITY ERROR|checksum mismatch|missing go\.sum entry"#,
            seen: "verifying example.org/xdg@v0.5.1: checksum mismatch",
            in: "https://github.com/adrg/xdg/issues/98"),
        .permanent(
            "no-such-version",
            #"unknown revision|no matching versions|no required module provides|: (404 Not Found|410 Gone)"#
                + #"|module declares its path as|no secure protocol found"#,
            seen: "go: example.org/base64x@v0.0.0-20231116043644-524529473e57: invalid version: "
                + "unknown revision 524529473e57",
            in: "https://github.com/bytedance/gopkg/issues/249"),
        .permanent(
            "no-permission",
            #"terminal prompts disabled|could not read Username|Permission denied \("#,
            seen:
                "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
            in: "https://github.com/git/git/blob/master/credential.c"),
        .permanent(
            "code",
            #"\.go:\d+:\d+: (undefined|cannot use|syntax error|declared and not used)|^--- FAIL: "#,
            seen: "./main.go:7:2: undefined: missing",
            in:
                "https://github.com/golang/go/blob/master/src/cmd/compile/internal/types2/typexpr.go"
        ),
    ]
}
