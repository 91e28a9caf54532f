#compdef retry-run
# Completion of retry-run for zsh.

# The options of retry-run itself that are followed by a value.
typeset -ga _retry_run_with_value=(
@WITH-VALUE@
)

# Sets REPLY to the number of words before the command: options, their values and a `--`. It is one
# more than there are words when the last of them waits for its value.
_retry_run_position() {
    local -i count=0
    while [[ ${1-} == -?* ]]; do
        count+=1
        [[ $1 != -- ]] || break
        if (( ${_retry_run_with_value[(Ie)$1]} )); then
            count+=1
            shift $(( $# > 1 ? 2 : 1 ))
        else
            shift
        fi
    done
    REPLY=$count
}

_retry_run() {

@TABLES@

if [[ $service == retry-run && CURRENT -gt 2 ]]; then
    if (( $#verb_options )); then
        shift words
        (( CURRENT-- ))
        _arguments -s -S $verb_options '*:file:_files'
        return
    elif [[ $words[2] == init ]]; then
        (( CURRENT == 3 )) && _values shell bash zsh fish
        return
    elif [[ $words[2] == presets ]]; then
        (( CURRENT == 3 )) && _values preset sigstore registry github git http apt pip npm go cargo
        return
    fi
fi

local REPLY
_retry_run_position "${(@)words[2,CURRENT-1]}"
if (( REPLY < CURRENT - 2 )); then
    shift $(( REPLY + 1 )) words
    (( CURRENT -= REPLY + 1 ))
    _normal -p $service
    return
fi

local curcontext=$curcontext state ret=1
local -A opt_args
if [[ REPLY -eq CURRENT-2 && $words[CURRENT-1] == -- ]]; then
    state=command
else
    _arguments -C -s -S $options '*: :->command' && ret=0
fi
if [[ $state == command ]]; then
    if [[ $service == retry-run && CURRENT -eq 2 ]]; then
        verbs+=('init:Print a set-up for a shell' 'presets:List presets and their rules')
        _describe -t verbs verb verbs && ret=0
    fi
    _command_names && ret=0
fi
return ret

}

if [[ $funcstack[1] == _retry-run ]]; then
    _retry_run "$@"
elif (( $+functions[compdef] )); then
    compdef _retry_run retry-run
fi
