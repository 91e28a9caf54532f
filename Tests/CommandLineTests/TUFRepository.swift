import Testing

/// A script that verifies against a TUF repository on loopback, with the real `retry-run`.
///
/// Its folder has what `verifying` gives, and `repository/`, whose root is `root.json`. `sign_all`
/// signs it (`sign_all timestamp=2020-01-01T00:00:00Z` with that expiry), `serve` serves it, at
/// first with as many answers of 503 as its argument says, `stop` stops that, and `verify` verifies
/// `artifact.txt` with it.
func verifyingWithRepository(_ script: String) throws -> WrapperProcess {
    try verifying(
        """
        \(repositoryFunctions)
        sign_all
        \(script)
        stop 2>/dev/null
        true
        """)
}

/// See `verifyingWithRepository`. A `signing-config.json` in the folder is a target too.
let repositoryFunctions =
    Services.functions + #"""
        openssl genpkey -algorithm ed25519 -out key.pem 2>/dev/null
        mkdir repository
        cat >sign.py <<'PYTHON'
        import hashlib, json, os, subprocess, sys

        expiry = dict(argument.split("=") for argument in sys.argv[2:])
        targets = {"trusted_root.json": open(sys.argv[1], "rb").read()}
        if os.path.exists("signing-config.json"):
            targets["signing_config.v0.2.json"] = open("signing-config.json", "rb").read()
        der = subprocess.run(["openssl", "pkey", "-in", "key.pem", "-pubout", "-outform", "DER"],
                             capture_output=True, check=True).stdout
        key = {"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": der[-32:].hex()}}

        def write(name, role, **content):
            signed = {"_type": role, "spec_version": "1.0.31", "version": 1,
                      "expires": expiry.get(role, "2100-01-01T00:00:00Z"), **content}
            text = json.dumps(signed, sort_keys=True, separators=(",", ":")).encode()
            open("message", "wb").write(text)
            signature = subprocess.run(
                ["openssl", "pkeyutl", "-sign", "-inkey", "key.pem", "-rawin", "-in", "message"],
                capture_output=True, check=True).stdout
            with open(f"repository/{name}", "w") as file:
                json.dump({"signed": signed, "signatures": [{"keyid": "k", "sig": signature.hex()}]}, file)

        roles = {role: {"keyids": ["k"], "threshold": 1}
                 for role in ["root", "timestamp", "snapshot", "targets"]}
        write("1.root.json", "root", consistent_snapshot=True, keys={"k": key}, roles=roles)
        digests = {name: hashlib.sha256(target).hexdigest() for name, target in targets.items()}
        write("1.targets.json", "targets", targets={
            name: {"length": len(target), "hashes": {"sha256": digests[name]}}
            for name, target in targets.items()})
        write("1.snapshot.json", "snapshot", meta={"targets.json": {"version": 1}})
        write("timestamp.json", "timestamp", meta={"snapshot.json": {"version": 1}})
        os.makedirs("repository/targets", exist_ok=True)
        for name, target in targets.items():
            open(f"repository/targets/{digests[name]}.{name}", "wb").write(target)
        os.replace("repository/1.root.json", "root.json")
        PYTHON
        cat >serve.py <<'PYTHON'
        import functools, http.server, ssl, sys

        class Handler(http.server.SimpleHTTPRequestHandler):
            failures = int(sys.argv[1])

            def do_GET(self):
                if Handler.failures > 0:
                    Handler.failures -= 1
                    return self.send_error(503)
                super().do_GET()

            def log_request(self, *words):
                print(self.path, file=open("requests", "a"))

            def log_message(self, *words):
                pass

        handler = functools.partial(Handler, directory="repository")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        if sys.argv[2] == "https":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain("tls.pem", "tls.key")
            server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_port, flush=True)
        server.serve_forever()
        PYTHON
        sign_all() { python3 sign.py "$V/trusted-root.json" "$@"; }
        serve() {
            if [ $SCHEME = https ] && [ ! -e tls.pem ]; then
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tls.key \
                    -out tls.pem -subj /CN=repository -addext subjectAltName=IP:127.0.0.1 2>/dev/null
                trust_in tls.pem
            fi
            exec 7< <(exec python3 serve.py "${1:-0}" $SCHEME)
            server=$!
            read -r port <&7
        }
        stop() { kill "$server" && wait "$server"; } 2>/dev/null
        verify() {
            $R verify artifact.txt $WHO --tuf-url "$SCHEME://127.0.0.1:$port" --tuf-root root.json \
                -d 10ms "$@"
        }
        """#
