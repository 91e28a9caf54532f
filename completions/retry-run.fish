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
        contains -- "$words[2]" $__retry_run_verbs init; and string match -qr 'retry-run$' $words[1]
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

# The options of retry-run itself that are followed by a value.
set -g __retry_run_with_value -a --attempts -d --delay -b --backoff -m --max-delay -j --jitter --seed -t --timeout -T --deadline -s --signal -k --kill-after --retry-on --stop-on --retry-if-output --retry-if-stdout --retry-if-output-stdout --retry-if-stderr --retry-if-output-stderr --stop-if-output --stop-if-stdout --stop-if-output-stdout --stop-if-stderr --stop-if-output-stderr --success-if-output --success-if-stdout --success-if-output-stdout --success-if-stderr --success-if-output-stderr --preset --fail-on-flaky --success-if --before-retry --on-give-up -R --report --fleet --outage --annotate
# The verbs that speak to Sigstore.
set -g __retry_run_verbs sign attest verify sign-blob attest-blob verify-blob verify-blob-attestation generate-key-pair

complete -c retry-run -n __retry_run_wants_verb -a sign -d 'Signs files with Sigstore: one bundle beside each.'
complete -c retry-run -n __retry_run_wants_verb -a attest -d 'Signs a statement about files: an in-toto attestation in one bundle.'
complete -c retry-run -n __retry_run_wants_verb -a verify -d 'Says whether a bundle shows who signed an artifact.'
complete -c retry-run -n __retry_run_wants_verb -a sign-blob -d 'Like sign, with cosign\'s flags.'
complete -c retry-run -n __retry_run_wants_verb -a attest-blob -d 'Like attest, with cosign\'s flags.'
complete -c retry-run -n __retry_run_wants_verb -a verify-blob -d 'Like verify, with cosign\'s flags.'
complete -c retry-run -n __retry_run_wants_verb -a verify-blob-attestation -d 'Verifies an attestation, with cosign\'s flags.'
complete -c retry-run -n __retry_run_wants_verb -a generate-key-pair -d 'Makes a key pair to sign with: PREFIX.key, encrypted, and PREFIX.pub.'

complete -c retry-run -c retry -n __retry_run_wants_option -s a -l attempts -x -d 'Total runs, not re-runs. (default: 3)'
complete -c retry-run -c retry -n __retry_run_wants_option -l forever -d 'No limit on attempts.'
complete -c retry-run -c retry -n __retry_run_wants_option -s d -l delay -x -d 'Pauses between attempts; the last one repeats. (default: 5s,10s)'
complete -c retry-run -c retry -n __retry_run_wants_option -s b -l backoff -x -a 'fixed linear exponential' -d 'Compute the pauses from the first delay: fixed, linear or exponential[:FACTOR].'
complete -c retry-run -c retry -n __retry_run_wants_option -s m -l max-delay -x -d 'The longest computed pause. (default: 60s)'
complete -c retry-run -c retry -n __retry_run_wants_option -s j -l jitter -x -a 'none full equal decorrelated' -d 'Spread the pauses: none, full, equal, decorrelated or a duration. (default: none)'
complete -c retry-run -c retry -n __retry_run_wants_option -l seed -x -d 'Make the jitter repeatable.'
complete -c retry-run -c retry -n __retry_run_wants_option -s t -l timeout -x -d 'The limit of each attempt. (default: none)'
complete -c retry-run -c retry -n __retry_run_wants_option -s T -l deadline -x -d 'The limit of the whole run: attempts, pauses and hooks. (default: none)'
complete -c retry-run -c retry -n __retry_run_wants_option -s s -l signal -x -a 'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS' -d 'The signal that ends an attempt. (default: TERM)'
complete -c retry-run -c retry -n __retry_run_wants_option -s k -l kill-after -x -d 'The grace between that signal and KILL; 0 never kills. (default: 5s)'
complete -c retry-run -c retry -n __retry_run_wants_option -l retry-on -x -d 'All that is retried: exit codes (1,5-9), signals (SEGV), timeout, spawn.'
complete -c retry-run -c retry -n __retry_run_wants_option -l stop-on -x -d 'What is never retried. (default: 126,127)'
complete -c retry-run -c retry -n __retry_run_wants_option -l retry-if-output -x -d 'Retry a failure whose output matches.'
complete -c retry-run -c retry -n __retry_run_wants_option -l retry-if-stdout -l retry-if-output-stdout -x -d 'The same, looking at stdout only.'
complete -c retry-run -c retry -n __retry_run_wants_option -l retry-if-stderr -l retry-if-output-stderr -x -d 'The same, looking at stderr only.'
complete -c retry-run -c retry -n __retry_run_wants_option -l stop-if-output -x -d 'Stop at a failure whose output matches.'
complete -c retry-run -c retry -n __retry_run_wants_option -l stop-if-stdout -l stop-if-output-stdout -x -d 'The same, looking at stdout only.'
complete -c retry-run -c retry -n __retry_run_wants_option -l stop-if-stderr -l stop-if-output-stderr -x -d 'The same, looking at stderr only.'
complete -c retry-run -c retry -n __retry_run_wants_option -l success-if-output -x -d 'Succeed when the output matches, whatever the code.'
complete -c retry-run -c retry -n __retry_run_wants_option -l success-if-stdout -l success-if-output-stdout -x -d 'The same, looking at stdout only.'
complete -c retry-run -c retry -n __retry_run_wants_option -l success-if-stderr -l success-if-output-stderr -x -d 'The same, looking at stderr only.'
complete -c retry-run -c retry -n __retry_run_wants_option -l preset -x -a 'sigstore' -d 'A named set of rules: sigstore.'
complete -c retry-run -c retry -n __retry_run_wants_option -l fail-on-flaky -x -d 'Turn a success after a retry into this exit code (1-255).'
complete -c retry-run -c retry -n __retry_run_wants_option -l success-if -x -d 'Run by sh -c after a failed attempt; exit 0 means the run has succeeded.'
complete -c retry-run -c retry -n __retry_run_wants_option -l before-retry -x -d 'Run by sh -c before each further attempt.'
complete -c retry-run -c retry -n __retry_run_wants_option -l on-give-up -x -d 'Run by sh -c when the run has failed.'
complete -c retry-run -c retry -n __retry_run_wants_option -s I -l replay-stdin -d 'Give every attempt the same stdin.'
complete -c retry-run -c retry -n __retry_run_wants_option -s O -l hold-stdout -d 'Only the final attempt\'s stdout reaches stdout; earlier stdout goes to stderr.'
complete -c retry-run -c retry -n __retry_run_wants_option -s E -l hold-stderr -d 'Only the final attempt\'s stderr reaches stderr.'
complete -c retry-run -c retry -n __retry_run_wants_option -s R -l report -r -F -d 'Write a JSON report.'
complete -c retry-run -c retry -n __retry_run_wants_option -s n -l dry-run -d 'Print the schedule and the worst-case wall clock, run nothing.'
complete -c retry-run -c retry -n __retry_run_wants_option -l fleet -x -d 'With --dry-run: how many such runs start together, for their load on a service.'
complete -c retry-run -c retry -n __retry_run_wants_option -l outage -x -d 'With --fleet: how long the service is down.'
complete -c retry-run -c retry -n __retry_run_wants_option -l annotate -x -a 'auto github none' -d 'GitHub annotations: auto, github or none. (default: auto)'
complete -c retry-run -c retry -n __retry_run_wants_option -s q -l quiet -d 'Say nothing but errors.'
complete -c retry-run -c retry -n __retry_run_wants_option -s v -l verbose -d 'Say more about each attempt.'
complete -c retry-run -c retry -n __retry_run_wants_option -s V -l version -d 'Show the version.'
complete -c retry-run -c retry -n __retry_run_wants_option -s h -l help -d 'Show help information.'

complete -c retry-run -n '__retry_run_has_verb sign' -s b -l bundle -r -F -d 'Where the bundle is written; - is stdout. (default: FILE.sigstore.json)'
complete -c retry-run -n '__retry_run_has_verb sign' -l overwrite -d 'Replace a bundle that is there already.'
complete -c retry-run -n '__retry_run_has_verb sign' -s R -l report -r -F -d 'Write what happened to a file, as JSON: phases, attempts, durations.'
complete -c retry-run -n '__retry_run_has_verb sign' -s q -l quiet -d 'Say nothing but errors.'
complete -c retry-run -n '__retry_run_has_verb sign' -l identity-token -x -d 'An identity token, or @FILE for one in a file. (default: what the CI system gives)'
complete -c retry-run -n '__retry_run_has_verb sign' -l expect-identity -x -d 'Sign only in this name; looked at before anything is sent.'
complete -c retry-run -n '__retry_run_has_verb sign' -l expect-issuer -x -d 'Sign only if this issuer vouches for the name.'
complete -c retry-run -n '__retry_run_has_verb sign' -l login -x -a 'auto browser device none' -d 'How to log in where no token is given: browser, device, none, or auto: the browser on a terminal. Never in CI.'
complete -c retry-run -n '__retry_run_has_verb sign' -l oidc-issuer -x -d 'Whom to log in at. (default: as the signing config says)'
complete -c retry-run -n '__retry_run_has_verb sign' -l oidc-client-id -x -d 'Whom tokens are for: their audience, and the client to log in for.'
complete -c retry-run -n '__retry_run_has_verb sign' -l key -r -F -d 'A private key to sign with instead: a file, or env://NAME for one in a variable.'
complete -c retry-run -n '__retry_run_has_verb sign' -l signing-config -r -F -d 'A signing config in JSON instead of the instance\'s own.'
complete -c retry-run -n '__retry_run_has_verb sign' -l rekor-version -x -a '1 2' -d 'The version of Rekor to log to: 1 or 2. (default: as the signing config says)'
complete -c retry-run -n '__retry_run_has_verb sign' -l no-log -d 'Make no entry in a transparency log; verifiers have to be told to do without.'
complete -c retry-run -n '__retry_run_has_verb sign' -l no-timestamp -d 'Ask no timestamp authority.'
complete -c retry-run -n '__retry_run_has_verb sign' -l trusted-root -r -F -d 'A trusted root in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb sign' -l trust-config -r -F -d 'A client trust config in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb sign' -l staging -d 'Trust Sigstore\'s staging instance instead of the public-good one.'
complete -c retry-run -n '__retry_run_has_verb sign' -l tuf-url -x -d 'The TUF repository of another instance; needs --tuf-root.'
complete -c retry-run -n '__retry_run_has_verb sign' -l tuf-root -r -F -d 'The first root.json to trust for --tuf-url.'
complete -c retry-run -n '__retry_run_has_verb sign' -l offline -d 'Fetch no trust: use what is cached from the last run, or what is built in.'
complete -c retry-run -n '__retry_run_has_verb sign' -s a -l attempts -x -d 'Total attempts of each call. (default: 3)'
complete -c retry-run -n '__retry_run_has_verb sign' -s d -l delay -x -d 'Pauses between attempts; the last one repeats. (default: 1s,5s)'
complete -c retry-run -n '__retry_run_has_verb sign' -s t -l timeout -x -d 'The limit of each attempt. (default: 35s)'
complete -c retry-run -n '__retry_run_has_verb sign' -s T -l deadline -x -d 'The limit of all calls. (default: 2m)'
complete -c retry-run -n '__retry_run_has_verb sign' -l cacert -r -F -d 'PEM certificates to trust in TLS instead of the system\'s.'
complete -c retry-run -n '__retry_run_has_verb sign' -l version -d 'Show the version.'
complete -c retry-run -n '__retry_run_has_verb sign' -s h -l help -d 'Show help information.'

complete -c retry-run -n '__retry_run_has_verb attest' -l predicate -r -F -d 'What is said of the files; - is stdin.'
complete -c retry-run -n '__retry_run_has_verb attest' -l type -x -a 'custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln' -d 'The type of the predicate: a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vuln. (default: custom)'
complete -c retry-run -n '__retry_run_has_verb attest' -l statement -r -F -d 'A whole in-toto statement instead, signed byte for byte; - is stdin.'
complete -c retry-run -n '__retry_run_has_verb attest' -s b -l bundle -r -F -d 'Where the bundle is written; - is stdout. (default: FILE.sigstore.json)'
complete -c retry-run -n '__retry_run_has_verb attest' -l overwrite -d 'Replace a bundle that is there already.'
complete -c retry-run -n '__retry_run_has_verb attest' -s R -l report -r -F -d 'Write what happened to a file, as JSON: phases, attempts, durations.'
complete -c retry-run -n '__retry_run_has_verb attest' -s q -l quiet -d 'Say nothing but errors.'
complete -c retry-run -n '__retry_run_has_verb attest' -l identity-token -x -d 'An identity token, or @FILE for one in a file. (default: what the CI system gives)'
complete -c retry-run -n '__retry_run_has_verb attest' -l expect-identity -x -d 'Sign only in this name; looked at before anything is sent.'
complete -c retry-run -n '__retry_run_has_verb attest' -l expect-issuer -x -d 'Sign only if this issuer vouches for the name.'
complete -c retry-run -n '__retry_run_has_verb attest' -l login -x -a 'auto browser device none' -d 'How to log in where no token is given: browser, device, none, or auto: the browser on a terminal. Never in CI.'
complete -c retry-run -n '__retry_run_has_verb attest' -l oidc-issuer -x -d 'Whom to log in at. (default: as the signing config says)'
complete -c retry-run -n '__retry_run_has_verb attest' -l oidc-client-id -x -d 'Whom tokens are for: their audience, and the client to log in for.'
complete -c retry-run -n '__retry_run_has_verb attest' -l key -r -F -d 'A private key to sign with instead: a file, or env://NAME for one in a variable.'
complete -c retry-run -n '__retry_run_has_verb attest' -l signing-config -r -F -d 'A signing config in JSON instead of the instance\'s own.'
complete -c retry-run -n '__retry_run_has_verb attest' -l rekor-version -x -a '1 2' -d 'The version of Rekor to log to: 1 or 2. (default: as the signing config says)'
complete -c retry-run -n '__retry_run_has_verb attest' -l no-log -d 'Make no entry in a transparency log; verifiers have to be told to do without.'
complete -c retry-run -n '__retry_run_has_verb attest' -l no-timestamp -d 'Ask no timestamp authority.'
complete -c retry-run -n '__retry_run_has_verb attest' -l trusted-root -r -F -d 'A trusted root in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb attest' -l trust-config -r -F -d 'A client trust config in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb attest' -l staging -d 'Trust Sigstore\'s staging instance instead of the public-good one.'
complete -c retry-run -n '__retry_run_has_verb attest' -l tuf-url -x -d 'The TUF repository of another instance; needs --tuf-root.'
complete -c retry-run -n '__retry_run_has_verb attest' -l tuf-root -r -F -d 'The first root.json to trust for --tuf-url.'
complete -c retry-run -n '__retry_run_has_verb attest' -l offline -d 'Fetch no trust: use what is cached from the last run, or what is built in.'
complete -c retry-run -n '__retry_run_has_verb attest' -s a -l attempts -x -d 'Total attempts of each call. (default: 3)'
complete -c retry-run -n '__retry_run_has_verb attest' -s d -l delay -x -d 'Pauses between attempts; the last one repeats. (default: 1s,5s)'
complete -c retry-run -n '__retry_run_has_verb attest' -s t -l timeout -x -d 'The limit of each attempt. (default: 35s)'
complete -c retry-run -n '__retry_run_has_verb attest' -s T -l deadline -x -d 'The limit of all calls. (default: 2m)'
complete -c retry-run -n '__retry_run_has_verb attest' -l cacert -r -F -d 'PEM certificates to trust in TLS instead of the system\'s.'
complete -c retry-run -n '__retry_run_has_verb attest' -l version -d 'Show the version.'
complete -c retry-run -n '__retry_run_has_verb attest' -s h -l help -d 'Show help information.'

complete -c retry-run -n '__retry_run_has_verb verify' -s b -l bundle -r -F -d 'The Sigstore bundle. (default: ARTIFACT.sigstore.json, ARTIFACT.sigstore)'
complete -c retry-run -n '__retry_run_has_verb verify' -l type -x -a 'custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln' -d 'The type that the predicate of an attestation must have: a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vuln.'
complete -c retry-run -n '__retry_run_has_verb verify' -l no-log -d 'Ask for no entry in a transparency log, as for bundles by sign --no-log.'
complete -c retry-run -n '__retry_run_has_verb verify' -l certificate-identity -x -d 'The identity in the certificate: an e-mail address or a URI.'
complete -c retry-run -n '__retry_run_has_verb verify' -l certificate-identity-regexp -x -d 'The same as a regular expression, found anywhere in the identity.'
complete -c retry-run -n '__retry_run_has_verb verify' -l certificate-oidc-issuer -x -d 'The OIDC issuer that vouched for the identity.'
complete -c retry-run -n '__retry_run_has_verb verify' -l certificate-oidc-issuer-regexp -x -d 'The same as a regular expression.'
complete -c retry-run -n '__retry_run_has_verb verify' -l key -r -F -d 'The public key that must have signed, in PEM; excludes the identity options.'
complete -c retry-run -n '__retry_run_has_verb verify' -l certificate-github-workflow-repository -x -d 'The repository of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify' -l certificate-github-workflow-ref -x -d 'The git ref of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify' -l certificate-github-workflow-sha -x -d 'The commit of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify' -l certificate-github-workflow-trigger -x -d 'The event that started the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify' -l certificate-github-workflow-name -x -d 'The name of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify' -l trusted-root -r -F -d 'A trusted root in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb verify' -l trust-config -r -F -d 'A client trust config in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb verify' -l staging -d 'Trust Sigstore\'s staging instance instead of the public-good one.'
complete -c retry-run -n '__retry_run_has_verb verify' -l tuf-url -x -d 'The TUF repository of another instance; needs --tuf-root.'
complete -c retry-run -n '__retry_run_has_verb verify' -l tuf-root -r -F -d 'The first root.json to trust for --tuf-url.'
complete -c retry-run -n '__retry_run_has_verb verify' -l offline -d 'Fetch no trust: use what is cached from the last run, or what is built in.'
complete -c retry-run -n '__retry_run_has_verb verify' -s a -l attempts -x -d 'Total attempts of each call. (default: 3)'
complete -c retry-run -n '__retry_run_has_verb verify' -s d -l delay -x -d 'Pauses between attempts; the last one repeats. (default: 1s,5s)'
complete -c retry-run -n '__retry_run_has_verb verify' -s t -l timeout -x -d 'The limit of each attempt. (default: 35s)'
complete -c retry-run -n '__retry_run_has_verb verify' -s T -l deadline -x -d 'The limit of all calls. (default: 2m)'
complete -c retry-run -n '__retry_run_has_verb verify' -l cacert -r -F -d 'PEM certificates to trust in TLS instead of the system\'s.'
complete -c retry-run -n '__retry_run_has_verb verify' -l output -x -a 'text json' -d 'The form of the answer on stdout.'
complete -c retry-run -n '__retry_run_has_verb verify' -s R -l report -r -F -d 'Write the answer to a file too, as JSON.'
complete -c retry-run -n '__retry_run_has_verb verify' -s q -l quiet -d 'Say nothing but errors.'
complete -c retry-run -n '__retry_run_has_verb verify' -l version -d 'Show the version.'
complete -c retry-run -n '__retry_run_has_verb verify' -s h -l help -d 'Show help information.'

complete -c retry-run -n '__retry_run_has_verb sign-blob' -l bundle -r -F -d 'Where the bundle is written; - is stdout.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -s y -l yes -d 'Taken and not needed: nothing is asked.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l tlog-upload -d 'Whether there is an entry in a transparency log.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l no-tlog-upload -d 'Whether there is an entry in a transparency log.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l new-bundle-format -d 'Taken and not needed: there is no other format.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l use-signing-config -d 'Taken and not needed: services that are named are used instead of the config\'s.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l no-use-signing-config -d 'Taken and not needed: services that are named are used instead of the config\'s.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l fulcio-url -x -d 'The certificate authority, instead of the signing config\'s.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l rekor-url -x -d 'The transparency log, instead of the signing config\'s; Rekor v1 unless --rekor-version is 2.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l timestamp-server-url -x -d 'The timestamp authority, instead of the signing config\'s; the whole address.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l fulcio-auth-flow -x -a 'normal device token' -d 'How to log in: normal is the browser, token never does.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -s R -l report -r -F -d 'Write what happened to a file, as JSON: phases, attempts, durations.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -s q -l quiet -d 'Say nothing but errors.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l identity-token -x -d 'An identity token, or @FILE for one in a file. (default: what the CI system gives)'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l expect-identity -x -d 'Sign only in this name; looked at before anything is sent.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l expect-issuer -x -d 'Sign only if this issuer vouches for the name.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l login -x -a 'auto browser device none' -d 'How to log in where no token is given: browser, device, none, or auto: the browser on a terminal. Never in CI.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l oidc-issuer -x -d 'Whom to log in at. (default: as the signing config says)'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l oidc-client-id -x -d 'Whom tokens are for: their audience, and the client to log in for.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l key -r -F -d 'A private key to sign with instead: a file, or env://NAME for one in a variable.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l signing-config -r -F -d 'A signing config in JSON instead of the instance\'s own.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l rekor-version -x -a '1 2' -d 'The version of Rekor to log to: 1 or 2. (default: as the signing config says)'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l no-log -d 'Make no entry in a transparency log; verifiers have to be told to do without.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l no-timestamp -d 'Ask no timestamp authority.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l trusted-root -r -F -d 'A trusted root in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l trust-config -r -F -d 'A client trust config in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l staging -d 'Trust Sigstore\'s staging instance instead of the public-good one.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l tuf-url -x -d 'The TUF repository of another instance; needs --tuf-root.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l tuf-root -r -F -d 'The first root.json to trust for --tuf-url.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l offline -d 'Fetch no trust: use what is cached from the last run, or what is built in.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -s a -l attempts -x -d 'Total attempts of each call. (default: 3)'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -s d -l delay -x -d 'Pauses between attempts; the last one repeats. (default: 1s,5s)'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -s t -l timeout -x -d 'The limit of each attempt. (default: 35s)'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -s T -l deadline -x -d 'The limit of all calls. (default: 2m)'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l cacert -r -F -d 'PEM certificates to trust in TLS instead of the system\'s.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -l version -d 'Show the version.'
complete -c retry-run -n '__retry_run_has_verb sign-blob' -s h -l help -d 'Show help information.'

complete -c retry-run -n '__retry_run_has_verb attest-blob' -l predicate -r -F -d 'What is said of the files; - is stdin.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l type -x -a 'custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln' -d 'The type of the predicate: a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vuln. (default: custom)'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l statement -r -F -d 'A whole in-toto statement instead, signed byte for byte; - is stdin.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l bundle -r -F -d 'Where the bundle is written; - is stdout.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -s y -l yes -d 'Taken and not needed: nothing is asked.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l tlog-upload -d 'Whether there is an entry in a transparency log.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l no-tlog-upload -d 'Whether there is an entry in a transparency log.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l new-bundle-format -d 'Taken and not needed: there is no other format.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l use-signing-config -d 'Taken and not needed: services that are named are used instead of the config\'s.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l no-use-signing-config -d 'Taken and not needed: services that are named are used instead of the config\'s.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l fulcio-url -x -d 'The certificate authority, instead of the signing config\'s.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l rekor-url -x -d 'The transparency log, instead of the signing config\'s; Rekor v1 unless --rekor-version is 2.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l timestamp-server-url -x -d 'The timestamp authority, instead of the signing config\'s; the whole address.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l fulcio-auth-flow -x -a 'normal device token' -d 'How to log in: normal is the browser, token never does.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -s R -l report -r -F -d 'Write what happened to a file, as JSON: phases, attempts, durations.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -s q -l quiet -d 'Say nothing but errors.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l identity-token -x -d 'An identity token, or @FILE for one in a file. (default: what the CI system gives)'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l expect-identity -x -d 'Sign only in this name; looked at before anything is sent.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l expect-issuer -x -d 'Sign only if this issuer vouches for the name.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l login -x -a 'auto browser device none' -d 'How to log in where no token is given: browser, device, none, or auto: the browser on a terminal. Never in CI.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l oidc-issuer -x -d 'Whom to log in at. (default: as the signing config says)'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l oidc-client-id -x -d 'Whom tokens are for: their audience, and the client to log in for.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l key -r -F -d 'A private key to sign with instead: a file, or env://NAME for one in a variable.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l signing-config -r -F -d 'A signing config in JSON instead of the instance\'s own.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l rekor-version -x -a '1 2' -d 'The version of Rekor to log to: 1 or 2. (default: as the signing config says)'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l no-log -d 'Make no entry in a transparency log; verifiers have to be told to do without.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l no-timestamp -d 'Ask no timestamp authority.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l trusted-root -r -F -d 'A trusted root in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l trust-config -r -F -d 'A client trust config in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l staging -d 'Trust Sigstore\'s staging instance instead of the public-good one.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l tuf-url -x -d 'The TUF repository of another instance; needs --tuf-root.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l tuf-root -r -F -d 'The first root.json to trust for --tuf-url.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l offline -d 'Fetch no trust: use what is cached from the last run, or what is built in.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -s a -l attempts -x -d 'Total attempts of each call. (default: 3)'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -s d -l delay -x -d 'Pauses between attempts; the last one repeats. (default: 1s,5s)'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -s t -l timeout -x -d 'The limit of each attempt. (default: 35s)'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -s T -l deadline -x -d 'The limit of all calls. (default: 2m)'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l cacert -r -F -d 'PEM certificates to trust in TLS instead of the system\'s.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -l version -d 'Show the version.'
complete -c retry-run -n '__retry_run_has_verb attest-blob' -s h -l help -d 'Show help information.'

complete -c retry-run -n '__retry_run_has_verb verify-blob' -l bundle -r -F -d 'The Sigstore bundle.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l insecure-ignore-sct -d 'Do without a log\'s promise that it has the certificate.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l insecure-ignore-tlog -d 'Do without a transparency log entry.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l private-infrastructure -d 'The same as --insecure-ignore-tlog.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l use-signed-timestamps -d 'Ask for a timestamp by a timestamp authority.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l new-bundle-format -d 'Taken and not needed: there is no other format.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l max-workers -x -d 'Taken and not needed.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l certificate-identity -x -d 'The identity in the certificate: an e-mail address or a URI.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l certificate-identity-regexp -x -d 'The same as a regular expression, found anywhere in the identity.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l certificate-oidc-issuer -x -d 'The OIDC issuer that vouched for the identity.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l certificate-oidc-issuer-regexp -x -d 'The same as a regular expression.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l key -r -F -d 'The public key that must have signed, in PEM; excludes the identity options.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l certificate-github-workflow-repository -x -d 'The repository of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l certificate-github-workflow-ref -x -d 'The git ref of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l certificate-github-workflow-sha -x -d 'The commit of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l certificate-github-workflow-trigger -x -d 'The event that started the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l certificate-github-workflow-name -x -d 'The name of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l trusted-root -r -F -d 'A trusted root in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l trust-config -r -F -d 'A client trust config in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l staging -d 'Trust Sigstore\'s staging instance instead of the public-good one.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l tuf-url -x -d 'The TUF repository of another instance; needs --tuf-root.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l tuf-root -r -F -d 'The first root.json to trust for --tuf-url.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l offline -d 'Fetch no trust: use what is cached from the last run, or what is built in.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -s a -l attempts -x -d 'Total attempts of each call. (default: 3)'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -s d -l delay -x -d 'Pauses between attempts; the last one repeats. (default: 1s,5s)'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -s t -l timeout -x -d 'The limit of each attempt. (default: 35s)'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -s T -l deadline -x -d 'The limit of all calls. (default: 2m)'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l cacert -r -F -d 'PEM certificates to trust in TLS instead of the system\'s.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l output -x -a 'text json' -d 'The form of the answer on stdout.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -s R -l report -r -F -d 'Write the answer to a file too, as JSON.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -s q -l quiet -d 'Say nothing but errors.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -l version -d 'Show the version.'
complete -c retry-run -n '__retry_run_has_verb verify-blob' -s h -l help -d 'Show help information.'

complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l type -x -a 'custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln' -d 'The type that the predicate must have. (default: custom)'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l check-claims -d 'Whether the attestation must be about the blob.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l no-check-claims -d 'Whether the attestation must be about the blob.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l digest -x -d 'The blob\'s digest in hexadecimal, instead of the blob.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l digestAlg -x -a 'sha256 sha384 sha512' -d 'The algorithm of --digest: sha256, sha384 or sha512.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l bundle -r -F -d 'The Sigstore bundle.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l insecure-ignore-sct -d 'Do without a log\'s promise that it has the certificate.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l insecure-ignore-tlog -d 'Do without a transparency log entry.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l private-infrastructure -d 'The same as --insecure-ignore-tlog.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l use-signed-timestamps -d 'Ask for a timestamp by a timestamp authority.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l new-bundle-format -d 'Taken and not needed: there is no other format.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l max-workers -x -d 'Taken and not needed.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l certificate-identity -x -d 'The identity in the certificate: an e-mail address or a URI.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l certificate-identity-regexp -x -d 'The same as a regular expression, found anywhere in the identity.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l certificate-oidc-issuer -x -d 'The OIDC issuer that vouched for the identity.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l certificate-oidc-issuer-regexp -x -d 'The same as a regular expression.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l key -r -F -d 'The public key that must have signed, in PEM; excludes the identity options.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l certificate-github-workflow-repository -x -d 'The repository of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l certificate-github-workflow-ref -x -d 'The git ref of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l certificate-github-workflow-sha -x -d 'The commit of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l certificate-github-workflow-trigger -x -d 'The event that started the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l certificate-github-workflow-name -x -d 'The name of the GitHub workflow.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l trusted-root -r -F -d 'A trusted root in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l trust-config -r -F -d 'A client trust config in JSON; nothing is fetched.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l staging -d 'Trust Sigstore\'s staging instance instead of the public-good one.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l tuf-url -x -d 'The TUF repository of another instance; needs --tuf-root.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l tuf-root -r -F -d 'The first root.json to trust for --tuf-url.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l offline -d 'Fetch no trust: use what is cached from the last run, or what is built in.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -s a -l attempts -x -d 'Total attempts of each call. (default: 3)'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -s d -l delay -x -d 'Pauses between attempts; the last one repeats. (default: 1s,5s)'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -s t -l timeout -x -d 'The limit of each attempt. (default: 35s)'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -s T -l deadline -x -d 'The limit of all calls. (default: 2m)'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l cacert -r -F -d 'PEM certificates to trust in TLS instead of the system\'s.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l output -x -a 'text json' -d 'The form of the answer on stdout.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -s R -l report -r -F -d 'Write the answer to a file too, as JSON.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -s q -l quiet -d 'Say nothing but errors.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -l version -d 'Show the version.'
complete -c retry-run -n '__retry_run_has_verb verify-blob-attestation' -s h -l help -d 'Show help information.'

complete -c retry-run -n '__retry_run_has_verb generate-key-pair' -l output-key-prefix -r -F -d 'The names of the files, without endings.'
complete -c retry-run -n '__retry_run_has_verb generate-key-pair' -s q -l quiet -d 'Say nothing but errors.'
complete -c retry-run -n '__retry_run_has_verb generate-key-pair' -l version -d 'Show the version.'
complete -c retry-run -n '__retry_run_has_verb generate-key-pair' -s h -l help -d 'Show help information.'

for verb in $__retry_run_verbs
    complete -c retry-run -n "__retry_run_has_verb $verb" -F
end
