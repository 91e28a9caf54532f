"""Pushes something to the registry of a sandbox: python3 push_image.py BOX NAME:TAG [--index | --chart FILE].

Prints REGISTRY/NAME@sha256:…; --index makes an image for two platforms, --chart what `helm push` makes of a
packed chart.
"""

import json
import sys

from interop_matrix.registries import MANIFEST, Registry


def registry(box):
    with open(f"{box}/ready") as file:
        ready = json.load(file)
    return Registry("sandbox", ready["registry"].split("//")[1])


def push(box, name, kind=None, file=None):
    """The reference of what has been pushed, by digest."""
    target = registry(box)
    repository, tag = name.rsplit(":", 1)
    if kind == "--index":
        children = [target.push_image(repository, f"{tag}-{system}", system.encode())
                    for system in ("amd64", "arm64")]
        pushed = target.push_index(repository, tag, children)
    elif kind == "--chart":
        chart = "application/vnd.cncf.helm"
        with open(file, "rb") as content:
            layer = target.push_blob(repository, content.read())
        config = target.push_blob(repository, json.dumps({"name": repository, "version": tag}).encode())
        pushed = target.push_manifest(repository, tag, {
            "schemaVersion": 2, "mediaType": MANIFEST,
            "config": {"mediaType": f"{chart}.config.v1+json", **config},
            "layers": [{"mediaType": f"{chart}.chart.content.v1.tar+gzip", **layer}]})
    else:
        pushed = target.push_image(repository, tag, name.encode())
    return f"{target.host}/{repository}@{pushed['digest']}"


if __name__ == "__main__":
    print(push(*sys.argv[1:]))
