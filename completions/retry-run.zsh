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
    --delay-from-output --give-up-code --fail-on-flaky --success-if --before-retry
    --on-give-up -R --report --report-format --fleet --outage --plot --annotate
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
    'sign:Signs files with Sigstore, each gets a bundle beside it; and images in registries.'
    'attest:Signs an in-toto attestation about files, as one bundle; or about an image.'
    'finish:Completes pending signatures: makes their log entries and writes their bundles.'
    'verify:Verifies who signed an artifact, by its bundle.'
    'sign-blob:Like sign, with cosign'\''s flags.'
    'attest-blob:Like attest, with cosign'\''s flags.'
    'verify-blob:Like verify, with cosign'\''s flags.'
    'verify-blob-attestation:Verifies an attestation, with cosign'\''s flags.'
    'generate-key-pair:Generates a key pair: PREFIX.key, encrypted, and PREFIX.pub.'
)

# The options of retry-run itself.
local -a options=(
    '(-a --attempts)'{-a+,--attempts=}'[Total attempts. (default\: 3)]:n: '
    '--forever[No limit on attempts.]'
    '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 5s,10s)]:list: '
    '(-b --backoff)'{-b+,--backoff=}'[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
    '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
    '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
    '--seed=[Make the jitter repeatable.]:n: '
    '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: none)]:duration: '
    '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run\: attempts, pauses and hooks. (default\: none)]:duration: '
    '(-s --signal)'{-s+,--signal=}'[The signal that ends an attempt. (default\: TERM)]:name:(HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS)'
    '(-k --kill-after)'{-k+,--kill-after=}'[The grace period between that signal and KILL; 0 never kills. (default\: 5s)]:duration: '
    '--no-subreaper[Let orphans of the command fall to process 1, for one that waits for getppid() == 1.]'
    '--retry-on=[Retry only these\: exit codes (1,5-9), signals (SEGV), timeout, spawn.]:list: '
    '--stop-on=[Never retry these. (default\: 126,127)]:list: '
    '*--retry-if-output=[Retry a failure whose output matches.]:regex: '
    '*'{--retry-if-stdout=,--retry-if-output-stdout=}'[The same, looking at stdout only.]:regex: '
    '*'{--retry-if-stderr=,--retry-if-output-stderr=}'[The same, looking at stderr only.]:regex: '
    '*--stop-if-output=[Stop at a failure whose output matches.]:regex: '
    '*'{--stop-if-stdout=,--stop-if-output-stdout=}'[The same, looking at stdout only.]:regex: '
    '*'{--stop-if-stderr=,--stop-if-output-stderr=}'[The same, looking at stderr only.]:regex: '
    '*--success-if-output=[Succeed when the output matches, whatever the code.]:regex: '
    '*'{--success-if-stdout=,--success-if-output-stdout=}'[The same, looking at stdout only.]:regex: '
    '*'{--success-if-stderr=,--success-if-output-stderr=}'[The same, looking at stderr only.]:regex: '
    '*--preset=[A named set of rules; see retry-run presets. Repeatable.]:name:(sigstore registry github git http apt pip npm go cargo)'
    '*--delay-from-output=[Wait as long, or until then, as the output that matches says.]:regex: '
    '--give-up-code=[Exit with this code when giving up on a failure that was worth another attempt\: 1-255 or tempfail.]:code: '
    '--fail-on-flaky=[Turn a success after a retry into this exit code (1-255).]:code: '
    '--success-if=[Run by sh -c after a failed attempt; exit 0 means the run has succeeded.]:command: '
    '--before-retry=[Run by sh -c before each further attempt.]:command: '
    '--on-give-up=[Run by sh -c when the run has failed.]:command: '
    '(-I --replay-stdin)'{-I,--replay-stdin}'[Give every attempt the same stdin.]'
    '(-O --hold-stdout)'{-O,--hold-stdout}'[Only the final attempt'\''s stdout reaches stdout; earlier stdout goes to stderr.]'
    '(-E --hold-stderr)'{-E,--hold-stderr}'[Only the final attempt'\''s stderr reaches stderr.]'
    '*'{-R+,--report=}'[Write a report; its suffix says in which form (.json, .xml, .html). May be repeated.]:file:_files'
    '--report-format=[The form of the report whatever its suffix\: json, junit or html.]:form:(json junit html)'
    '(-n --dry-run)'{-n,--dry-run}'[Print the schedule and the worst-case duration; run nothing.]'
    '--fleet=[With --dry-run\: how many such runs start together, for their load on a service.]:n: '
    '--outage=[With --fleet\: how long the service is down.]:duration: '
    '--plot=[With --fleet\: draw the retries over time into this file, as SVG.]:file:_files'
    '--annotate=[Tell a CI system of retries\: auto, github, gitlab, buildkite or none. (default\: auto)]:where:(auto github gitlab buildkite none)'
    '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
    '(-v --verbose)'{-v,--verbose}'[Say more about each attempt.]'
    '--explain[Say for each attempt which rule decided.]'
    '(-V --version)'{-V,--version}'[Show the version.]'
    '(-h --help)'{-h,--help}'[Show help information.]'
)

# The options of the verb that is the first word.
local -a verb_options=()
case $words[2] in
    sign)
        verb_options=(
            '(-b --bundle)'{-b+,--bundle=}'[Where the bundle is written; - is stdout. (default\: FILE.sigstore.json)]:file:_files'
            '--overwrite[Replace a bundle that already exists.]'
            '--skip-signed[Keep an existing bundle, or the signature of an image, if it is of the same content and the same identity, and verifies. (default for several, unless --overwrite)]'
            '(-R --report)'{-R+,--report=}'[Write a JSON report\: phases, attempts, durations.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
            '*--annotation=[Of an image\: an annotation that is signed with it; repeatable.]:key=value: '
            '*--annotations=[The same, as cosign spells it.]:key=value: '
            '--recursive[Of an index\: sign the images in it as well.]'
            '--to=[Of an image\: the repository that its signature goes to. (default\: COSIGN_REPOSITORY, or the image'\''s own)]:repository: '
            '--legacy[Of an image\: write the form of cosign before version 3 as well, for verifiers that know no other; a signature has an entry of its own for it.]'
            '(-y --yes)'{-y,--yes}'[Accepted for compatibility; ignored\: nothing is asked.]'
            '--identity-token=[An identity token, or @FILE for one in a file. (default\: what the CI system gives)]:token: '
            '--expect-identity=[Sign only as this identity; checked before anything is sent.]:identity: '
            '--expect-issuer=[Sign only with an identity token of this issuer.]:url: '
            '--login=[How to log in without a token\: browser, device, none, or auto\: the browser on a terminal. Never in CI.]:how:(auto browser device none)'
            '--oidc-issuer=[OpenID Connect issuer to log in at. (default\: from the signing config)]:url: '
            '--oidc-client-id=[Audience of identity tokens, and the OAuth client ID of a login.]:id: '
            '--key=[A private key to sign with instead\: a file, or env\://NAME for one in a variable.]:key:_files'
            '--signing-config=[A signing config in JSON instead of the instance'\''s own.]:file:_files'
            '--rekor-version=[The version of Rekor to log to\: 1 or 2. (default\: as the signing config says)]:n:(1 2)'
            '--log-fallback[Let a log of the other version of Rekor stand in, if those of the chosen one fail.]'
            '--no-log[Make no transparency log entry; verifiers must be told not to require one.]'
            '--no-timestamp[Request no timestamp.]'
            '--insecure-ignore-sct[Require no signed certificate timestamp (SCT), for instances without a CT log.]'
            '--trusted-root=[Trusted root in JSON, or several, one per line; nothing is fetched.]:file:_files'
            '--trust-config=[Client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[Initial trusted root.json of --tuf-url.]:file:_files'
            '--offline[Do not refresh trust\: use what is cached or built in.]'
            '--resume[Continue from FILE.sigstore.pending.json where it is of the same file; keep one if this run does not finish.]'
            '--defer-log=[Leave the log entry to '\''retry-run finish'\'' and exit with 0\: on-outage, if the log does not answer, or always.]:when:(on-outage always)'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run. (default\: 2m to verify, and for each signature)]:duration: '
            '--cacert=[Certificate authorities for TLS, in PEM, instead of the system'\''s.]:file:_files'
            '--parallel=[Maximum signatures in progress at once. (default\: 16)]:n: '
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    attest)
        verb_options=(
            '--predicate=[The predicate, in JSON; - is stdin.]:file:_files'
            '--type=[The type of the predicate\: a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vuln. (default\: custom)]:type:(custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln)'
            '--statement=[A whole in-toto statement instead, signed byte for byte; - is stdin.]:file:_files'
            '(-b --bundle)'{-b+,--bundle=}'[Where the bundle is written; - is stdout. (default\: FILE.sigstore.json)]:file:_files'
            '--overwrite[Replace a bundle that already exists.]'
            '--skip-signed[Keep an existing bundle, or the signature of an image, if it is of the same content and the same identity, and verifies. (default for several, unless --overwrite)]'
            '(-R --report)'{-R+,--report=}'[Write a JSON report\: phases, attempts, durations.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
            '--to=[Of an image\: the repository that its signature goes to. (default\: COSIGN_REPOSITORY, or the image'\''s own)]:repository: '
            '--legacy[Of an image\: write the form of cosign before version 3 as well, for verifiers that know no other; a signature has an entry of its own for it.]'
            '(-y --yes)'{-y,--yes}'[Accepted for compatibility; ignored\: nothing is asked.]'
            '--identity-token=[An identity token, or @FILE for one in a file. (default\: what the CI system gives)]:token: '
            '--expect-identity=[Sign only as this identity; checked before anything is sent.]:identity: '
            '--expect-issuer=[Sign only with an identity token of this issuer.]:url: '
            '--login=[How to log in without a token\: browser, device, none, or auto\: the browser on a terminal. Never in CI.]:how:(auto browser device none)'
            '--oidc-issuer=[OpenID Connect issuer to log in at. (default\: from the signing config)]:url: '
            '--oidc-client-id=[Audience of identity tokens, and the OAuth client ID of a login.]:id: '
            '--key=[A private key to sign with instead\: a file, or env\://NAME for one in a variable.]:key:_files'
            '--signing-config=[A signing config in JSON instead of the instance'\''s own.]:file:_files'
            '--rekor-version=[The version of Rekor to log to\: 1 or 2. (default\: as the signing config says)]:n:(1 2)'
            '--log-fallback[Let a log of the other version of Rekor stand in, if those of the chosen one fail.]'
            '--no-log[Make no transparency log entry; verifiers must be told not to require one.]'
            '--no-timestamp[Request no timestamp.]'
            '--insecure-ignore-sct[Require no signed certificate timestamp (SCT), for instances without a CT log.]'
            '--trusted-root=[Trusted root in JSON, or several, one per line; nothing is fetched.]:file:_files'
            '--trust-config=[Client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[Initial trusted root.json of --tuf-url.]:file:_files'
            '--offline[Do not refresh trust\: use what is cached or built in.]'
            '--resume[Continue from FILE.sigstore.pending.json where it is of the same file; keep one if this run does not finish.]'
            '--defer-log=[Leave the log entry to '\''retry-run finish'\'' and exit with 0\: on-outage, if the log does not answer, or always.]:when:(on-outage always)'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run. (default\: 2m to verify, and for each signature)]:duration: '
            '--cacert=[Certificate authorities for TLS, in PEM, instead of the system'\''s.]:file:_files'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    finish)
        verb_options=(
            '(-R --report)'{-R+,--report=}'[Write a JSON report\: phases, attempts, durations.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
            '--identity-token=[An identity token, or @FILE for one in a file. (default\: what the CI system gives)]:token: '
            '--expect-identity=[Sign only as this identity; checked before anything is sent.]:identity: '
            '--expect-issuer=[Sign only with an identity token of this issuer.]:url: '
            '--login=[How to log in without a token\: browser, device, none, or auto\: the browser on a terminal. Never in CI.]:how:(auto browser device none)'
            '--oidc-issuer=[OpenID Connect issuer to log in at. (default\: from the signing config)]:url: '
            '--oidc-client-id=[Audience of identity tokens, and the OAuth client ID of a login.]:id: '
            '--key=[A private key to sign with instead\: a file, or env\://NAME for one in a variable.]:key:_files'
            '--trusted-root=[Trusted root in JSON, or several, one per line; nothing is fetched.]:file:_files'
            '--trust-config=[Client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[Initial trusted root.json of --tuf-url.]:file:_files'
            '--offline[Do not refresh trust\: use what is cached or built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run. (default\: 2m to verify, and for each signature)]:duration: '
            '--cacert=[Certificate authorities for TLS, in PEM, instead of the system'\''s.]:file:_files'
            '--parallel=[Maximum signatures in progress at once. (default\: 16)]:n: '
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    verify)
        verb_options=(
            '--digest=[The artifact'\''s digest, instead of the artifact\: sha256\:HEX.]:digest: '
            '(-b --bundle)'{-b+,--bundle=}'[The bundle, or several in one file. (default\: ARTIFACT.sigstore.json, ARTIFACT.sigstore)]:file:_files'
            '--type=[The type that the predicate of an attestation must have\: a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vuln.]:type:(custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln)'
            '--no-log[Require no transparency log entry, for bundles made with sign --no-log.]'
            '--insecure-ignore-sct[Require no signed certificate timestamp (SCT).]'
            '*--annotation=[Of an image\: an annotation that must have been signed; repeatable.]:key=value: '
            '*--annotations=[The same, as cosign spells it.]:key=value: '
            '--from=[Of an image\: the repository that its signatures are in. (default\: COSIGN_REPOSITORY, or the image'\''s own)]:repository: '
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
            '--trusted-root=[Trusted root in JSON, or several, one per line; nothing is fetched.]:file:_files'
            '--trust-config=[Client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[Initial trusted root.json of --tuf-url.]:file:_files'
            '--offline[Do not refresh trust\: use what is cached or built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run. (default\: 2m to verify, and for each signature)]:duration: '
            '--cacert=[Certificate authorities for TLS, in PEM, instead of the system'\''s.]:file:_files'
            '--output=[Output format on stdout.]:form:(text json)'
            '(-R --report)'{-R+,--report=}'[Also write the result to a file, as JSON.]:file:_files'
            '--output-statement=[Write the statement that was verified, byte for byte; - is stdout.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    sign-blob)
        verb_options=(
            '--bundle=[Where the bundle is written; - is stdout.]:file:_files'
            '(-y --yes)'{-y,--yes}'[Accepted for compatibility; ignored\: nothing is asked.]'
            '--tlog-upload[Whether there is an entry in a transparency log.]'
            '--no-tlog-upload[Whether there is an entry in a transparency log.]'
            '--new-bundle-format[Accepted for compatibility; ignored\: there is no other format.]'
            '--use-signing-config[Accepted for compatibility; ignored\: a service given by an option replaces the config'\''s.]'
            '--no-use-signing-config[Accepted for compatibility; ignored\: a service given by an option replaces the config'\''s.]'
            '--fulcio-url=[The certificate authority, instead of the signing config'\''s.]:url: '
            '--rekor-url=[The transparency log, instead of the signing config'\''s; Rekor v1 unless --rekor-version is 2.]:url: '
            '--timestamp-server-url=[The timestamp authority, instead of the signing config'\''s; the whole address.]:url: '
            '--fulcio-auth-flow=[How to log in\: normal is the browser, token never does.]:flow:(normal device token)'
            '(-R --report)'{-R+,--report=}'[Write a JSON report\: phases, attempts, durations.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
            '--identity-token=[An identity token, or @FILE for one in a file. (default\: what the CI system gives)]:token: '
            '--expect-identity=[Sign only as this identity; checked before anything is sent.]:identity: '
            '--expect-issuer=[Sign only with an identity token of this issuer.]:url: '
            '--login=[How to log in without a token\: browser, device, none, or auto\: the browser on a terminal. Never in CI.]:how:(auto browser device none)'
            '--oidc-issuer=[OpenID Connect issuer to log in at. (default\: from the signing config)]:url: '
            '--oidc-client-id=[Audience of identity tokens, and the OAuth client ID of a login.]:id: '
            '--key=[A private key to sign with instead\: a file, or env\://NAME for one in a variable.]:key:_files'
            '--signing-config=[A signing config in JSON instead of the instance'\''s own.]:file:_files'
            '--rekor-version=[The version of Rekor to log to\: 1 or 2. (default\: as the signing config says)]:n:(1 2)'
            '--log-fallback[Let a log of the other version of Rekor stand in, if those of the chosen one fail.]'
            '--no-log[Make no transparency log entry; verifiers must be told not to require one.]'
            '--no-timestamp[Request no timestamp.]'
            '--insecure-ignore-sct[Require no signed certificate timestamp (SCT), for instances without a CT log.]'
            '--trusted-root=[Trusted root in JSON, or several, one per line; nothing is fetched.]:file:_files'
            '--trust-config=[Client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[Initial trusted root.json of --tuf-url.]:file:_files'
            '--offline[Do not refresh trust\: use what is cached or built in.]'
            '--resume[Continue from FILE.sigstore.pending.json where it is of the same file; keep one if this run does not finish.]'
            '--defer-log=[Leave the log entry to '\''retry-run finish'\'' and exit with 0\: on-outage, if the log does not answer, or always.]:when:(on-outage always)'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run. (default\: 2m to verify, and for each signature)]:duration: '
            '--cacert=[Certificate authorities for TLS, in PEM, instead of the system'\''s.]:file:_files'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    attest-blob)
        verb_options=(
            '--predicate=[The predicate, in JSON; - is stdin.]:file:_files'
            '--type=[The type of the predicate\: a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vuln. (default\: custom)]:type:(custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson vuln)'
            '--statement=[A whole in-toto statement instead, signed byte for byte; - is stdin.]:file:_files'
            '--bundle=[Where the bundle is written; - is stdout.]:file:_files'
            '(-y --yes)'{-y,--yes}'[Accepted for compatibility; ignored\: nothing is asked.]'
            '--tlog-upload[Whether there is an entry in a transparency log.]'
            '--no-tlog-upload[Whether there is an entry in a transparency log.]'
            '--new-bundle-format[Accepted for compatibility; ignored\: there is no other format.]'
            '--use-signing-config[Accepted for compatibility; ignored\: a service given by an option replaces the config'\''s.]'
            '--no-use-signing-config[Accepted for compatibility; ignored\: a service given by an option replaces the config'\''s.]'
            '--fulcio-url=[The certificate authority, instead of the signing config'\''s.]:url: '
            '--rekor-url=[The transparency log, instead of the signing config'\''s; Rekor v1 unless --rekor-version is 2.]:url: '
            '--timestamp-server-url=[The timestamp authority, instead of the signing config'\''s; the whole address.]:url: '
            '--fulcio-auth-flow=[How to log in\: normal is the browser, token never does.]:flow:(normal device token)'
            '(-R --report)'{-R+,--report=}'[Write a JSON report\: phases, attempts, durations.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
            '--identity-token=[An identity token, or @FILE for one in a file. (default\: what the CI system gives)]:token: '
            '--expect-identity=[Sign only as this identity; checked before anything is sent.]:identity: '
            '--expect-issuer=[Sign only with an identity token of this issuer.]:url: '
            '--login=[How to log in without a token\: browser, device, none, or auto\: the browser on a terminal. Never in CI.]:how:(auto browser device none)'
            '--oidc-issuer=[OpenID Connect issuer to log in at. (default\: from the signing config)]:url: '
            '--oidc-client-id=[Audience of identity tokens, and the OAuth client ID of a login.]:id: '
            '--key=[A private key to sign with instead\: a file, or env\://NAME for one in a variable.]:key:_files'
            '--signing-config=[A signing config in JSON instead of the instance'\''s own.]:file:_files'
            '--rekor-version=[The version of Rekor to log to\: 1 or 2. (default\: as the signing config says)]:n:(1 2)'
            '--log-fallback[Let a log of the other version of Rekor stand in, if those of the chosen one fail.]'
            '--no-log[Make no transparency log entry; verifiers must be told not to require one.]'
            '--no-timestamp[Request no timestamp.]'
            '--insecure-ignore-sct[Require no signed certificate timestamp (SCT), for instances without a CT log.]'
            '--trusted-root=[Trusted root in JSON, or several, one per line; nothing is fetched.]:file:_files'
            '--trust-config=[Client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[Initial trusted root.json of --tuf-url.]:file:_files'
            '--offline[Do not refresh trust\: use what is cached or built in.]'
            '--resume[Continue from FILE.sigstore.pending.json where it is of the same file; keep one if this run does not finish.]'
            '--defer-log=[Leave the log entry to '\''retry-run finish'\'' and exit with 0\: on-outage, if the log does not answer, or always.]:when:(on-outage always)'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run. (default\: 2m to verify, and for each signature)]:duration: '
            '--cacert=[Certificate authorities for TLS, in PEM, instead of the system'\''s.]:file:_files'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    verify-blob)
        verb_options=(
            '--bundle=[The Sigstore bundle.]:file:_files'
            '--insecure-ignore-sct[Require no signed certificate timestamp (SCT).]'
            '--insecure-ignore-tlog[Require no transparency log entry.]'
            '--private-infrastructure[The same as --insecure-ignore-tlog.]'
            '--use-signed-timestamps[Require a timestamp of a timestamp authority.]'
            '--new-bundle-format[Accepted for compatibility; ignored\: there is no other format.]'
            '--max-workers=[Accepted for compatibility; ignored.]:n: '
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
            '--trusted-root=[Trusted root in JSON, or several, one per line; nothing is fetched.]:file:_files'
            '--trust-config=[Client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[Initial trusted root.json of --tuf-url.]:file:_files'
            '--offline[Do not refresh trust\: use what is cached or built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run. (default\: 2m to verify, and for each signature)]:duration: '
            '--cacert=[Certificate authorities for TLS, in PEM, instead of the system'\''s.]:file:_files'
            '--output=[Output format on stdout.]:form:(text json)'
            '(-R --report)'{-R+,--report=}'[Also write the result to a file, as JSON.]:file:_files'
            '--output-statement=[Write the statement that was verified, byte for byte; - is stdout.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
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
            '--insecure-ignore-sct[Require no signed certificate timestamp (SCT).]'
            '--insecure-ignore-tlog[Require no transparency log entry.]'
            '--private-infrastructure[The same as --insecure-ignore-tlog.]'
            '--use-signed-timestamps[Require a timestamp of a timestamp authority.]'
            '--new-bundle-format[Accepted for compatibility; ignored\: there is no other format.]'
            '--max-workers=[Accepted for compatibility; ignored.]:n: '
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
            '--trusted-root=[Trusted root in JSON, or several, one per line; nothing is fetched.]:file:_files'
            '--trust-config=[Client trust config in JSON; nothing is fetched.]:file:_files'
            '--staging[Trust Sigstore'\''s staging instance instead of the public-good one.]'
            '--github[Trust GitHub'\''s own instance, which signs for private repositories and for releases.]'
            '--tuf-url=[The TUF repository of another instance; needs --tuf-root.]:url: '
            '--tuf-root=[Initial trusted root.json of --tuf-url.]:file:_files'
            '--offline[Do not refresh trust\: use what is cached or built in.]'
            '(-a --attempts)'{-a+,--attempts=}'[Total attempts of each call. (default\: 3)]:n: '
            '--forever[No limit on attempts.]'
            '(-d --delay)'{-d+,--delay=}'[Pauses between attempts; the last one repeats. (default\: 1s,5s)]:list: '
            '--backoff=[Compute the pauses from the first delay\: fixed, linear or exponential\[\:FACTOR\].]:rule:(fixed linear exponential)'
            '(-m --max-delay)'{-m+,--max-delay=}'[The longest computed pause. (default\: 60s)]:duration: '
            '(-j --jitter)'{-j+,--jitter=}'[Spread the pauses\: none, full, equal, decorrelated or a duration. (default\: none)]:kind:(none full equal decorrelated)'
            '--seed=[Make the jitter repeatable.]:n: '
            '(-t --timeout)'{-t+,--timeout=}'[The limit of each attempt. (default\: 35s)]:duration: '
            '(-T --deadline)'{-T+,--deadline=}'[The limit of the whole run. (default\: 2m to verify, and for each signature)]:duration: '
            '--cacert=[Certificate authorities for TLS, in PEM, instead of the system'\''s.]:file:_files'
            '--output=[Output format on stdout.]:form:(text json)'
            '(-R --report)'{-R+,--report=}'[Also write the result to a file, as JSON.]:file:_files'
            '--output-statement=[Write the statement that was verified, byte for byte; - is stdout.]:file:_files'
            '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
            '--version[Show the version.]'
            '(-h --help)'{-h,--help}'[Show help information.]'
        )
        ;;
    generate-key-pair)
        verb_options=(
            '--output-key-prefix=[The names of the files, without endings.]:prefix:_files'
            '(-q --quiet)'{-q,--quiet}'[Print errors only.]'
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
