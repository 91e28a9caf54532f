"""The option definitions, as the built executables tell them."""

import json
import subprocess
from dataclasses import dataclass

# What an option's value is called, where its definition does not say how to complete it.
FILES = {"file", "key", "prefix"}


@dataclass
class Option:
    names: list  # as they are typed: "-a", "--attempts"
    summary: str
    discussion: str
    value: str  # what the value is called; empty for a flag
    values: list  # the words to offer for it
    is_file: bool
    is_repeating: bool
    section: str

    @property
    def takes_value(self):
        return self.value != ""


@dataclass
class Verb:
    name: str  # empty for the wrapper itself
    summary: str
    discussion: str
    operands: list
    options: list


def wrapper(binary):
    """The wrapper: its options, and no operand, since the command is no word of ours."""
    verb = _verb(_dump(binary)["command"])
    return Verb("", "Run a command again until it succeeds", "", [], verb.options)


def sandbox(binary):
    """The sandbox: a command without verbs."""
    return _verb(_dump(binary)["command"])


def verbs(companion):
    """The verbs of the companion, in its own order."""
    return [_verb(command) for command in _dump(companion)["command"].get("subcommands", [])
            if command.get("shouldDisplay", True) and command["commandName"] != "help"]


def _dump(binary):
    done = subprocess.run(
        [binary, "--experimental-dump-help"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _verb(command):
    arguments = [
        entry for entry in command.get("arguments", []) if entry.get("shouldDisplay", True)]
    return Verb(
        name=command["commandName"],
        summary=command.get("abstract", ""),
        discussion=command.get("discussion", ""),
        operands=[_operand(entry) for entry in arguments if entry["kind"] == "positional"],
        options=[_option(entry) for entry in arguments if entry["kind"] != "positional"])


def _operand(entry):
    name = entry["valueName"].upper()
    return f"[{name}]" if entry["isOptional"] else name


def _option(entry):
    dashes = {"short": "-", "long": "--", "longWithSingleDash": "-"}
    names = [dashes[name["kind"]] + name["name"] for name in entry["names"]]
    kind = entry.get("completionKind", {})
    value = entry["valueName"] if entry["kind"] == "option" else ""
    return Option(
        names=sorted(names, key=lambda name: name.startswith("--")),
        summary=entry.get("abstract", ""),
        discussion=entry.get("discussion", ""),
        value=value,
        values=kind.get("list", {}).get("values", entry.get("allValues") or []),
        is_file="file" in kind or value in FILES,
        is_repeating=entry["isRepeating"],
        section=entry.get("sectionTitle", ""))
