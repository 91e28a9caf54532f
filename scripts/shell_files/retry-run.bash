# Completion of retry-run for bash.

@TABLES@

# Sets REPLY to the number of words before the command: options, their values and a `--`. It is one
# more than there are words when the last of them waits for its value.
_retry_run_position()
{
    local -i count=0
    while [[ ${1-} == -?* ]]; do
        count+=1
        [[ $1 != -- ]] || break
        _retry_run_value '' "$1"
        if [[ $REPLY ]]; then
            count+=1
            shift "$(($# > 1 ? 2 : 1))"
        else
            shift
        fi
    done
    REPLY=$count
}

_retry_run()
{
    # bash splits at = and : too. These are the words as they were typed, up to the cursor, and
    # where each begins among those of bash.
    local -a words=() starts=()
    local line=$COMP_LINE word index
    for ((index = 0; index <= COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        if [[ $index -eq 0 || $line == [[:blank:]]* ]]; then
            words+=("$word")
            starts+=("$index")
        else
            words[-1]+=$word
        fi
        line=${line#"${line%%[![:blank:]]*}"}
        line=${line#"$word"}
    done
    local last=$((${#words[@]} - 1)) REPLY
    local current=${words[last]} replaced=$2

    COMPREPLY=()
    # The function `retry` has no verbs.
    if [[ ${words[0]##*/} == retry-run && $last -gt 1 ]]; then
        if [[ "|$_retry_run_verbs|" == *"|${words[1]}|"* ]]; then
            _retry_run_verb "${words[1]}"
            return
        elif [[ ${words[1]} == init ]]; then
            [[ $last -ne 2 ]] || _retry_run_offer '' 'bash zsh fish' "$current"
            return
        elif [[ ${words[1]} == presets ]]; then
            [[ $last -ne 2 ]] || _retry_run_offer_value '' --preset '' "$current"
            return
        fi
    fi
    _retry_run_position "${words[@]:1:last-1}"
    if ((REPLY < last - 1)); then
        _retry_run_wrapped "${starts[REPLY + 1]}"
    elif ((REPLY >= last)); then
        _retry_run_offer_value '' "${words[last - 1]}" '' "$current"
    elif [[ $current == --*=* ]]; then
        _retry_run_offer_value '' "${current%%=*}" "${current%%=*}=" "${current#*=}"
    elif [[ $current == -* && ${words[last - 1]} != -- ]]; then
        _retry_run_options ''
        _retry_run_offer '' "$REPLY" "$current"
    else
        _retry_run_wrapped "${starts[last]}"
        if [[ ${words[0]##*/} == retry-run && $last -eq 1 ]]; then
            local commands=("${COMPREPLY[@]}")
            _retry_run_offer '' "${_retry_run_verbs//|/ } init presets" "$current"
            COMPREPLY+=("${commands[@]}")
        fi
    fi
}

# A verb of Sigstore: its options, the values of these, and files.
_retry_run_verb()
{
    _retry_run_value "$1" "${words[last - 1]}"
    if [[ $REPLY && $last -gt 2 ]]; then
        _retry_run_offer_value "$1" "${words[last - 1]}" '' "$current"
    elif [[ $current == --*=* ]]; then
        _retry_run_offer_value "$1" "${current%%=*}" "${current%%=*}=" "${current#*=}"
    elif [[ $current == -* ]]; then
        _retry_run_options "$1"
        _retry_run_offer '' "$REPLY" "$current"
    else
        _retry_run_offer_files '' "$current"
    fi
}

# The wrapped command's own completion, for the words from the given one on.
_retry_run_wrapped()
{
    if declare -F _comp_command_offset >/dev/null; then
        _comp_command_offset "$1"
    elif declare -F _command_offset >/dev/null; then
        _command_offset "$1"
    elif [[ $1 -eq ${starts[last]} ]]; then
        mapfile -t COMPREPLY < <(compgen -c -- "$current")
    else
        _retry_run_offer_files '' "$current"
    fi
}

# _retry_run_offer_value VERB OPTION PREFIX TEXT: the values of an option.
_retry_run_offer_value()
{
    _retry_run_value "$1" "$2"
    case $REPLY in
        '' | @value) ;;
        @file) _retry_run_offer_files "$3" "$4" ;;
        *) _retry_run_offer "$3" "$REPLY" "$4" ;;
    esac
}

# _retry_run_offer PREFIX WORDS TEXT: those of the words that begin with the text. What bash leaves
# in place of the current word is cut off.
_retry_run_offer()
{
    mapfile -t COMPREPLY < <(compgen -P "$1" -W "$2" -- "$3")
    COMPREPLY=("${COMPREPLY[@]#"${current%"$replaced"}"}")
}

_retry_run_offer_files()
{
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$2")
    COMPREPLY=("${COMPREPLY[@]/#/$1}")
    COMPREPLY=("${COMPREPLY[@]#"${current%"$replaced"}"}")
}

complete -F _retry_run retry-run
