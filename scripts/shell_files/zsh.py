"""The tables of completions/retry-run.zsh."""

import textwrap


def with_value(wrapper):
    names = [name for option in wrapper.options if option.takes_value for name in option.names]
    return "\n".join(
        textwrap.wrap(" ".join(names), 92, initial_indent="    ", subsequent_indent="    ",
                      break_on_hyphens=False))


def tables(wrapper, verbs):
    lines = [
        "# The verbs that speak to Sigstore.",
        "local -a verbs=(",
        *(f"    {_quoted(_plain(verb.name) + ':' + verb.summary)}" for verb in verbs),
        ")",
        "",
        "# The options of retry-run itself.",
        "local -a options=(",
        *(f"    {_specification(option)}" for option in wrapper.options),
        ")",
        "",
        "# The options of the verb that is the first word.",
        "local -a verb_options=()",
        "case $words[2] in",
    ]
    for verb in verbs:
        lines += [
            f"    {verb.name})",
            "        verb_options=(",
            *(f"            {_specification(option)}" for option in verb.options),
            "        )",
            "        ;;",
        ]
    return "\n".join([*lines, "esac"])


def _specification(option):
    """One option for _arguments, which excludes its other names unless it can be repeated."""
    summary = _plain(option.summary).replace("[", "\\[").replace("]", "\\]")
    rest = f"[{summary}]"
    if option.takes_value:
        action = " "
        if option.values:
            action = "(" + " ".join(option.values) + ")"
        elif option.is_file:
            action = "_files"
        rest += f":{_plain(option.value)}:{action}"
    marks = {name: name + ("" if not option.takes_value else "=" if name.startswith("--") else "+")
             for name in option.names}
    before = "*" if option.is_repeating else "(" + " ".join(option.names) + ")"
    if len(option.names) == 1:
        before = "*" if option.is_repeating else ""
        return _quoted(before + marks[option.names[0]] + rest)
    return _quoted(before) + "{" + ",".join(marks.values()) + "}" + _quoted(rest)


def _plain(text):
    return text.replace("\\", "\\\\").replace(":", "\\:")


def _quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"
