import Testing

@Suite("Where credentials for registries can be")
struct CredentialSourceTests {
    /// Where credentials can be, each as it is written by the tool whose file it is.
    private static let sources = [
        "DOCKER_CONFIG", "home", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME",
        "config",
        "repository", "parent", "identitytoken", "registrytoken", "credHelpers", "credsStore",
        "helper-token",
    ]

    /// `credentials SOURCE` writes those of the account that may push, and nothing else anywhere;
    /// `secrets` prints all that must not be seen.
    private static let functions = #"""
        cat >credentials.py <<'PYTHON'
        import base64, json, os, pathlib, stat, sys
        from registry import basic, host, ready, send

        source, name = sys.argv[1:]
        password = ready["registry-sandbox-password"]
        identity = ready["registry-sandbox-identity-token"]
        auth = {"auth": base64.b64encode(f"sandbox:{password}".encode()).decode()}
        folder = pathlib.Path.cwd()

        def write(path, document):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(document))

        def helper(user, secret):
            path = folder / "bin" / "docker-credential-test"
            path.parent.mkdir(exist_ok=True)
            answer = json.dumps({"ServerURL": host, "Username": user, "Secret": secret})
            path.write_text("\n".join([
                "#!/bin/bash", f"read -r asked; echo \"$* $asked\" >>'{folder}/asked'",
                f"echo '{answer}'", ""]))
            path.chmod(0o755)

        docker = folder / "home" / ".docker" / "config.json"
        if source == "DOCKER_CONFIG":
            write(folder / "docker" / "config.json", {"auths": {host: auth}})
        elif source == "home":
            write(docker, {"auths": {host: auth}})
        elif source == "REGISTRY_AUTH_FILE":
            write(folder / "auth.json", {"auths": {host: auth}})
        elif source == "XDG_RUNTIME_DIR":
            write(folder / "runtime" / "containers" / "auth.json", {"auths": {host: auth}})
        elif source == "XDG_CONFIG_HOME":
            write(folder / "xdg" / "containers" / "auth.json", {"auths": {host: auth}})
        elif source == "config":
            write(folder / "home" / ".config" / "containers" / "auth.json", {"auths": {host: auth}})
        elif source == "repository":
            wrong = {"auth": base64.b64encode(b"sandbox:wrong").decode()}
            write(docker, {"auths": {host: wrong, f"{host}/{name}": auth}})
        elif source == "parent":
            write(docker, {"auths": {f"{host}/{name.split('/')[0]}": auth}})
        elif source == "identitytoken":
            write(docker, {"auths": {host: {"auth": "", "identitytoken": identity}}})
        elif source == "registrytoken":
            _, _, text = send(
                "GET", f"/token?service=sandbox-registry&scope=repository:{name}:pull,push", None, basic)
            write(docker, {"auths": {host: {"registrytoken": json.loads(text)["token"]}}})
        elif source == "credHelpers":
            helper("sandbox", password)
            write(docker, {"credHelpers": {host: "test"}})
        elif source == "credsStore":
            helper("sandbox", password)
            write(docker, {"credsStore": "test", "auths": {host: {}}})
        elif source == "helper-token":
            helper("<token>", identity)
            write(docker, {"credsStore": "test"})
        PYTHON
        credentials() {
            rm -rf home docker xdg runtime bin auth.json asked; mkdir home
            python3 credentials.py "$1" "$2"
            unset DOCKER_CONFIG REGISTRY_AUTH_FILE XDG_RUNTIME_DIR XDG_CONFIG_HOME
            export HOME=$PWD/home PATH=$PWD/bin:$PATH
            case $1 in
            DOCKER_CONFIG) export DOCKER_CONFIG=$PWD/docker ;;
            REGISTRY_AUTH_FILE) export REGISTRY_AUTH_FILE=$PWD/auth.json ;;
            XDG_RUNTIME_DIR) export XDG_RUNTIME_DIR=$PWD/runtime ;;
            XDG_CONFIG_HOME) export XDG_CONFIG_HOME=$PWD/xdg ;;
            esac
        }
        secrets() {
            python3 -c '
        import base64, json
        ready = json.load(open("box/ready"))
        password = ready["registry-sandbox-password"]
        print(password, ready["registry-sandbox-identity-token"], sep="\n")
        print(base64.b64encode(f"sandbox:{password}".encode()).decode())'
        }

        """#

    @Test("each place that the tools of the field have is read", arguments: sources)
    func source(name: String) throws {
        let run = try signingImages(
            Self.functions
                + """
                sandbox --registry-auth=bearer; image=$(push team/app)
                credentials \(name) team/app
                sign -R report oci://$image 2>said; echo $?; signatures $image
                cat said >&2
                secrets | grep -c -F -f - said report; cat asked 2>/dev/null | sort | uniq -c | wc -l
                """)
        let usesProgram = ["credHelpers", "credsStore", "helper-token"].contains(name)

        #expect(run.output == "0\n1\nsaid:0\nreport:0\n\(usesProgram ? 1 : 0)\n", "\(run.error)")
    }

    @Test("credentials do not follow a redirect to where blobs are kept")
    func storage() throws {
        let run = try signingImages(
            """
            sandbox --registry-auth=bearer --registry-redirects; export DOCKER_CONFIG=$PWD/box/docker
            image=$(push app); sign -q oci://$image; echo $?; verify -q oci://$image; echo $?
            authorized storage; calls storage get
            """)

        #expect(run.output.hasPrefix("0\n0\n0\n"), "\(run.error)")
        #expect(run.output.split(separator: "\n").last != "0")
    }

    @Test(
        "nobody but the registry is shown credentials, wherever it sends its clients",
        arguments: [
            "ping", "manifest-get", "manifest-head", "blob-head", "blob-upload", "blob-put",
            "manifest-put", "referrers", "blob-get", "token",
        ])
    func elsewhere(call: String) throws {
        let run = try signingImages(
            """
            sandbox --registry-auth=bearer; export DOCKER_CONFIG=$PWD/box/docker; image=$(push app)
            sign -q oci://$image
            # Another host, which keeps what it is sent and answers 404.
            python3 -c '
            import http.server, os
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    open("heard", "a").write(f"{self.command} {self.path}\\n{self.headers}\\n")
                    self.send_error(404)
                do_HEAD = do_POST = do_PUT = do_PATCH = do_GET
                def log_message(self, *arguments): pass
            server = http.server.HTTPServer(("127.0.0.2", 0), Handler)
            open("port.new", "w").write(str(server.server_port))
            os.rename("port.new", "port")
            server.serve_forever()' &
            while [ ! -e port ]; do sleep 0.02; done
            for kind in redirect challenge; do
                faults registry/\(call):1-=$kind:http://127.0.0.2:$(cat port)/elsewhere
                sign --attempts 2 -d 10ms oci://$image; verify -d 10ms,20ms oci://$image >/dev/null
            done
            kill %1; touch heard; grep -ci -e authorization -e refresh_token heard
            """)

        #expect(run.output == "0\n", "\(run.error)")
    }
}
