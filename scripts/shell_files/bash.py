"""The tables of completions/retry-run.bash."""


def tables(wrapper, verbs):
    verb_names = "|".join(verb.name for verb in verbs)
    lines = [
        "# The verbs that speak to Sigstore.",
        f"_retry_run_verbs='{verb_names}'",
        "",
        "# Sets REPLY to the options of a verb, or of retry-run itself for ''.",
        "_retry_run_options()",
        "{",
        "    case $1 in",
    ]
    for verb in [wrapper, *verbs]:
        names = [name for option in verb.options for name in option.names]
        lines += [f"        {verb.name or chr(39) * 2})", *_words("REPLY", names), "            ;;"]
    lines += [
        "    esac",
        "}",
        "",
        "# Sets REPLY to what an option of a verb takes: nothing, @value, @file, or some words.",
        "_retry_run_value()",
        "{",
        "    case $1:$2 in",
    ]
    for verb in [wrapper, *verbs]:
        for option in verb.options:
            if option.takes_value:
                pattern = " | ".join(f"{verb.name}:{name}" for name in option.names)
                words = option.values or ["@file" if option.is_file else "@value"]
                lines += [f"        {pattern})", *_words("REPLY", words), "            ;;"]
    return "\n".join([*lines, "        *) REPLY= ;;", "    esac", "}"])


def _words(name, words):
    """An assignment of words, in lines of less than 100 columns."""
    lines, line = [], f"            {name}='"
    for index, word in enumerate(words):
        text = word if index == 0 else " " + word
        if len(line) + len(text) > 97:
            lines.append(line)
            line, text = "            " + " " * len(f"{name}="), text
        line += text
    return [*lines, line + "'"]
