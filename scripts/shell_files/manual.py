"""The manual pages: prose from templates, options from their definitions."""

import textwrap

DONE = {
    "verify": "Verified.", "verify-blob": "Verified.", "verify-blob-attestation": "Verified.",
    "generate-key-pair": "Both files are written."}


def pages(templates, wrapper, verbs, sandbox):
    names = [f"retry-run-{verb.name}" for verb in verbs]
    for name, command in [("retry-run", wrapper), ("sigstore-sandbox", sandbox)]:
        text = (templates / f"{name}.1").read_text()
        text = text.replace("@DISCUSSION@\n", _line(command.discussion))
        text = text.replace("@OPTIONS@\n", _options(command.options))
        yield f"{name}.1", text.replace(
            "@SEE@\n", _references([*names, "sigstore-sandbox", "timeout"]))
    frame = (templates / "verb.1").read_text()
    for name, verb in zip(names, verbs):
        prose = (templates / "verbs" / f"{verb.name}.1").read_text()
        description, _, examples = prose.partition(".SH EXAMPLES\n")
        others = [other for other in names if other != name]
        text = frame.replace("@OPTIONS@\n", _options(verb.options))
        for place, words in {
                "PAGE": _escaped(name.upper()), "NAME": _escaped(name),
                "TITLE": _escaped(_title(verb.summary)),
                "COMMAND": _escaped(f"retry-run {verb.name}")}.items():
            text = text.replace(f"@{place}@", words)
        for place, lines in {
                "OPERANDS": _operands(verb.operands), "SUMMARY": _line(verb.summary),
                "PROSE": description, "DONE": _line(DONE.get(verb.name, "Signed.")),
                "EXAMPLES": ".SH EXAMPLES\n" + examples if examples else "",
                "SEE": _references(["retry-run", *others, "sigstore-sandbox"])}.items():
            text = text.replace(f"@{place}@\n", lines)
        yield f"{name}.1", text


def _title(summary):
    return (summary[:1].lower() + summary[1:]).split(";")[0].rstrip(".")


def _operands(operands):
    return "".join(f".I {_escaped(operand)}\n" for operand in operands)


def _references(names):
    return ",\n".join(f".BR {_escaped(name)} (1)" for name in names) + "\n"


def _options(options):
    text, section = "", None
    for option in sorted(options, key=lambda option: option.section != ""):
        if option.section and option.section != section:
            text += f".SS {_escaped(option.section)}\n"
        section = option.section
        text += ".TP\n" + _names(option) + _line(option.summary or "Likewise.")
        text += _line(option.discussion)
    return text


def _names(option):
    value = f" \\fI{_escaped(option.value)}\\fR" if option.takes_value else ""
    names = ", ".join(f"\\fB{_escaped(name)}\\fR" for name in option.names)
    return names + value + "\n"


def _line(text):
    """Running text in short lines, none of which looks like a request."""
    lines = textwrap.wrap(
        _escaped(" ".join(text.split())), 78, break_long_words=False, break_on_hyphens=False)
    return "".join(("\\&" if line[0] in ".'" else "") + line + "\n" for line in lines)


def _escaped(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
