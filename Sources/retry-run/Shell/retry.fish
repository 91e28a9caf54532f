# retry [OPTION…] [--] COMMAND [ARG…]: retry-run, also for functions and builtins of this shell.
#
# A function or a builtin runs in a fish of its own that gets the functions of this one. Variables
# that are not exported do not get there, and what changes there does not come back. An external
# command is run as by retry-run itself.
function retry --description 'Retry a command, a function or a builtin'
    set -l position (__retry_run_position $argv)
    if test $position -ge (count $argv)
        command retry-run $argv
        return
    end
    set -l options
    if test $position -gt 0
        set options $argv[1..$position]
        set -e argv[1..$position]
    end
    test "$options[-1]" = --; or set -a options --
    if not functions --query -- $argv[1]; and not builtin --query -- $argv[1]
        command retry-run $options $argv
        return
    end

    # What is loaded from a file when it is called is found by the other fish too.
    set -l folders (string escape -- $fish_function_path)
    set -l definitions "set -g fish_function_path $folders"
    for name in (functions --names --all)
        if test $name = $argv[1]; or not path is $fish_function_path/$name.fish
            set -l definition (functions -- $name | string collect)
            # Handlers are for the events of this fish.
            string match --quiet --regex '(?m)^function .* --on-' -- $definition
            or set -a definitions $definition
        end
    end

    # Definitions of any size travel in an open file without a name: each attempt reads it from its
    # start.
    set -l file (mktemp 2>/dev/null; or mktemp -p /dev/shm)
    or return 125
    string join \n -- $definitions >$file
    or return 125
    begin
        command rm -f -- $file
        command retry-run $options (status fish-path) --no-config --command \
            'source /proc/self/fd/62; $argv 62<&-' -- $argv
    end 62<$file
end
