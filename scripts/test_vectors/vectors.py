"""The collection of vectors, and how it is written."""

import json
from dataclasses import astuple, dataclass

from .instance import IDENTITY, ISSUER, trusted_root
from .making import ARTIFACT, OTHER_ARTIFACT, make

COLUMNS = ["bundle", "artifact", "trusted_root", "identity", "issuer", "key", "predicate_type",
           "verdict", "step", "class", "check"]


@dataclass
class Row:
    bundle: str
    artifact: str
    trusted_root: str
    identity: str
    issuer: str
    key: str
    predicate_type: str
    verdict: str
    step: str
    failure_class: str
    check: str


ROWS = []
FILES = {"artifact.txt": ARTIFACT, "other-artifact.txt": OTHER_ARTIFACT}


def write_file(name, data):
    data = data.encode() if isinstance(data, str) else data
    if FILES.setdefault(name, data) != data:
        raise ValueError(f"two files of the name {name}")


def _json(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _vector(name, check, verdict, step, failure_class, *, edit=None, text=None,
            artifact="artifact.txt", identity=IDENTITY, issuer=ISSUER, public_key=None,
            predicate_type="", trust=None, trust_text=None, **choices):
    """`edit` changes the finished bundle, `text` its JSON text; `trust…` the trusted root."""
    bundle = make(**choices)
    bundle = edit(bundle) if edit else bundle
    written = _json(bundle)
    path = f"{verdict}/{name}.sigstore.json"
    write_file(path, text(written) if text else written)
    root_file, root = "trusted-root.json", trusted_root()
    if trust or trust_text:
        root_file = f"trusted-root-{name}.json"
        root = trust(root) if trust else root
    root_text = _json(root)
    write_file(root_file, trust_text(root_text) if trust_text else root_text)
    key_file = ""
    if public_key:
        key_file = f"{public_key.name.replace(' ', '-')}.pem"
        write_file(key_file, public_key.pem)
        if identity == IDENTITY:
            identity = issuer = ""
    row = Row(path, artifact, root_file, identity, issuer, key_file, predicate_type, verdict,
              str(step), failure_class, check)
    if any("\t" in field or "\n" in field for field in astuple(row)):
        raise ValueError(f"{name} does not fit into a table")
    ROWS.append(row)


def accept(name, check, **choices):
    """A bundle that passes; the check is why one might think it does not."""
    _vector(name, check, "accepted", "", "", **choices)


def reject(name, step, failure_class, check, **choices):
    """A bundle with one flaw, and the first step of verification that sees it."""
    _vector(name, check, "rejected", step, failure_class, **choices)


def table():
    lines = ["\t".join(COLUMNS), *("\t".join(astuple(row))
                                   for row in sorted(ROWS, key=lambda row: row.bundle))]
    return "\n".join(lines) + "\n"


def write(folder, tables):
    """Replaces everything in the folder but what a person put there."""
    for pattern in ["accepted/*.sigstore.json", "rejected/*.sigstore.json", "trusted-root*.json",
                    "formats/*", "*.pem", "artifact.txt", "other-artifact.txt", "expected.tsv"]:
        for old in folder.glob(pattern):
            old.unlink()
    for name, data in {**FILES, **tables}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
