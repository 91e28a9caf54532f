"""The tables of completions/retry-run.fish."""


def tables(wrapper, verbs):
    with_value = [name for option in wrapper.options if option.takes_value for name in option.names]
    lines = [
        "# The options of retry-run itself that are followed by a value.",
        "set -g __retry_run_with_value " + " ".join(with_value),
        "# The verbs that speak to Sigstore.",
        "set -g __retry_run_verbs " + " ".join(verb.name for verb in verbs),
        "",
    ]
    lines += [
        f"complete -c retry-run -n __retry_run_wants_verb -a {verb.name} -d {_quoted(verb.summary)}"
        for verb in verbs]
    lines += ["", *(
        _specification("retry-run -c retry", "__retry_run_wants_option", option)
        for option in wrapper.options)]
    for verb in verbs:
        lines += ["", *(
            _specification("retry-run", f"'__retry_run_has_verb {verb.name}'", option)
            for option in verb.options)]
    return "\n".join(lines)


def _specification(commands, condition, option):
    words = ["complete -c", commands, "-n", condition]
    for name in option.names:
        words += ["-l", name[2:]] if name.startswith("--") else ["-s", name[1:]]
    if option.takes_value:
        words.append("-r" if option.is_file else "-x")
    if option.is_file:
        words.append("-F")
    if option.values:
        words += ["-a", _quoted(" ".join(option.values))]
    return " ".join([*words, "-d", _quoted(option.summary)])


def _quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
