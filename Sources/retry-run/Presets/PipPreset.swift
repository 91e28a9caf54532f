extension Preset {
    /// pip with PyPI and other indexes.
    static let pip = Preset(
        name: "pip", tools: "pip", rules: own + .network + .httpStatuses + .mistakes)

    private static let own: [PresetRule] = [
        .transient(
            "connection",
            #"\b(ReadTimeoutError|ConnectTimeoutError|NewConnectionError|ConnectionResetError|ProtocolError)\b"#
                + #"|ChunkedEncodingError|Max retries exceeded with url|(?i)read timed out"#,
            seen: "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool("
                + "host='files.example', port=443): Read timed out.",
            in: "https://github.com/conbench/conbench/issues/815"),
        .transient(
            "retries-used-up", #"Retrying \(Retry\(total=0"#,
            seen:
                "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) "
                + "after connection broken by 'ReadTimeoutError(\"HTTPSConnectionPool(host='pypi.example', "
                + "port=443): Read timed out. (read timeout=15)\")': /simple/flask/",
            in: "https://github.com/pypa/pip/issues/9489"),
        .transient(
            "status",
            #"HTTP error (408|429|5\d\d) while getting|\b(429 Client|5\d\d Server) Error: "#,
            seen: "ERROR: HTTP error 503 while getting https://files.example/packages/00/"
                + "example-1.0.tar.gz",
            in: "https://github.com/pypa/pip/blob/main/src/pip/_internal/network/download.py"),
        .permanent(
            "hashes", #"DO NOT MATCH THE HASHES"#,
            seen:
                "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have "
                + "updated the package versions, please update the hashes.",
            in: "https://github.com/Comfy-Org/ComfyUI-Manager/issues/1645"),
        .permanent(
            "requirements",
            #"ResolutionImpossible|conflicting dependencies|Invalid requirement|requires a different Python"#
                + #"|externally-managed-environment"#,
            seen:
                "ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/"
                + "dependency-resolution/",
            in:
                "https://github.com/pypa/pip/blob/main/src/pip/_internal/resolution/resolvelib/factory.py"
        ),
        .permanent(
            "build-failed",
            #"(?i)failed building wheel|failed to build|metadata-generation-failed"#,
            seen: "ERROR: Failed building wheel for example",
            in: "https://github.com/pypa/pip/blob/main/src/pip/_internal/wheel_builder.py"),
        .permanent(
            "proxy-refused", #"Tunnel connection failed: 4(03|07)"#,
            seen:
                "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy "
                + "Authentication Required'))",
            in: "https://github.com/python/cpython/blob/main/Lib/http/client.py"),
    ]
}
