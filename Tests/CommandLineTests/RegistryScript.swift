import Testing

/// A script that signs images beside a sandbox with its registry: `signing` with more functions.
///
/// `push NAME` pushes an image with the tag `v1` and prints `HOST/NAME@sha256:…`, `push --index NAME` one
/// for two platforms; `signatures REFERENCE` counts what is attached to an image, in whichever way;
/// `authorized CALL` how many requests of that call brought credentials.
func signingImages(
    _ script: String, limit: Duration = .seconds(180)
) throws -> WrapperProcess {
    try signing(registryFunctions + script, limit: limit)
}

private let registryFunctions = #"""
    cat >registry.py <<'PYTHON'
    import base64, hashlib, json, sys, urllib.error, urllib.parse, urllib.request

    ready = json.load(open("box/ready"))
    base = ready["registry"]
    host = base.split("//")[1]
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    basic = "Basic " + base64.b64encode(
        ("sandbox:" + ready["registry-sandbox-password"]).encode()).decode()
    INDEX = "application/vnd.oci.image.index.v1+json"
    MANIFEST = "application/vnd.oci.image.manifest.v1+json"


    def send(method, path, body=None, authorization=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if authorization:
            headers["Authorization"] = authorization
        url = path if path.startswith("http") else base + path
        try:
            with opener.open(urllib.request.Request(url, body, headers, method=method)) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()


    def call(method, path, body=None, **headers):
        status, found, text = send(method, path, body, **headers)
        challenge = found.get("WWW-Authenticate", "")
        if status == 401 and challenge.startswith("Basic"):
            return send(method, path, body, basic, **headers)
        if status == 401:
            fields = dict(part.split("=", 1) for part in challenge[7:].replace('pull,push', 'pull+push').split(","))
            query = urllib.parse.urlencode(
                {name: fields[name].strip('"').replace("pull+push", "pull,push")
                 for name in ("service", "scope") if name in fields})
            _, _, text = send("GET", "/token?" + query, None, basic)
            return send(method, path, body, "Bearer " + json.loads(text)["token"], **headers)
        return status, found, text


    def digest(content):
        return "sha256:" + hashlib.sha256(content).hexdigest()


    def push_blob(name, content):
        _, found, _ = call("POST", f"/v2/{name}/blobs/uploads/", b"")
        place = found["Location"]
        status, _, text = call("PUT", f"{place}&digest={digest(content)}", content)
        assert status == 201, text
        return {"digest": digest(content), "size": len(content)}


    def push_manifest(name, tag, document):
        content = json.dumps(document).encode()
        status, _, text = call("PUT", f"/v2/{name}/manifests/{tag}", content,
                               Content_Type=document["mediaType"])
        assert status == 201, text
        return {"mediaType": document["mediaType"], "digest": digest(content), "size": len(content)}


    def push_image(name, tag, layer):
        config = push_blob(name, b'{"architecture":"amd64","os":"linux"}')
        return push_manifest(name, tag, {
            "schemaVersion": 2, "mediaType": MANIFEST,
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **config},
            "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", **push_blob(name, layer)}]})


    def push(name, is_index=False):
        if is_index:
            children = [push_image(name, f"child{i}", f"{name} {i}".encode()) for i in (1, 2)]
            found = push_manifest(name, "v1", {
                "schemaVersion": 2, "mediaType": INDEX, "manifests": children})
        else:
            found = push_image(name, "v1", name.encode())
        # A registry that lags shows it after some reads.
        for reference in (found["digest"], "v1"):
            while call("GET", f"/v2/{name}/manifests/{reference}")[0] == 404:
                pass
        return f"{host}/{name}@{found['digest']}"


    def signatures(reference):
        """The descriptors of what is attached to an image."""
        name, image = reference.split("/", 1)[1].split("@")
        name = name.split(":")[0]
        found = []
        for path in (f"referrers/{image}", f"manifests/{image.replace(':', '-')}"):
            status, headers, text = call("GET", f"/v2/{name}/{path}", Accept=INDEX)
            if status == 200 and headers.get_content_type() == INDEX:
                found += json.loads(text)["manifests"]
        return {entry["digest"]: entry for entry in found}


    def counts():
        return json.loads(send("GET", "/sandbox/calls")[2])["calls"]


    def faults(*plans):
        status, _, text = send("POST", "/sandbox/faults", "\n".join(plans).encode())
        assert status == 200, text


    if __name__ == "__main__" and len(sys.argv) > 1:
        if sys.argv[1] == "push":
            print(push(sys.argv[-1], sys.argv[2] == "--index"))
        elif sys.argv[1] == "signatures":
            print(len(signatures(sys.argv[2])))
        elif sys.argv[1] == "authorized":
            print(json.loads(send("GET", "/sandbox/registry")[2])["authorized"].get(sys.argv[2], 0))
    PYTHON
    push() { python3 registry.py push "$@"; }
    signatures() { python3 registry.py signatures "$@"; }
    authorized() { python3 registry.py authorized "$@"; }

    """#
