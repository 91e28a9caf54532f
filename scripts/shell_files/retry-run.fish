# Completion of retry-run for fish.

# Prints the number of words before the command: options, their values and a `--`. It is one more
# than there are words when the last of them waits for its value.
function __retry_run_position
    set -l count 0
    while string match -qr -- '^-.' $argv[1]
        set count (math $count + 1)
        test $argv[1] = --; and break
        if contains -- $argv[1] $__retry_run_with_value
            set count (math $count + 1)
            set -e argv[1]
        end
        set -e argv[1]
    end
    echo $count
end

# The words before the cursor, without retry-run itself.
function __retry_run_words
    set -l words (commandline -opc)
    set -q words[2]; and printf '%s\n' $words[2..-1]
end

function __retry_run_has_verb
    set -l words (commandline -opc)
    if set -q argv[1]
        test "$words[2]" = $argv[1]
    else
        contains -- "$words[2]" $__retry_run_verbs init presets; and string match -qr 'retry-run$' $words[1]
    end
end

function __retry_run_wants_verb
    test (count (commandline -opc)) -eq 1
end

function __retry_run_wants_option
    set -l words (__retry_run_words)
    not __retry_run_has_verb
    and test (__retry_run_position $words) -ge (count $words)
    and test "$words[-1]" != --
end

# The wrapped command's own completion; the names of commands where there is none yet.
function __retry_run_wrapped
    set -l words (__retry_run_words)
    set -l position (__retry_run_position $words)
    set -l rest
    test $position -lt (count $words); and set rest $words[(math $position + 1)..-1]
    __fish_complete_subcommand --commandline (string escape -- $rest) (commandline -ct)
end

function __retry_run_wants_command
    set -l words (__retry_run_words)
    not __retry_run_has_verb
    and test (__retry_run_position $words) -le (count $words)
end

complete -c retry-run -c retry -f
complete -c retry-run -c retry -n __retry_run_wants_command -a '(__retry_run_wrapped)'
complete -c retry-run -n __retry_run_wants_verb -a init -d 'Print a set-up for a shell'
complete -c retry-run -n '__retry_run_has_verb init' -a 'bash zsh fish'
complete -c retry-run -n __retry_run_wants_verb -a presets -d 'List presets and their rules'
complete -c retry-run -n '__retry_run_has_verb presets' -a 'sigstore registry github git http apt pip npm go cargo'

@TABLES@

for verb in $__retry_run_verbs
    complete -c retry-run -n "__retry_run_has_verb $verb" -F
end
