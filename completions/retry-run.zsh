#compdef retry-run
# Completion of retry-run for zsh.

# The options of retry-run itself that are followed by a value.
typeset -ga _retry_run_with_value=(
    -a --attempts -d --delay -b --backoff -m --max-delay -j --jitter --seed -t --timeout -T
    --deadline -s --signal -k --kill-after --retry-on --stop-on --retry-if-output
    --retry-if-stdout --retry-if-output-stdout --retry-if-stderr --retry-if-output-stderr
    --stop-if-output --stop-if-stdout --stop-if-output-stdout --stop-if-stderr
    --stop-if-output-stderr --success-if-output --success-if-stdout
    --success-if-output-stdout --success-if-stderr --success-if-output-stderr --preset
    --fail-on-flaky --success-if --before-retry --on-give-up -R --report --fleet --outage
    --annotate
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

# The verbs that speak to Sigstore.
local -a verbs=(
    'sign:Signs files with Sigstore: one bundle beside each.'
    'attest:Signs a statement about files: an in-toto attestation in one bundle.'
    'verify:Says whether a bundle shows who signed an artifact.'
    'sign-blob:Like sign, with cosign'\''s flags.'
    'attest-blob:Like attest, with cosign'\''s flags.'
    'verify-blob:Like verify, with cosign'\''s flags.'
    'verify-blob-attestation:Verifies an attestation, with cosign'\''s flags.'
    'generate-key-pair:Makes a key pair to sign with: PREFIX.key, encrypted, and PREFIX.pub.'
)

# The options of retry-run itself.
local -a options=(
    '(-a --attempts)'{-a+,--attempts=}'[Total runs, not re-runs. (default\: 3)]:n: '
    '--forever[No limit on attempts.]'
    '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 5s,10s)]:list: '
    '(-b --backoff)'{-b+,--backoff=}'[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
    '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
    '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
    '--seed=[Make the jitter repeatable.]:n: '
    '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: none)]:duration: '
    '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run\: attempts, pauses and hooks. (default\: none)]:duration: '
    '(-s --signal)'{-s+,--signal=}'[The signal that ends an attempt. (default\: TERM)]:name:(HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS)'
    '(-k --kill-after)'{-k+,--kill-after=}'[The grace between that signal and KILL; 0 never kills. (default\: 5s)]:duration: '
    '--no-subreaper[Let orphans of the command fall to process 1, for one that waits for getppid() == 1.]'
    '--retry-on=[All that is retried\: exit codes (1,5-9), signals (SEGV), timeout, spawn.]:list: '
    '--stop-on=[What is never retried. (default\: 126,127)]:list: '
    '*--retry-if-output=[Retry a failure whose output matches.]:regex: '
    '*'{--retry-if-stdout=,--retry-if-output-stdout=}'[The same, looking at stdout only.]:regex: '
    '*'{--retry-if-stderr=,--retry-if-output-stderr=}'[The same, looking at stderr only.]:regex: '
    '*--stop-if-output=[Stop at a failure whose output matches.]:regex: '
    '*'{--stop-if-stdout=,--stop-if-output-stdout=}'[The same, looking at stdout only.]:regex: '
    '*'{--stop-if-stderr=,--stop-if-output-stderr=}'[The same, looking at stderr only.]:regex: '
    '*--success-if-output=[Succeed when the output matches, whatever the code.]:regex: '
    '*'{--success-if-stdout=,--success-if-output-stdout=}'[The same, looking at stdout only.]:regex: '
    '*'{--success-if-stderr=,--success-if-output-stderr=}'[The same, looking at stderr only.]:regex: '
    '--preset=[A named set of rules\: sigstore.]:name:(sigstore)'
    '--fail-on-flaky=[Turn a success after a retry into this exit code (1-255).]:code: '
    '--success-if=[Run by sh -c after a failed attempt; exit 0 means the run has succeeded.]:command: '
    '--before-retry=[Run by sh -c before each further attempt.]:command: '
    '--on-give-up=[Run by sh -c when the run has failed.]:command: '
    '(-I --replay-stdin)'{-I,--replay-stdin}'[Give every attempt the same stdin.]'
    '(-O --hold-stdout)'{-O,--hold-stdout}'[Only the final attempt'\''s stdout reaches stdout; earlier stdout goes to stderr.]'
    '(-E --hold-stderr)'{-E,--hold-stderr}'[Only the final attempt'\''s stderr reaches stderr.]'
    '(-R --report)'{-R+,--report=}'[Write a JSON report.]:file:_files'
    '(-n --dry-run)'{-n,--dry-run}'[Print the schedule and the worst-case wall clock, run nothing.]'
    '--fleet=[With --dry-run\: how many such runs start together, for their load on a service.]:n: '
    '--outage=[With --fleet\: how long the service is down.]:duration: '
    '--annotate=[GitHub annotations\: auto, github or none. (default\: auto)]:where:(auto github none)'
    '(-q --quiet)'{-q,--quiet}'[Say nothing but errors.]'
    '(-v --verbose)'{-v,--verbose}'[Say more about each attempt.]'
    '(-V --version)'{-V,--version}'[Show the version.]'
    '(-h --help)'{-h,--help}'[Show help information.]'
)

# The options of the verb that is the first word.
local -a verb_options=()
case $words[2] in
    sign)
        verb_options=(
            '(-b --bundle)'{-b+,--bundle=}'[Where the bundle is written; - is stdout. (default\: FILE.sigstore.json)]:file:_files'
            '--overwrite[Replace a bundle that is there already.]'
            '--skip-signed[Keep a bundle that is there already where it is of the same content, in the same name, and verifies. (default for several files, unless --overwrite)]'
            '(-R --report)'{-R+,--report=}'[Write what happened to a file, as JSON\: phases, attempts, durations.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Say nothing but errors.]'
            '--identity-token=[An identity token, or @FILE for one in a file. (default\: what the CI system gives)]:token: '
            '--expect-identity=[Sign only in this name; looked at before anything is sent.]:identity: '
            '--expect-issuer=[Sign only if this issuer vouches for the name.]:url: '
            '--login=[How to log in where no token is given\: browser, device, none, or auto\: the browser on a terminal. Never in CI.]:how:(auto browser device none)'
            '--oidc-issuer=[Whom to log in at. (default\: as the signing config says)]:url: '
            '--oidc-client-id=[Whom tokens are for\: their audience, and the client to log in for.]:id: '
            '--key=[A private key to sign with instead\: a file, or env\://NAME for one in a variable.]:key:_files'
            '--signing-config=[A signing config in JSON instead of the instance'\''s own.]:file:_files'
            '--rekor-version=[The version of Rekor to log to\: 1 or 2. (default\: as the signing config says)]:n:(1 2)'
            '--no-log[Make no entry in a transparency log; verifiers have to be told to do without.]'
            '--no-timestamp[Ask no timestamp authority.]'
            '--insecure-ignore-sct[Do without a log'\''s promise that it has the certificate, for instances without one.]'
            '--trusted-root=[A trusted root in JSON, or several, one a line; none is fetched.]:file:_files'
            '--trust-config=[A client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[The first root.json to trust for --tuf-url.]:file:_files'
            '--offline[Fetch no trust\: use what is cached from the last run, or what is built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of all calls. (default\: 2m)]:duration: '
            '--cacert=[PEM certificates to trust in TLS instead of the system'\''s.]:file:_files'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    attest)
        verb_options=(
            '--predicate=[What is said of the files; - is stdin.]:file:_files'
            '--type=[The type of the predicate\: a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vuln. (default\: custom)]:type:(custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln)'
            '--statement=[A whole in-toto statement instead, signed byte for byte; - is stdin.]:file:_files'
            '(-b --bundle)'{-b+,--bundle=}'[Where the bundle is written; - is stdout. (default\: FILE.sigstore.json)]:file:_files'
            '--overwrite[Replace a bundle that is there already.]'
            '--skip-signed[Keep a bundle that is there already where it is of the same content, in the same name, and verifies. (default for several files, unless --overwrite)]'
            '(-R --report)'{-R+,--report=}'[Write what happened to a file, as JSON\: phases, attempts, durations.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Say nothing but errors.]'
            '--identity-token=[An identity token, or @FILE for one in a file. (default\: what the CI system gives)]:token: '
            '--expect-identity=[Sign only in this name; looked at before anything is sent.]:identity: '
            '--expect-issuer=[Sign only if this issuer vouches for the name.]:url: '
            '--login=[How to log in where no token is given\: browser, device, none, or auto\: the browser on a terminal. Never in CI.]:how:(auto browser device none)'
            '--oidc-issuer=[Whom to log in at. (default\: as the signing config says)]:url: '
            '--oidc-client-id=[Whom tokens are for\: their audience, and the client to log in for.]:id: '
            '--key=[A private key to sign with instead\: a file, or env\://NAME for one in a variable.]:key:_files'
            '--signing-config=[A signing config in JSON instead of the instance'\''s own.]:file:_files'
            '--rekor-version=[The version of Rekor to log to\: 1 or 2. (default\: as the signing config says)]:n:(1 2)'
            '--no-log[Make no entry in a transparency log; verifiers have to be told to do without.]'
            '--no-timestamp[Ask no timestamp authority.]'
            '--insecure-ignore-sct[Do without a log'\''s promise that it has the certificate, for instances without one.]'
            '--trusted-root=[A trusted root in JSON, or several, one a line; none is fetched.]:file:_files'
            '--trust-config=[A client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[The first root.json to trust for --tuf-url.]:file:_files'
            '--offline[Fetch no trust\: use what is cached from the last run, or what is built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of all calls. (default\: 2m)]:duration: '
            '--cacert=[PEM certificates to trust in TLS instead of the system'\''s.]:file:_files'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    verify)
        verb_options=(
            '--digest=[The artifact'\''s digest, instead of the artifact\: sha256\:HEX.]:digest: '
            '(-b --bundle)'{-b+,--bundle=}'[The bundle, or several in one file. (default\: ARTIFACT.sigstore.json, ARTIFACT.sigstore)]:file:_files'
            '--type=[The type that the predicate of an attestation must have\: a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vuln.]:type:(custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln)'
            '--no-log[Ask for no entry in a transparency log, as for bundles by sign --no-log.]'
            '--insecure-ignore-sct[Do without a log'\''s promise that it has the certificate.]'
            '--certificate-identity=[The identity in the certificate\: an e-mail address or a URI.]:identity: '
            '--certificate-identity-regexp=[The same as a regular expression, found anywhere in the identity.]:regex: '
            '--certificate-oidc-issuer=[The OIDC issuer that vouched for the identity; '\'''\'' is none.]:url: '
            '--certificate-oidc-issuer-regexp=[The same as a regular expression.]:regex: '
            '--key=[The public key that must have signed, in PEM\: a file, env\://NAME for a variable, or an https address; excludes the identity options.]:key:_files'
            '--certificate-github-workflow-repository=[The repository of the GitHub workflow.]:owner/name: '
            '--certificate-github-workflow-ref=[The git ref of the GitHub workflow.]:ref: '
            '--certificate-github-workflow-sha=[The commit of the GitHub workflow.]:sha: '
            '--certificate-github-workflow-trigger=[The event that started the GitHub workflow.]:event: '
            '--certificate-github-workflow-name=[The name of the GitHub workflow.]:name: '
            '--signature=[A signature by itself, in base64 or not, or an envelope; with --key or --certificate.]:file:_files'
            '--certificate=[The signer'\''s certificate, in PEM; its log entry is looked up, unless a --bundle has it.]:file:_files'
            '--certificate-chain=[The certificate'\''s authorities in PEM, from its issuer to the root\: who is trusted to issue it, instead of the trusted root'\''s.]:file:_files'
            '--trusted-root=[A trusted root in JSON, or several, one a line; none is fetched.]:file:_files'
            '--trust-config=[A client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[The first root.json to trust for --tuf-url.]:file:_files'
            '--offline[Fetch no trust\: use what is cached from the last run, or what is built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of all calls. (default\: 2m)]:duration: '
            '--cacert=[PEM certificates to trust in TLS instead of the system'\''s.]:file:_files'
            '--output=[The form of the answer on stdout.]:form:(text json)'
            '(-R --report)'{-R+,--report=}'[Write the answer to a file too, as JSON.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Say nothing but errors.]'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    sign-blob)
        verb_options=(
            '--bundle=[Where the bundle is written; - is stdout.]:file:_files'
            '(-y --yes)'{-y,--yes}'[Taken and not needed\: nothing is asked.]'
            '--tlog-upload[Whether there is an entry in a transparency log.]'
            '--no-tlog-upload[Whether there is an entry in a transparency log.]'
            '--new-bundle-format[Taken and not needed\: there is no other format.]'
            '--use-signing-config[Taken and not needed\: services that are named are used instead of the config'\''s.]'
            '--no-use-signing-config[Taken and not needed\: services that are named are used instead of the config'\''s.]'
            '--fulcio-url=[The certificate authority, instead of the signing config'\''s.]:url: '
            '--rekor-url=[The transparency log, instead of the signing config'\''s; Rekor v1 unless --rekor-version is 2.]:url: '
            '--timestamp-server-url=[The timestamp authority, instead of the signing config'\''s; the whole address.]:url: '
            '--fulcio-auth-flow=[How to log in\: normal is the browser, token never does.]:flow:(normal device token)'
            '(-R --report)'{-R+,--report=}'[Write what happened to a file, as JSON\: phases, attempts, durations.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Say nothing but errors.]'
            '--identity-token=[An identity token, or @FILE for one in a file. (default\: what the CI system gives)]:token: '
            '--expect-identity=[Sign only in this name; looked at before anything is sent.]:identity: '
            '--expect-issuer=[Sign only if this issuer vouches for the name.]:url: '
            '--login=[How to log in where no token is given\: browser, device, none, or auto\: the browser on a terminal. Never in CI.]:how:(auto browser device none)'
            '--oidc-issuer=[Whom to log in at. (default\: as the signing config says)]:url: '
            '--oidc-client-id=[Whom tokens are for\: their audience, and the client to log in for.]:id: '
            '--key=[A private key to sign with instead\: a file, or env\://NAME for one in a variable.]:key:_files'
            '--signing-config=[A signing config in JSON instead of the instance'\''s own.]:file:_files'
            '--rekor-version=[The version of Rekor to log to\: 1 or 2. (default\: as the signing config says)]:n:(1 2)'
            '--no-log[Make no entry in a transparency log; verifiers have to be told to do without.]'
            '--no-timestamp[Ask no timestamp authority.]'
            '--insecure-ignore-sct[Do without a log'\''s promise that it has the certificate, for instances without one.]'
            '--trusted-root=[A trusted root in JSON, or several, one a line; none is fetched.]:file:_files'
            '--trust-config=[A client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[The first root.json to trust for --tuf-url.]:file:_files'
            '--offline[Fetch no trust\: use what is cached from the last run, or what is built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of all calls. (default\: 2m)]:duration: '
            '--cacert=[PEM certificates to trust in TLS instead of the system'\''s.]:file:_files'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    attest-blob)
        verb_options=(
            '--predicate=[What is said of the files; - is stdin.]:file:_files'
            '--type=[The type of the predicate\: a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vuln. (default\: custom)]:type:(custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln)'
            '--statement=[A whole in-toto statement instead, signed byte for byte; - is stdin.]:file:_files'
            '--bundle=[Where the bundle is written; - is stdout.]:file:_files'
            '(-y --yes)'{-y,--yes}'[Taken and not needed\: nothing is asked.]'
            '--tlog-upload[Whether there is an entry in a transparency log.]'
            '--no-tlog-upload[Whether there is an entry in a transparency log.]'
            '--new-bundle-format[Taken and not needed\: there is no other format.]'
            '--use-signing-config[Taken and not needed\: services that are named are used instead of the config'\''s.]'
            '--no-use-signing-config[Taken and not needed\: services that are named are used instead of the config'\''s.]'
            '--fulcio-url=[The certificate authority, instead of the signing config'\''s.]:url: '
            '--rekor-url=[The transparency log, instead of the signing config'\''s; Rekor v1 unless --rekor-version is 2.]:url: '
            '--timestamp-server-url=[The timestamp authority, instead of the signing config'\''s; the whole address.]:url: '
            '--fulcio-auth-flow=[How to log in\: normal is the browser, token never does.]:flow:(normal device token)'
            '(-R --report)'{-R+,--report=}'[Write what happened to a file, as JSON\: phases, attempts, durations.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Say nothing but errors.]'
            '--identity-token=[An identity token, or @FILE for one in a file. (default\: what the CI system gives)]:token: '
            '--expect-identity=[Sign only in this name; looked at before anything is sent.]:identity: '
            '--expect-issuer=[Sign only if this issuer vouches for the name.]:url: '
            '--login=[How to log in where no token is given\: browser, device, none, or auto\: the browser on a terminal. Never in CI.]:how:(auto browser device none)'
            '--oidc-issuer=[Whom to log in at. (default\: as the signing config says)]:url: '
            '--oidc-client-id=[Whom tokens are for\: their audience, and the client to log in for.]:id: '
            '--key=[A private key to sign with instead\: a file, or env\://NAME for one in a variable.]:key:_files'
            '--signing-config=[A signing config in JSON instead of the instance'\''s own.]:file:_files'
            '--rekor-version=[The version of Rekor to log to\: 1 or 2. (default\: as the signing config says)]:n:(1 2)'
            '--no-log[Make no entry in a transparency log; verifiers have to be told to do without.]'
            '--no-timestamp[Ask no timestamp authority.]'
            '--insecure-ignore-sct[Do without a log'\''s promise that it has the certificate, for instances without one.]'
            '--trusted-root=[A trusted root in JSON, or several, one a line; none is fetched.]:file:_files'
            '--trust-config=[A client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[The first root.json to trust for --tuf-url.]:file:_files'
            '--offline[Fetch no trust\: use what is cached from the last run, or what is built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of all calls. (default\: 2m)]:duration: '
            '--cacert=[PEM certificates to trust in TLS instead of the system'\''s.]:file:_files'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    verify-blob)
        verb_options=(
            '--bundle=[The Sigstore bundle.]:file:_files'
            '--insecure-ignore-sct[Do without a log'\''s promise that it has the certificate.]'
            '--insecure-ignore-tlog[Do without a transparency log entry.]'
            '--private-infrastructure[The same as --insecure-ignore-tlog.]'
            '--use-signed-timestamps[Ask for a timestamp by a timestamp authority.]'
            '--new-bundle-format[Taken and not needed\: there is no other format.]'
            '--max-workers=[Taken and not needed.]:n: '
            '--certificate-identity=[The identity in the certificate\: an e-mail address or a URI.]:identity: '
            '--certificate-identity-regexp=[The same as a regular expression, found anywhere in the identity.]:regex: '
            '--certificate-oidc-issuer=[The OIDC issuer that vouched for the identity; '\'''\'' is none.]:url: '
            '--certificate-oidc-issuer-regexp=[The same as a regular expression.]:regex: '
            '--key=[The public key that must have signed, in PEM\: a file, env\://NAME for a variable, or an https address; excludes the identity options.]:key:_files'
            '--certificate-github-workflow-repository=[The repository of the GitHub workflow.]:owner/name: '
            '--certificate-github-workflow-ref=[The git ref of the GitHub workflow.]:ref: '
            '--certificate-github-workflow-sha=[The commit of the GitHub workflow.]:sha: '
            '--certificate-github-workflow-trigger=[The event that started the GitHub workflow.]:event: '
            '--certificate-github-workflow-name=[The name of the GitHub workflow.]:name: '
            '--signature=[A signature by itself, in base64 or not, or an envelope; with --key or --certificate.]:file:_files'
            '--certificate=[The signer'\''s certificate, in PEM; its log entry is looked up, unless a --bundle has it.]:file:_files'
            '--certificate-chain=[The certificate'\''s authorities in PEM, from its issuer to the root\: who is trusted to issue it, instead of the trusted root'\''s.]:file:_files'
            '--trusted-root=[A trusted root in JSON, or several, one a line; none is fetched.]:file:_files'
            '--trust-config=[A client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[The first root.json to trust for --tuf-url.]:file:_files'
            '--offline[Fetch no trust\: use what is cached from the last run, or what is built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of all calls. (default\: 2m)]:duration: '
            '--cacert=[PEM certificates to trust in TLS instead of the system'\''s.]:file:_files'
            '--output=[The form of the answer on stdout.]:form:(text json)'
            '(-R --report)'{-R+,--report=}'[Write the answer to a file too, as JSON.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Say nothing but errors.]'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    verify-blob-attestation)
        verb_options=(
            '--type=[The type that the predicate must have. (default\: custom)]:type:(custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln)'
            '--check-claims[Whether the attestation must be about the blob.]'
            '--no-check-claims[Whether the attestation must be about the blob.]'
            '--digest=[The blob'\''s digest in hexadecimal, instead of the blob.]:hex: '
            '--digestAlg=[The algorithm of --digest\: sha256, sha384 or sha512.]:name:(sha256 sha384 sha512)'
            '--bundle=[The Sigstore bundle.]:file:_files'
            '--insecure-ignore-sct[Do without a log'\''s promise that it has the certificate.]'
            '--insecure-ignore-tlog[Do without a transparency log entry.]'
            '--private-infrastructure[The same as --insecure-ignore-tlog.]'
            '--use-signed-timestamps[Ask for a timestamp by a timestamp authority.]'
            '--new-bundle-format[Taken and not needed\: there is no other format.]'
            '--max-workers=[Taken and not needed.]:n: '
            '--certificate-identity=[The identity in the certificate\: an e-mail address or a URI.]:identity: '
            '--certificate-identity-regexp=[The same as a regular expression, found anywhere in the identity.]:regex: '
            '--certificate-oidc-issuer=[The OIDC issuer that vouched for the identity; '\'''\'' is none.]:url: '
            '--certificate-oidc-issuer-regexp=[The same as a regular expression.]:regex: '
            '--key=[The public key that must have signed, in PEM\: a file, env\://NAME for a variable, or an https address; excludes the identity options.]:key:_files'
            '--certificate-github-workflow-repository=[The repository of the GitHub workflow.]:owner/name: '
            '--certificate-github-workflow-ref=[The git ref of the GitHub workflow.]:ref: '
            '--certificate-github-workflow-sha=[The commit of the GitHub workflow.]:sha: '
            '--certificate-github-workflow-trigger=[The event that started the GitHub workflow.]:event: '
            '--certificate-github-workflow-name=[The name of the GitHub workflow.]:name: '
            '--signature=[A signature by itself, in base64 or not, or an envelope; with --key or --certificate.]:file:_files'
            '--certificate=[The signer'\''s certificate, in PEM; its log entry is looked up, unless a --bundle has it.]:file:_files'
            '--certificate-chain=[The certificate'\''s authorities in PEM, from its issuer to the root\: who is trusted to issue it, instead of the trusted root'\''s.]:file:_files'
            '--trusted-root=[A trusted root in JSON, or several, one a line; none is fetched.]:file:_files'
            '--trust-config=[A client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[The first root.json to trust for --tuf-url.]:file:_files'
            '--offline[Fetch no trust\: use what is cached from the last run, or what is built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of all calls. (default\: 2m)]:duration: '
            '--cacert=[PEM certificates to trust in TLS instead of the system'\''s.]:file:_files'
            '--output=[The form of the answer on stdout.]:form:(text json)'
            '(-R --report)'{-R+,--report=}'[Write the answer to a file too, as JSON.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Say nothing but errors.]'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    generate-key-pair)
        verb_options=(
            '--output-key-prefix=[The names of the files, without endings.]:prefix:_files'
            '(-q --quiet)'{-q,--quiet}'[Say nothing but errors.]'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
esac

if [[ $service == retry-run && CURRENT -gt 2 ]]; then
    if (( $#verb_options )); then
        shift words
        (( CURRENT-- ))
        _arguments -s -S $verb_options '*:file:_files'
        return
    elif [[ $words[2] == init ]]; then
        (( CURRENT == 3 )) && _values shell bash zsh fish
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
        verbs+=('init:Print a set-up for a shell')
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
