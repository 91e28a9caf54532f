"""The registries that images are in, and a small writer of images: it shares no code with any judge."""

import base64
import hashlib
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Registry:
    """A registry at `host`; with a user it wants a token."""

    def __init__(self, name, host, user=None, password=None):
        self.name, self.host, self.user, self.password = name, host, user, password

    def call(self, method, target, body=None, **headers):
        """The status, the headers and the body of an answer."""
        url = target if target.startswith("http") else f"http://{self.host}{target}"
        if self.user:
            headers["Authorization"] = "Bearer " + self.token(url)
        request = urllib.request.Request(
            url, data=body, method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})
        try:
            with OPENER.open(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def token(self, url):
        repository = urllib.parse.urlsplit(url).path.removeprefix("/v2/")
        for end in ("/blobs/", "/manifests/", "/referrers/", "/tags/"):
            repository = repository.split(end)[0]
        query = urllib.parse.urlencode({
            "service": "sandbox-registry", "scope": f"repository:{repository}:pull,push"})
        basic = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        request = urllib.request.Request(
            f"http://{self.host}/token?{query}", headers={"Authorization": f"Basic {basic}"})
        with OPENER.open(request, timeout=20) as answer:
            return json.load(answer)["token"]

    def expect(self, status, *call, **headers):
        got, answer_headers, body = self.call(*call, **headers)
        if got != status:
            raise RuntimeError(f"{self.name}: {call[0]} {call[1]}: status {got}: {body[:300]}")
        return answer_headers

    def push_blob(self, repository, content):
        digest = "sha256:" + hashlib.sha256(content).hexdigest()
        begun = self.expect(202, "POST", f"/v2/{repository}/blobs/uploads/", b"")
        location = begun["Location"]
        joint = "&" if "?" in location else "?"
        self.expect(201, "PUT", f"{location}{joint}digest={digest}", content,
                    Content_Type="application/octet-stream")
        return {"digest": digest, "size": len(content)}

    def push_manifest(self, repository, tag, document):
        content = json.dumps(document).encode()
        self.expect(201, "PUT", f"/v2/{repository}/manifests/{tag}", content,
                    Content_Type=document["mediaType"])
        return {"mediaType": document["mediaType"], "size": len(content),
                "digest": "sha256:" + hashlib.sha256(content).hexdigest()}

    def push_image(self, repository, tag, content):
        """An image of one layer. Returns its descriptor."""
        config = self.push_blob(repository, json.dumps(
            {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": []},
             "config": {}}).encode())
        layer = self.push_blob(repository, content)
        return self.push_manifest(repository, tag, {
            "schemaVersion": 2, "mediaType": MANIFEST,
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **config},
            "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", **layer}]})

    def push_index(self, repository, tag, children):
        return self.push_manifest(repository, tag, {
            "schemaVersion": 2, "mediaType": INDEX, "manifests": children})

    def signatures(self, repository, digest):
        """The digests of what says something about an image, whichever way they are listed."""
        for target in (f"referrers/{digest}", f"manifests/{digest.replace(':', '-')}"):
            status, headers, body = self.call("GET", f"/v2/{repository}/{target}", Accept=INDEX)
            if status == 200 and headers.get_content_type() == INDEX:
                return [entry["digest"] for entry in json.loads(body)["manifests"]]
        return []


class DockerRegistry(Registry):
    """Debian's docker-registry, 2.8: it knows nothing of referrers."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            host = "127.0.0.1:%d" % free.getsockname()[1]
        super().__init__("docker-registry", host)
        file = Path(folder, "docker-registry.yml")
        file.write_text(f"version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\n"
                        f"storage: {{inmemory: {{}}}}\nhttp: {{addr: {host}}}\n")
        self.process = subprocess.Popen(
            ["docker-registry", "serve", str(file)], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            # Nothing of the machine's configuration counts.
            env={k: v for k, v in os.environ.items() if not k.startswith("REGISTRY_")})
        for _ in range(200):
            try:
                self.call("GET", "/v2/")
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError("docker-registry did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait()
