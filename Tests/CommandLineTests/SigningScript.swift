import Testing

/// A script that signs against a sandbox of its own, with the real `retry-run`.
///
/// Its folder has `app`, a file to sign. `sandbox FAULT…` starts the sandbox, with options among the faults
/// if there are any; its files are in `box/`, and over TLS it is trusted, see `Services`;
/// `faults FAULT…` sets other plans and counts from 1 again. `sign`, and the other functions of that
/// name, are the verbs with the sandbox's trust for the log version in `$LOG`, 1 or 2, with a token, and
/// without long pauses; `verify FILE` verifies. `ready NAME` tells an address or a name, `calls
/// SERVICE CALL` how often that was called, and `entries` how many entries the log has got.
func signing(_ script: String, limit: Duration = .seconds(120)) throws -> WrapperProcess {
    try WrapperProcess.bash(signingFunctions + script, limit: limit)
}

/// The same for Python, on a terminal; the functions above are a file to be read by its bash.
func signingOnTerminal(_ script: String) throws -> WrapperProcess {
    try WrapperProcess.terminal(
        """
        open('functions', 'w').write(r'''\(signingFunctions)''')
        \(script)
        """)
}

private let signingFunctions =
    Services.functions + #"""
        B=$(dirname "$R"); LOG=2
        printf 'an app\n' >app
        sandbox() {
            local words=() word
            if [ $SCHEME = https ]; then words=(--tls); fi
            for word in "$@"; do case $word in --*) words+=("$word");; *) words+=(--fault "$word");; esac; done
            # It ends with the script, whose end of the pipe it reads.
            exec 8> >(exec "$B/sigstore-sandbox" --folder box --until-input-ends "${words[@]}" >/dev/null)
            while [ ! -e box/ready ]; do sleep 0.01; done
            trust_in box/ca.pem
        }
        ask() {
            python3 -c '
        import json, sys, urllib.request
        ready = json.load(open("box/ready"))
        body = sys.argv[2].encode() if len(sys.argv) > 2 else None
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        print(opener.open(ready["fulcio"] + "/sandbox/" + sys.argv[1], body).read().decode())' "$@"
        }
        faults() { ask faults "$(printf '%s\n' "$@")" >/dev/null; }
        ready() { python3 -c 'import json, sys; print(json.load(open("box/ready"))[sys.argv[1]])' "$1"; }
        calls() {
            ask calls | python3 -c '
        import json, sys
        print(json.load(sys.stdin)["calls"][sys.argv[1]][sys.argv[2]])' "$@"
        }
        entries() {
            ask calls | python3 -c '
        import json, sys
        print(json.load(sys.stdin)["entries"]["rekor-v" + sys.argv[1]] - 5)' $LOG
        }
        trust() { echo --trust-config box/client_trust_config_v$LOG.json; }
        quick() { echo -d 10ms,20ms -t 2s; }
        sign() { $R sign $(trust) $(quick) --identity-token @box/email.token "$@"; }
        attest() { $R attest $(trust) $(quick) --identity-token @box/email.token "$@"; }
        sign_key() { $R sign $(trust) $(quick) "$@"; }
        finish() { $R finish $(trust) $(quick) "$@"; }
        # field FILE NAME: a member of a document; inside FILE: the bundle in a pending file.
        field() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$@"; }
        inside() {
            python3 -c 'import json, sys; print(json.dumps(json.load(open(sys.argv[1]))["bundle"]))' "$1"
        }
        verify() {
            $R verify $(trust) --certificate-identity maintainer@example.com \
                --certificate-oidc-issuer "$(ready email-issuer)" "$@"
        }

        """#
