import Testing

@Suite("Secrets in the wrong place")
struct SecretTests {
    /// Puts marked secrets into every place of a command line and looks for the marks in what is said.
    private static let search = #"""
        import concurrent.futures, json, os, subprocess
        R = os.environ['R']
        MARK = 'S3cretMark'
        body = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg' + MARK + '4ypcnCBWULHdzxGrBNgf7G6Ph'
        jwt = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ' + MARK + '4In0.c2lnbmF0dXJl'
        pem = '-----BEGIN PRIVATE KEY-----%s' + body + '%s-----END PRIVATE KEY-----'
        # Everywhere; and where it is a key or a token that is asked for.
        anywhere = [jwt, pem % ('', ''), 'https://user:' + MARK + '@127.0.0.1:1/path']
        asked = ['@' + jwt, 'env://' + jwt, 'env://' + pem % ('', ''), pem % ('\n', '\n'),
                 pem % ('\\n', '\\n'), pem % (' ', ' '), body, MARK, '@' + MARK, 'env://' + MARK,
                 MARK + '://key', 'awskms:///' + MARK, 'pkcs11:pin-value=' + MARK,
                 'https://127.0.0.1:1/' + MARK + '?token=' + MARK, 'file:///' + MARK]
        verbs = {verb: json.loads(subprocess.run([R, verb, '--experimental-dump-help'],
                                                 capture_output=True).stdout)['command']
                 for verb in ('sign', 'attest', 'sign-blob', 'attest-blob', 'verify', 'verify-blob',
                              'verify-blob-attestation')}
        base = {'sign': ['--identity-token', '@box/email.token'], 'verify': ['--key', 'cosign.pub']}
        lines, seen = [], set()
        for verb, definition in verbs.items():
            family = 'verify' if verb.startswith('verify') else 'sign'
            words = [verb, '--trust-config', 'box/client_trust_config_v1.json', '-a', '1', '-T', '2s',
                     'app'] + base[family]
            if '-blob' in verb: words += ['--bundle', 'B']
            if verb.startswith('attest'): words += ['--predicate', 'P']
            for argument in definition.get('arguments', []):
                long = [n['name'] for n in argument.get('names', []) if n['kind'] == 'long']
                if argument['kind'] == 'positional' or not long: continue
                option = '--' + long[0]
                if (option, family) in seen: continue
                seen.add((option, family))
                secrets = anywhere + (asked if option in ('--key', '--identity-token') else
                                      [MARK] if option in ('--login', '--fulcio-auth-flow', '--output',
                                                           '--oidc-issuer') else [])
                lines += [words + [option + '=' + secret] for secret in secrets]
            if verb not in ('sign', 'verify-blob'): continue
            for secret in anywhere + [pem % ('\n', '\n')]:
                lines += [words + [secret], [verb, secret], words + ['--' + secret],
                          words + ['-' + secret], words + ['--no-such=' + secret],
                          words + ['--quiet=' + secret], words + [secret + '=']]
        for secret in anywhere:
            lines += [['-a', secret, 'true'], ['--' + secret, 'true'], ['-' + secret, 'true'],
                      ['--retry-on', secret, 'true'], ['--annotate=' + secret, 'true'],
                      ['--no-such=' + secret, 'true'], [secret + '=', '--'], ['--preset', secret, 'x']]
        environments = [({}, line) for line in lines]
        for name in ['COSIGN_KEY', 'COSIGN_IDENTITY_TOKEN', 'COSIGN_YES', 'SIGSTORE_ID_TOKEN',
                     'SIGSTORE_IDENTITY_TOKEN', 'TUF_MIRROR', 'TUF_ROOT', 'RETRY_RUN_OPTS',
                     'https_proxy']:
            for secret in anywhere + [body]:
                line = ['sign-blob', 'app', '--bundle', 'B', '--offline', '--login=none', '-a', '1']
                environments.append(({name: secret}, line))
        def leak(case):
            settings, line = case
            own = {'PATH': os.environ['PATH'], 'HOME': os.getcwd(), 'https_proxy': 'http://127.0.0.1:1',
                   'COSIGN_PASSWORD': 'x', **settings}
            try:
                done = subprocess.run([R] + line, env=own, stdin=subprocess.DEVNULL,
                                      capture_output=True, timeout=60)
            except (subprocess.TimeoutExpired, ValueError, OSError) as error:
                return None if isinstance(error, ValueError) else f'{type(error).__name__}: {settings} {line}'
            said = (done.stdout + done.stderr).decode(errors='replace')
            # A name that somebody chose may be in sight; what it was set to may not.
            if MARK in said or body[:20] in said:
                return f'{settings} {line} said {said}'
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            leaks = [text for text in pool.map(leak, environments) if text]
        print(len(environments) > 300, len(leaks))
        for text in leaks[:10]: print(text)
        """#

    @Test("no text repeats a key, a token or a password, wherever on a command line it was put")
    func everywhere() throws {
        let run = try signing(
            """
            sandbox; COSIGN_PASSWORD=x $R generate-key-pair -q; echo '{}' >P
            cat >search.py <<'PYTHON'
            \(Self.search)
            PYTHON
            python3 search.py
            """, limit: .seconds(900))

        #expect(run.output == "True 0\n", "\(run.error)")
    }
}
