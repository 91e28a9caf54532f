"""Renews GitHub's root and trusted root by TUF: python3 renew_github_trust.py TARGET WORK."""

import sys
from pathlib import Path

from tuf.ngclient import Updater

target, work = map(Path, sys.argv[1:])
metadata = work / "github"
metadata.mkdir()
repository = "https://tuf-repo.github.com"
root = target / "github-root.json"
updater = Updater(str(metadata), repository, target_base_url=f"{repository}/targets",
                  target_dir=str(work), bootstrap=root.read_bytes())
updater.refresh()
found = updater.download_target(updater.get_targetinfo("trusted_root.json"))
(target / "github-trusted_root.json").write_bytes(Path(found).read_bytes())
root.write_bytes((metadata / "root.json").read_bytes())
