# Completion of retry-run for bash.

# The verbs that speak to Sigstore.
_retry_run_verbs='sign|attest|finish|verify|sign-blob|attest-blob|verify-blob|verify-blob-attestation|generate-key-pair'

# Sets REPLY to the options of a verb, or of retry-run itself for ''.
_retry_run_options()
{
    case $1 in
        '')
            REPLY='-a --attempts --forever -d --delay -b --backoff -m --max-delay -j --jitter
                   --seed -t --timeout -T --deadline -s --signal -k --kill-after --no-subreaper
                   --retry-on --stop-on --retry-if-output --retry-if-stdout
                   --retry-if-output-stdout --retry-if-stderr --retry-if-output-stderr
                   --stop-if-output --stop-if-stdout --stop-if-output-stdout --stop-if-stderr
                   --stop-if-output-stderr --success-if-output --success-if-stdout
                   --success-if-output-stdout --success-if-stderr --success-if-output-stderr
                   --preset --delay-from-output --give-up-code --fail-on-flaky --success-if
                   --before-retry --on-give-up -I --replay-stdin -O --hold-stdout -E
                   --hold-stderr -R --report --report-format -n --dry-run --fleet --outage --plot
                   --annotate -q --quiet -v --verbose --explain -V --version -h --help'
            ;;
        sign)
            REPLY='-b --bundle --overwrite --skip-signed -R --report -q --quiet --annotation
                   --annotations --recursive --to --legacy -y --yes --identity-token
                   --expect-identity --expect-issuer --login --oidc-issuer --oidc-client-id --key
                   --signing-config --rekor-version --log-fallback --no-log --no-timestamp
                   --insecure-ignore-sct --trusted-root --trust-config --staging --github
                   --tuf-url --tuf-root --offline --resume --defer-log -a --attempts --forever -d
                   --delay --backoff -m --max-delay -j --jitter --seed -t --timeout -T --deadline
                   --cacert --parallel --version -h --help'
            ;;
        attest)
            REPLY='--predicate --type --statement -b --bundle --overwrite --skip-signed -R
                   --report -q --quiet --to --legacy -y --yes --identity-token --expect-identity
                   --expect-issuer --login --oidc-issuer --oidc-client-id --key --signing-config
                   --rekor-version --log-fallback --no-log --no-timestamp --insecure-ignore-sct
                   --trusted-root --trust-config --staging --github --tuf-url --tuf-root
                   --offline --resume --defer-log -a --attempts --forever -d --delay --backoff -m
                   --max-delay -j --jitter --seed -t --timeout -T --deadline --cacert --version
                   -h --help'
            ;;
        finish)
            REPLY='-R --report -q --quiet --identity-token --expect-identity --expect-issuer
                   --login --oidc-issuer --oidc-client-id --key --trusted-root --trust-config
                   --staging --github --tuf-url --tuf-root --offline -a --attempts --forever -d
                   --delay --backoff -m --max-delay -j --jitter --seed -t --timeout -T --deadline
                   --cacert --parallel --version -h --help'
            ;;
        verify)
            REPLY='--digest -b --bundle --type --no-log --insecure-ignore-sct --annotation
                   --annotations --from --certificate-identity --certificate-identity-regexp
                   --certificate-oidc-issuer --certificate-oidc-issuer-regexp --key
                   --certificate-github-workflow-repository --certificate-github-workflow-ref
                   --certificate-github-workflow-sha --certificate-github-workflow-trigger
                   --certificate-github-workflow-name --signature --certificate
                   --certificate-chain --trusted-root --trust-config --staging --github --tuf-url
                   --tuf-root --offline -a --attempts --forever -d --delay --backoff -m
                   --max-delay -j --jitter --seed -t --timeout -T --deadline --cacert --output -R
                   --report --output-statement -q --quiet --version -h --help'
            ;;
        sign-blob)
            REPLY='--bundle -y --yes --tlog-upload --no-tlog-upload --new-bundle-format
                   --use-signing-config --no-use-signing-config --fulcio-url --rekor-url
                   --timestamp-server-url --fulcio-auth-flow -R --report -q --quiet
                   --identity-token --expect-identity --expect-issuer --login --oidc-issuer
                   --oidc-client-id --key --signing-config --rekor-version --log-fallback
                   --no-log --no-timestamp --insecure-ignore-sct --trusted-root --trust-config
                   --staging --github --tuf-url --tuf-root --offline --resume --defer-log -a
                   --attempts --forever -d --delay --backoff -m --max-delay -j --jitter --seed -t
                   --timeout -T --deadline --cacert --version -h --help'
            ;;
        attest-blob)
            REPLY='--predicate --type --statement --bundle -y --yes --tlog-upload
                   --no-tlog-upload --new-bundle-format --use-signing-config
                   --no-use-signing-config --fulcio-url --rekor-url --timestamp-server-url
                   --fulcio-auth-flow -R --report -q --quiet --identity-token --expect-identity
                   --expect-issuer --login --oidc-issuer --oidc-client-id --key --signing-config
                   --rekor-version --log-fallback --no-log --no-timestamp --insecure-ignore-sct
                   --trusted-root --trust-config --staging --github --tuf-url --tuf-root
                   --offline --resume --defer-log -a --attempts --forever -d --delay --backoff -m
                   --max-delay -j --jitter --seed -t --timeout -T --deadline --cacert --version
                   -h --help'
            ;;
        verify-blob)
            REPLY='--bundle --insecure-ignore-sct --insecure-ignore-tlog --private-infrastructure
                   --use-signed-timestamps --new-bundle-format --max-workers
                   --certificate-identity --certificate-identity-regexp --certificate-oidc-issuer
                   --certificate-oidc-issuer-regexp --key
                   --certificate-github-workflow-repository --certificate-github-workflow-ref
                   --certificate-github-workflow-sha --certificate-github-workflow-trigger
                   --certificate-github-workflow-name --signature --certificate
                   --certificate-chain --trusted-root --trust-config --staging --github --tuf-url
                   --tuf-root --offline -a --attempts --forever -d --delay --backoff -m
                   --max-delay -j --jitter --seed -t --timeout -T --deadline --cacert --output -R
                   --report --output-statement -q --quiet --version -h --help'
            ;;
        verify-blob-attestation)
            REPLY='--type --check-claims --no-check-claims --digest --digestAlg --bundle
                   --insecure-ignore-sct --insecure-ignore-tlog --private-infrastructure
                   --use-signed-timestamps --new-bundle-format --max-workers
                   --certificate-identity --certificate-identity-regexp --certificate-oidc-issuer
                   --certificate-oidc-issuer-regexp --key
                   --certificate-github-workflow-repository --certificate-github-workflow-ref
                   --certificate-github-workflow-sha --certificate-github-workflow-trigger
                   --certificate-github-workflow-name --signature --certificate
                   --certificate-chain --trusted-root --trust-config --staging --github --tuf-url
                   --tuf-root --offline -a --attempts --forever -d --delay --backoff -m
                   --max-delay -j --jitter --seed -t --timeout -T --deadline --cacert --output -R
                   --report --output-statement -q --quiet --version -h --help'
            ;;
        generate-key-pair)
            REPLY='--output-key-prefix -q --quiet --version -h --help'
            ;;
    esac
}

# Sets REPLY to what an option of a verb takes: nothing, @value, @file, or some words.
_retry_run_value()
{
    case $1:$2 in
        :-a | :--attempts)
            REPLY='@value'
            ;;
        :-d | :--delay)
            REPLY='@value'
            ;;
        :-b | :--backoff)
            REPLY='fixed linear exponential'
            ;;
        :-m | :--max-delay)
            REPLY='@value'
            ;;
        :-j | :--jitter)
            REPLY='none full equal decorrelated'
            ;;
        :--seed)
            REPLY='@value'
            ;;
        :-t | :--timeout)
            REPLY='@value'
            ;;
        :-T | :--deadline)
            REPLY='@value'
            ;;
        :-s | :--signal)
            REPLY='HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT
                   CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'
            ;;
        :-k | :--kill-after)
            REPLY='@value'
            ;;
        :--retry-on)
            REPLY='@value'
            ;;
        :--stop-on)
            REPLY='@value'
            ;;
        :--retry-if-output)
            REPLY='@value'
            ;;
        :--retry-if-stdout | :--retry-if-output-stdout)
            REPLY='@value'
            ;;
        :--retry-if-stderr | :--retry-if-output-stderr)
            REPLY='@value'
            ;;
        :--stop-if-output)
            REPLY='@value'
            ;;
        :--stop-if-stdout | :--stop-if-output-stdout)
            REPLY='@value'
            ;;
        :--stop-if-stderr | :--stop-if-output-stderr)
            REPLY='@value'
            ;;
        :--success-if-output)
            REPLY='@value'
            ;;
        :--success-if-stdout | :--success-if-output-stdout)
            REPLY='@value'
            ;;
        :--success-if-stderr | :--success-if-output-stderr)
            REPLY='@value'
            ;;
        :--preset)
            REPLY='sigstore registry github git http apt pip npm go cargo'
            ;;
        :--delay-from-output)
            REPLY='@value'
            ;;
        :--give-up-code)
            REPLY='@value'
            ;;
        :--fail-on-flaky)
            REPLY='@value'
            ;;
        :--success-if)
            REPLY='@value'
            ;;
        :--before-retry)
            REPLY='@value'
            ;;
        :--on-give-up)
            REPLY='@value'
            ;;
        :-R | :--report)
            REPLY='@file'
            ;;
        :--report-format)
            REPLY='json junit html'
            ;;
        :--fleet)
            REPLY='@value'
            ;;
        :--outage)
            REPLY='@value'
            ;;
        :--plot)
            REPLY='@file'
            ;;
        :--annotate)
            REPLY='auto github gitlab buildkite none'
            ;;
        sign:-b | sign:--bundle)
            REPLY='@file'
            ;;
        sign:-R | sign:--report)
            REPLY='@file'
            ;;
        sign:--annotation)
            REPLY='@value'
            ;;
        sign:--annotations)
            REPLY='@value'
            ;;
        sign:--to)
            REPLY='@value'
            ;;
        sign:--identity-token)
            REPLY='@value'
            ;;
        sign:--expect-identity)
            REPLY='@value'
            ;;
        sign:--expect-issuer)
            REPLY='@value'
            ;;
        sign:--login)
            REPLY='auto browser device none'
            ;;
        sign:--oidc-issuer)
            REPLY='@value'
            ;;
        sign:--oidc-client-id)
            REPLY='@value'
            ;;
        sign:--key)
            REPLY='@file'
            ;;
        sign:--signing-config)
            REPLY='@file'
            ;;
        sign:--rekor-version)
            REPLY='1 2'
            ;;
        sign:--trusted-root)
            REPLY='@file'
            ;;
        sign:--trust-config)
            REPLY='@file'
            ;;
        sign:--tuf-url)
            REPLY='@value'
            ;;
        sign:--tuf-root)
            REPLY='@file'
            ;;
        sign:--defer-log)
            REPLY='on-outage always'
            ;;
        sign:-a | sign:--attempts)
            REPLY='@value'
            ;;
        sign:-d | sign:--delay)
            REPLY='@value'
            ;;
        sign:--backoff)
            REPLY='fixed linear exponential'
            ;;
        sign:-m | sign:--max-delay)
            REPLY='@value'
            ;;
        sign:-j | sign:--jitter)
            REPLY='none full equal decorrelated'
            ;;
        sign:--seed)
            REPLY='@value'
            ;;
        sign:-t | sign:--timeout)
            REPLY='@value'
            ;;
        sign:-T | sign:--deadline)
            REPLY='@value'
            ;;
        sign:--cacert)
            REPLY='@file'
            ;;
        sign:--parallel)
            REPLY='@value'
            ;;
        attest:--predicate)
            REPLY='@file'
            ;;
        attest:--type)
            REPLY='custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1
                   spdx spdxjson vuln'
            ;;
        attest:--statement)
            REPLY='@file'
            ;;
        attest:-b | attest:--bundle)
            REPLY='@file'
            ;;
        attest:-R | attest:--report)
            REPLY='@file'
            ;;
        attest:--to)
            REPLY='@value'
            ;;
        attest:--identity-token)
            REPLY='@value'
            ;;
        attest:--expect-identity)
            REPLY='@value'
            ;;
        attest:--expect-issuer)
            REPLY='@value'
            ;;
        attest:--login)
            REPLY='auto browser device none'
            ;;
        attest:--oidc-issuer)
            REPLY='@value'
            ;;
        attest:--oidc-client-id)
            REPLY='@value'
            ;;
        attest:--key)
            REPLY='@file'
            ;;
        attest:--signing-config)
            REPLY='@file'
            ;;
        attest:--rekor-version)
            REPLY='1 2'
            ;;
        attest:--trusted-root)
            REPLY='@file'
            ;;
        attest:--trust-config)
            REPLY='@file'
            ;;
        attest:--tuf-url)
            REPLY='@value'
            ;;
        attest:--tuf-root)
            REPLY='@file'
            ;;
        attest:--defer-log)
            REPLY='on-outage always'
            ;;
        attest:-a | attest:--attempts)
            REPLY='@value'
            ;;
        attest:-d | attest:--delay)
            REPLY='@value'
            ;;
        attest:--backoff)
            REPLY='fixed linear exponential'
            ;;
        attest:-m | attest:--max-delay)
            REPLY='@value'
            ;;
        attest:-j | attest:--jitter)
            REPLY='none full equal decorrelated'
            ;;
        attest:--seed)
            REPLY='@value'
            ;;
        attest:-t | attest:--timeout)
            REPLY='@value'
            ;;
        attest:-T | attest:--deadline)
            REPLY='@value'
            ;;
        attest:--cacert)
            REPLY='@file'
            ;;
        finish:-R | finish:--report)
            REPLY='@file'
            ;;
        finish:--identity-token)
            REPLY='@value'
            ;;
        finish:--expect-identity)
            REPLY='@value'
            ;;
        finish:--expect-issuer)
            REPLY='@value'
            ;;
        finish:--login)
            REPLY='auto browser device none'
            ;;
        finish:--oidc-issuer)
            REPLY='@value'
            ;;
        finish:--oidc-client-id)
            REPLY='@value'
            ;;
        finish:--key)
            REPLY='@file'
            ;;
        finish:--trusted-root)
            REPLY='@file'
            ;;
        finish:--trust-config)
            REPLY='@file'
            ;;
        finish:--tuf-url)
            REPLY='@value'
            ;;
        finish:--tuf-root)
            REPLY='@file'
            ;;
        finish:-a | finish:--attempts)
            REPLY='@value'
            ;;
        finish:-d | finish:--delay)
            REPLY='@value'
            ;;
        finish:--backoff)
            REPLY='fixed linear exponential'
            ;;
        finish:-m | finish:--max-delay)
            REPLY='@value'
            ;;
        finish:-j | finish:--jitter)
            REPLY='none full equal decorrelated'
            ;;
        finish:--seed)
            REPLY='@value'
            ;;
        finish:-t | finish:--timeout)
            REPLY='@value'
            ;;
        finish:-T | finish:--deadline)
            REPLY='@value'
            ;;
        finish:--cacert)
            REPLY='@file'
            ;;
        finish:--parallel)
            REPLY='@value'
            ;;
        verify:--digest)
            REPLY='@value'
            ;;
        verify:-b | verify:--bundle)
            REPLY='@file'
            ;;
        verify:--type)
            REPLY='custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1
                   spdx spdxjson vuln'
            ;;
        verify:--annotation)
            REPLY='@value'
            ;;
        verify:--annotations)
            REPLY='@value'
            ;;
        verify:--from)
            REPLY='@value'
            ;;
        verify:--certificate-identity)
            REPLY='@value'
            ;;
        verify:--certificate-identity-regexp)
            REPLY='@value'
            ;;
        verify:--certificate-oidc-issuer)
            REPLY='@value'
            ;;
        verify:--certificate-oidc-issuer-regexp)
            REPLY='@value'
            ;;
        verify:--key)
            REPLY='@file'
            ;;
        verify:--certificate-github-workflow-repository)
            REPLY='@value'
            ;;
        verify:--certificate-github-workflow-ref)
            REPLY='@value'
            ;;
        verify:--certificate-github-workflow-sha)
            REPLY='@value'
            ;;
        verify:--certificate-github-workflow-trigger)
            REPLY='@value'
            ;;
        verify:--certificate-github-workflow-name)
            REPLY='@value'
            ;;
        verify:--signature)
            REPLY='@file'
            ;;
        verify:--certificate)
            REPLY='@file'
            ;;
        verify:--certificate-chain)
            REPLY='@file'
            ;;
        verify:--trusted-root)
            REPLY='@file'
            ;;
        verify:--trust-config)
            REPLY='@file'
            ;;
        verify:--tuf-url)
            REPLY='@value'
            ;;
        verify:--tuf-root)
            REPLY='@file'
            ;;
        verify:-a | verify:--attempts)
            REPLY='@value'
            ;;
        verify:-d | verify:--delay)
            REPLY='@value'
            ;;
        verify:--backoff)
            REPLY='fixed linear exponential'
            ;;
        verify:-m | verify:--max-delay)
            REPLY='@value'
            ;;
        verify:-j | verify:--jitter)
            REPLY='none full equal decorrelated'
            ;;
        verify:--seed)
            REPLY='@value'
            ;;
        verify:-t | verify:--timeout)
            REPLY='@value'
            ;;
        verify:-T | verify:--deadline)
            REPLY='@value'
            ;;
        verify:--cacert)
            REPLY='@file'
            ;;
        verify:--output)
            REPLY='text json'
            ;;
        verify:-R | verify:--report)
            REPLY='@file'
            ;;
        verify:--output-statement)
            REPLY='@file'
            ;;
        sign-blob:--bundle)
            REPLY='@file'
            ;;
        sign-blob:--fulcio-url)
            REPLY='@value'
            ;;
        sign-blob:--rekor-url)
            REPLY='@value'
            ;;
        sign-blob:--timestamp-server-url)
            REPLY='@value'
            ;;
        sign-blob:--fulcio-auth-flow)
            REPLY='normal device token'
            ;;
        sign-blob:-R | sign-blob:--report)
            REPLY='@file'
            ;;
        sign-blob:--identity-token)
            REPLY='@value'
            ;;
        sign-blob:--expect-identity)
            REPLY='@value'
            ;;
        sign-blob:--expect-issuer)
            REPLY='@value'
            ;;
        sign-blob:--login)
            REPLY='auto browser device none'
            ;;
        sign-blob:--oidc-issuer)
            REPLY='@value'
            ;;
        sign-blob:--oidc-client-id)
            REPLY='@value'
            ;;
        sign-blob:--key)
            REPLY='@file'
            ;;
        sign-blob:--signing-config)
            REPLY='@file'
            ;;
        sign-blob:--rekor-version)
            REPLY='1 2'
            ;;
        sign-blob:--trusted-root)
            REPLY='@file'
            ;;
        sign-blob:--trust-config)
            REPLY='@file'
            ;;
        sign-blob:--tuf-url)
            REPLY='@value'
            ;;
        sign-blob:--tuf-root)
            REPLY='@file'
            ;;
        sign-blob:--defer-log)
            REPLY='on-outage always'
            ;;
        sign-blob:-a | sign-blob:--attempts)
            REPLY='@value'
            ;;
        sign-blob:-d | sign-blob:--delay)
            REPLY='@value'
            ;;
        sign-blob:--backoff)
            REPLY='fixed linear exponential'
            ;;
        sign-blob:-m | sign-blob:--max-delay)
            REPLY='@value'
            ;;
        sign-blob:-j | sign-blob:--jitter)
            REPLY='none full equal decorrelated'
            ;;
        sign-blob:--seed)
            REPLY='@value'
            ;;
        sign-blob:-t | sign-blob:--timeout)
            REPLY='@value'
            ;;
        sign-blob:-T | sign-blob:--deadline)
            REPLY='@value'
            ;;
        sign-blob:--cacert)
            REPLY='@file'
            ;;
        attest-blob:--predicate)
            REPLY='@file'
            ;;
        attest-blob:--type)
            REPLY='custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1
                   spdx spdxjson vuln'
            ;;
        attest-blob:--statement)
            REPLY='@file'
            ;;
        attest-blob:--bundle)
            REPLY='@file'
            ;;
        attest-blob:--fulcio-url)
            REPLY='@value'
            ;;
        attest-blob:--rekor-url)
            REPLY='@value'
            ;;
        attest-blob:--timestamp-server-url)
            REPLY='@value'
            ;;
        attest-blob:--fulcio-auth-flow)
            REPLY='normal device token'
            ;;
        attest-blob:-R | attest-blob:--report)
            REPLY='@file'
            ;;
        attest-blob:--identity-token)
            REPLY='@value'
            ;;
        attest-blob:--expect-identity)
            REPLY='@value'
            ;;
        attest-blob:--expect-issuer)
            REPLY='@value'
            ;;
        attest-blob:--login)
            REPLY='auto browser device none'
            ;;
        attest-blob:--oidc-issuer)
            REPLY='@value'
            ;;
        attest-blob:--oidc-client-id)
            REPLY='@value'
            ;;
        attest-blob:--key)
            REPLY='@file'
            ;;
        attest-blob:--signing-config)
            REPLY='@file'
            ;;
        attest-blob:--rekor-version)
            REPLY='1 2'
            ;;
        attest-blob:--trusted-root)
            REPLY='@file'
            ;;
        attest-blob:--trust-config)
            REPLY='@file'
            ;;
        attest-blob:--tuf-url)
            REPLY='@value'
            ;;
        attest-blob:--tuf-root)
            REPLY='@file'
            ;;
        attest-blob:--defer-log)
            REPLY='on-outage always'
            ;;
        attest-blob:-a | attest-blob:--attempts)
            REPLY='@value'
            ;;
        attest-blob:-d | attest-blob:--delay)
            REPLY='@value'
            ;;
        attest-blob:--backoff)
            REPLY='fixed linear exponential'
            ;;
        attest-blob:-m | attest-blob:--max-delay)
            REPLY='@value'
            ;;
        attest-blob:-j | attest-blob:--jitter)
            REPLY='none full equal decorrelated'
            ;;
        attest-blob:--seed)
            REPLY='@value'
            ;;
        attest-blob:-t | attest-blob:--timeout)
            REPLY='@value'
            ;;
        attest-blob:-T | attest-blob:--deadline)
            REPLY='@value'
            ;;
        attest-blob:--cacert)
            REPLY='@file'
            ;;
        verify-blob:--bundle)
            REPLY='@file'
            ;;
        verify-blob:--max-workers)
            REPLY='@value'
            ;;
        verify-blob:--certificate-identity)
            REPLY='@value'
            ;;
        verify-blob:--certificate-identity-regexp)
            REPLY='@value'
            ;;
        verify-blob:--certificate-oidc-issuer)
            REPLY='@value'
            ;;
        verify-blob:--certificate-oidc-issuer-regexp)
            REPLY='@value'
            ;;
        verify-blob:--key)
            REPLY='@file'
            ;;
        verify-blob:--certificate-github-workflow-repository)
            REPLY='@value'
            ;;
        verify-blob:--certificate-github-workflow-ref)
            REPLY='@value'
            ;;
        verify-blob:--certificate-github-workflow-sha)
            REPLY='@value'
            ;;
        verify-blob:--certificate-github-workflow-trigger)
            REPLY='@value'
            ;;
        verify-blob:--certificate-github-workflow-name)
            REPLY='@value'
            ;;
        verify-blob:--signature)
            REPLY='@file'
            ;;
        verify-blob:--certificate)
            REPLY='@file'
            ;;
        verify-blob:--certificate-chain)
            REPLY='@file'
            ;;
        verify-blob:--trusted-root)
            REPLY='@file'
            ;;
        verify-blob:--trust-config)
            REPLY='@file'
            ;;
        verify-blob:--tuf-url)
            REPLY='@value'
            ;;
        verify-blob:--tuf-root)
            REPLY='@file'
            ;;
        verify-blob:-a | verify-blob:--attempts)
            REPLY='@value'
            ;;
        verify-blob:-d | verify-blob:--delay)
            REPLY='@value'
            ;;
        verify-blob:--backoff)
            REPLY='fixed linear exponential'
            ;;
        verify-blob:-m | verify-blob:--max-delay)
            REPLY='@value'
            ;;
        verify-blob:-j | verify-blob:--jitter)
            REPLY='none full equal decorrelated'
            ;;
        verify-blob:--seed)
            REPLY='@value'
            ;;
        verify-blob:-t | verify-blob:--timeout)
            REPLY='@value'
            ;;
        verify-blob:-T | verify-blob:--deadline)
            REPLY='@value'
            ;;
        verify-blob:--cacert)
            REPLY='@file'
            ;;
        verify-blob:--output)
            REPLY='text json'
            ;;
        verify-blob:-R | verify-blob:--report)
            REPLY='@file'
            ;;
        verify-blob:--output-statement)
            REPLY='@file'
            ;;
        verify-blob-attestation:--type)
            REPLY='custom cyclonedx link openvex slsaprovenance slsaprovenance02 slsaprovenance1
                   spdx spdxjson vuln'
            ;;
        verify-blob-attestation:--digest)
            REPLY='@value'
            ;;
        verify-blob-attestation:--digestAlg)
            REPLY='sha256 sha384 sha512'
            ;;
        verify-blob-attestation:--bundle)
            REPLY='@file'
            ;;
        verify-blob-attestation:--max-workers)
            REPLY='@value'
            ;;
        verify-blob-attestation:--certificate-identity)
            REPLY='@value'
            ;;
        verify-blob-attestation:--certificate-identity-regexp)
            REPLY='@value'
            ;;
        verify-blob-attestation:--certificate-oidc-issuer)
            REPLY='@value'
            ;;
        verify-blob-attestation:--certificate-oidc-issuer-regexp)
            REPLY='@value'
            ;;
        verify-blob-attestation:--key)
            REPLY='@file'
            ;;
        verify-blob-attestation:--certificate-github-workflow-repository)
            REPLY='@value'
            ;;
        verify-blob-attestation:--certificate-github-workflow-ref)
            REPLY='@value'
            ;;
        verify-blob-attestation:--certificate-github-workflow-sha)
            REPLY='@value'
            ;;
        verify-blob-attestation:--certificate-github-workflow-trigger)
            REPLY='@value'
            ;;
        verify-blob-attestation:--certificate-github-workflow-name)
            REPLY='@value'
            ;;
        verify-blob-attestation:--signature)
            REPLY='@file'
            ;;
        verify-blob-attestation:--certificate)
            REPLY='@file'
            ;;
        verify-blob-attestation:--certificate-chain)
            REPLY='@file'
            ;;
        verify-blob-attestation:--trusted-root)
            REPLY='@file'
            ;;
        verify-blob-attestation:--trust-config)
            REPLY='@file'
            ;;
        verify-blob-attestation:--tuf-url)
            REPLY='@value'
            ;;
        verify-blob-attestation:--tuf-root)
            REPLY='@file'
            ;;
        verify-blob-attestation:-a | verify-blob-attestation:--attempts)
            REPLY='@value'
            ;;
        verify-blob-attestation:-d | verify-blob-attestation:--delay)
            REPLY='@value'
            ;;
        verify-blob-attestation:--backoff)
            REPLY='fixed linear exponential'
            ;;
        verify-blob-attestation:-m | verify-blob-attestation:--max-delay)
            REPLY='@value'
            ;;
        verify-blob-attestation:-j | verify-blob-attestation:--jitter)
            REPLY='none full equal decorrelated'
            ;;
        verify-blob-attestation:--seed)
            REPLY='@value'
            ;;
        verify-blob-attestation:-t | verify-blob-attestation:--timeout)
            REPLY='@value'
            ;;
        verify-blob-attestation:-T | verify-blob-attestation:--deadline)
            REPLY='@value'
            ;;
        verify-blob-attestation:--cacert)
            REPLY='@file'
            ;;
        verify-blob-attestation:--output)
            REPLY='text json'
            ;;
        verify-blob-attestation:-R | verify-blob-attestation:--report)
            REPLY='@file'
            ;;
        verify-blob-attestation:--output-statement)
            REPLY='@file'
            ;;
        generate-key-pair:--output-key-prefix)
            REPLY='@file'
            ;;
        *) REPLY= ;;
    esac
}

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
