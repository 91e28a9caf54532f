# retry [OPTION…] [--] COMMAND [ARG…]: retry-run, also for functions and builtins of this shell.
#
# A function or a builtin runs in a zsh of its own that gets all functions and the shell options of
# this one. Variables that are not exported do not get there, and what changes there does not come
# back. An external command is run as by retry-run itself.
retry() (
    local _retry_settings="$(setopt)"
    emulate -R zsh
    # Not what belongs to a shell with a prompt, nor what cannot be set in a shell that runs.
    local -a _retry_names=(${${(f)_retry_settings}:#(interactive|login|monitor|zle|shinstdin|\
privileged|restricted|singlecommand|norcs|noglobalrcs|noexec|verbose)})
    local -i _retry_position
    local -a _retry_options
    local _retry_file
    _retry_run_position "$@"
    _retry_position=$REPLY
    if (( _retry_position >= $# )); then
        exec retry-run "$@"
    fi
    _retry_options=("${(@)argv[1,_retry_position]}")
    shift $_retry_position
    if [[ $_retry_options[-1] != -- ]]; then
        _retry_options+=(--)
    fi
    case $(whence -w -- "$1") in
        *': function' | *': builtin') ;;
        *) exec retry-run "${(@)_retry_options}" "$@" ;;
    esac

    # An open file without a name: each attempt reads it from its start.
    exec {_retry_file}<<<"fpath=(${(j: :)${(@q)fpath}})
$(functions)
unset -f zshexit TRAPEXIT 2>/dev/null
${_retry_names:+setopt $_retry_names}"
    exec retry-run "${(@)_retry_options}" zsh -f -c '
        source /proc/self/fd/$1
        exec {1}<&-
        shift
        "$@"' zsh $_retry_file "$@"
)

if (( $+functions[compdef] )); then
    compdef _retry_run retry
fi
