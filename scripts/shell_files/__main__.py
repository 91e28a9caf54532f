"""Writes completions/ and man/ into a folder, from what the executables say of their options."""

import sys
from pathlib import Path

from . import bash, definitions, fish, manual, zsh


def main():
    folder, (wrapper_binary, companion, sandbox_binary) = Path(sys.argv[1]), sys.argv[2:]
    templates = Path(__file__).parent
    wrapper, verbs = definitions.wrapper(wrapper_binary), definitions.verbs(companion)
    sandbox = definitions.sandbox(sandbox_binary)
    (folder / "completions").mkdir(exist_ok=True)
    (folder / "man").mkdir(exist_ok=True)
    for shell, module in [("bash", bash), ("zsh", zsh), ("fish", fish)]:
        text = (templates / f"retry-run.{shell}").read_text()
        text = text.replace("@TABLES@", module.tables(wrapper, verbs))
        text = text.replace("@WITH-VALUE@", zsh.with_value(wrapper))
        (folder / "completions" / f"retry-run.{shell}").write_text(text)
    for name, text in manual.pages(templates, wrapper, verbs, sandbox):
        (folder / "man" / name).write_text(text)


main()
