"""The manual pages: a text for each, with the options in it from their definitions."""

import textwrap


def pages(templates, wrapper, verbs, sandbox):
    for name, command in [
            ("retry-run.1", wrapper), ("retry-run-sigstore.1", wrapper),
            ("sigstore-sandbox.1", sandbox)]:
        text = (templates / name).read_text()
        text = text.replace("@DISCUSSION@\n", _line(command.discussion))
        text = text.replace("@OPTIONS@\n", _options(command.options))
        text = text.replace("@VERBS@\n", "".join(_verb(verb) for verb in verbs))
        yield name, text


def _verb(verb):
    operands = " ".join(verb.operands)
    text = f".SH {_escaped(verb.name.upper())}\n.B {_escaped('retry-run ' + verb.name)}\n"
    text += f".RI [ options ]\n{_line(operands)}".rstrip("\n") + "\n.PP\n" + _line(verb.summary)
    if verb.discussion:
        text += ".PP\n" + _line(verb.discussion)
    return text + _options(verb.options)


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
