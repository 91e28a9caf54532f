import Testing

@Suite("Secrets in the wrong place")
struct SecretTests {
    /// Puts marked secrets into every place of a command line and looks for the marks in what is said.
    private static let search = #"""
        import concurrent.futures, json, os, re, subprocess, sys
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
        dump = json.loads(subprocess.run([R, 'sign', '--experimental-dump-help'],
                                         capture_output=True).stdout)
        # The companion tells of all its verbs.
        verbs = {v['commandName']: v for v in dump['command']['subcommands']}
        base = {'sign': ['--identity-token', '@box/email.token'], 'verify': ['--key', 'cosign.pub']}
        lines = []
        for verb, definition in verbs.items():
            if verb == 'help': continue
            words = [verb]
            if verb != 'generate-key-pair':
                words += ['--trust-config', 'box/client_trust_config_v1.json', '-a', '1', '-T', '2s',
                          'app']
                words += base['verify' if verb.startswith('verify') else 'sign']
                if '-blob' in verb: words += ['--bundle', 'B']
                if verb.startswith('attest'): words += ['--predicate', 'P']
            for argument in definition.get('arguments', []):
                names = argument.get('names', [])
                long = [n['name'] for n in names if n['kind'] == 'long']
                if argument['kind'] == 'positional' or not long: continue
                option = '--' + long[0]
                secrets = anywhere + (asked if option in
                                      ('--key', '--identity-token', '--login', '--fulcio-auth-flow',
                                       '--output') else [])
                for secret in secrets:
                    lines.append(words + [option + '=' + secret])
            for secret in anywhere + [pem % ('\n', '\n')]:
                lines += [words + [secret], [verb, secret], words + ['--' + secret],
                          words + ['-' + secret], words + ['--no-such=' + secret],
                          words + ['--quiet=' + secret], words + [secret + '=']]
        for secret in anywhere:
            lines += [['-a', secret, 'true'], ['--' + secret, 'true'], ['-' + secret, 'true'],
                      ['--retry-on', secret, 'true'], ['--annotate=' + secret, 'true'],
                      ['--no-such=' + secret, 'true'], [secret + '=', '--'], ['--preset', secret, 'x']]
        environments = [({}, line) for line in lines]
        names = re.findall(r'`([A-Z][A-Z_]+)`', open(os.environ['SETTINGS']).read())
        for name in sorted(set(names)) + ['RETRY_RUN_OPTS']:
            for secret in anywhere + [body]:
                for line in (['sign', 'app', '--offline', '--login=none', '-a', '1', '-T', '1s'],
                             ['sign-blob', 'app', '--bundle', 'B', '--offline', '-a', '1', '-T', '1s',
                              '--key', 'cosign.key'],
                             ['verify', 'app', '--offline', '--key', 'cosign.pub', '--bundle', 'P']):
                    environments.append(({name: secret}, line))
        def leak(case):
            settings, line = case
            own = {'PATH': os.environ['PATH'], 'HOME': os.getcwd(), 'https_proxy': 'http://127.0.0.1:1',
                   'COSIGN_PASSWORD': 'x', **settings}
            try:
                done = subprocess.run([R] + line, env=own, stdin=subprocess.DEVNULL,
                                      capture_output=True, timeout=20)
            except (subprocess.TimeoutExpired, ValueError, OSError) as error:
                return None if isinstance(error, ValueError) else f'{type(error).__name__}: {line[0]}'
            said = (done.stdout + done.stderr).decode(errors='replace')
            # A name that somebody chose may be in sight; what it was set to may not.
            if MARK in said or body[:20] in said:
                return f'{settings} {line} said {said}'
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            leaks = [text for text in pool.map(leak, environments) if text]
        print(len(environments) > 500, len(leaks))
        for text in leaks[:10]: print(text)
        """#

    private static let settings: String = {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/docs/settings.md"
    }()

    @Test("no text repeats a key, a token or a password, wherever on a command line it was put")
    func everywhere() throws {
        let run = try signing(
            """
            sandbox; COSIGN_PASSWORD=x $R generate-key-pair -q; echo '{}' >P
            cat >search.py <<'PYTHON'
            \(Self.search)
            PYTHON
            SETTINGS='\(Self.settings)' python3 search.py
            """, limit: .seconds(240))

        #expect(run.output == "True 0\n", "\(run.error)")
    }
}
