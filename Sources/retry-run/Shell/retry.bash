# retry [OPTION…] [--] COMMAND [ARG…]: retry-run, also for functions and builtins of this shell.
#
# A function or a builtin runs in a bash of its own that gets all functions and the shell options of
# this one. Variables that are not exported do not get there, and what changes there does not come
# back. An external command is run as by retry-run itself.
retry()
(
    _retry_settings=$SHELLOPTS:$BASHOPTS
    set +aefu
    IFS=$' \t\n'
    _retry_run_position "$@"
    _retry_position=$REPLY
    if ((_retry_position >= $#)); then
        exec retry-run "$@"
    fi
    _retry_options=("${@:1:_retry_position}")
    shift "$_retry_position"
    if [[ $_retry_position -eq 0 || ${_retry_options[-1]} != -- ]]; then
        _retry_options+=(--)
    fi
    case $(type -t -- "$1") in
        function | builtin) ;;
        *) exec retry-run "${_retry_options[@]}" "$@" ;;
    esac

    # extglob has to be on before the functions are read.
    _retry_shell=("$BASH")
    for _retry_name in ${_retry_settings//:/ }; do
        case $_retry_name in
            allexport | errexit | errtrace | functrace | keyword | noclobber | noglob | nounset | \
                physical | pipefail | posix | xtrace)
                _retry_shell+=(-o "$_retry_name") ;;
            *glob* | nocase* | inherit_errexit | lastpipe | localvar_* | xpg_echo)
                _retry_shell+=(-O "$_retry_name") ;;
        esac
    done
    # Functions of any size travel in an open file without a name: each attempt reads it from its start.
    # Those that are exported are in the environment already.
    _retry_exported=$(declare -Fx)$'\n'
    _retry_file=$(mktemp 2>/dev/null || mktemp -p /dev/shm) || exit 125
    for _retry_name in $(compgen -A function); do
        if [[ $_retry_exported != *" $_retry_name"$'\n'* ]]; then
            declare -f -- "$_retry_name"
        fi
    done >|"$_retry_file" || exit 125
    exec {_retry_descriptor}<"$_retry_file"
    rm -f -- "$_retry_file"
    exec retry-run "${_retry_options[@]}" "${_retry_shell[@]}" -c '
        . "/proc/self/fd/$1"
        eval "exec $1<&-"
        shift
        "$@"' "$0" "$_retry_descriptor" "$@"
)

complete -F _retry_run retry
