"""Writes the vectors into the folder named, or asks another verifier about those in it."""

import sys
from pathlib import Path

from . import (
    accepted, accepted_services, bundle_form, chain_and_identity, formats, judge, keys_and_trust,
    log_entry, signature, vectors, verified_time)


PARTS = [bundle_form, verified_time, chain_and_identity, log_entry, signature, keys_and_trust,
         accepted, accepted_services, formats]


def main():
    folder = Path(sys.argv[1])
    if sys.argv[2:] == ["--judge"]:
        return judge.main(folder)
    for part in PARTS:
        part.add()
    vectors.write(folder, {"expected.tsv": vectors.table().encode(),
                           "formats/expected.tsv": formats.table().encode()})
    rejected = sum(row.verdict == "rejected" for row in vectors.ROWS)
    print(f"{rejected} rejected and {len(vectors.ROWS) - rejected} accepted bundles in {folder}")


main()
