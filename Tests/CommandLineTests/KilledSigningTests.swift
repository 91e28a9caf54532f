import Testing

@Suite("Signing that is killed")
struct KilledSigningTests {
    /// A Python script that starts `sign --resume`, kills it at a random moment, again and again, and in
    /// the end lets it finish. It prints the exit code, the entries, and whether the bundle verifies.
    private static func killing(log: Int, words: String, verifying: String) -> String {
        """
        python3 - $R $LOG <<'PYTHON'
        import json, os, random, signal, subprocess, sys, time, urllib.request
        binary, log = sys.argv[1:]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        ready = json.load(open('box/ready'))
        def counts():
            return json.load(opener.open(ready['tsa'] + '/sandbox/calls'))
        trust = ['--trust-config', f'box/client_trust_config_v{log}.json']
        sign = [binary, 'sign', '--resume', '-q', '-d', '10ms', *trust, \(words), 'app']
        start = time.monotonic()
        subprocess.run([*sign, '-b', 'warm-up.sigstore.json'], check=True)
        usual = time.monotonic() - start
        before = counts()
        for number in range(10):
            process = subprocess.Popen(sign)
            time.sleep(random.uniform(0.1, 1.1) * usual)
            process.kill()
            if process.wait() == 0:
                break
        left = {name for name in os.listdir('.') if name.startswith('app')}
        assert left <= {'app', 'app.sigstore.json', 'app.sigstore.pending.json'}, left
        if not os.path.exists('app.sigstore.json'):
            print(subprocess.run(sign).returncode)
        else:
            print(0)
        name = 'rekor-v' + log
        print(counts()['entries'][name] - before['entries'][name])
        print(sorted(name for name in os.listdir('.') if name.startswith('app')))
        verify = [binary, 'verify', '-q', *trust, \(verifying), 'app']
        print(subprocess.run(verify).returncode)
        PYTHON
        """
    }

    @Test(
        "ten kills at random moments, then --resume: one entry, and nothing else is left",
        arguments: [1, 2], [true, false])
    func kill(log: Int, isKeyed: Bool) throws {
        let run = try signing(
            """
            LOG=\(log); sandbox --round-trip=20 \(log == 2 ? "--checkpoint-interval=0.2" : "")
            export COSIGN_PASSWORD=; $R generate-key-pair -q --output-key-prefix k
            """ + "\n"
                + Self.killing(
                    log: log,
                    words: isKeyed ? "'--key', 'k.key'" : "'--identity-token', '@box/email.token'",
                    verifying: isKeyed
                        ? "'--key', 'k.pub'"
                        : "'--certificate-identity', 'maintainer@example.com', "
                            + "'--certificate-oidc-issuer-regexp', '.'"), limit: .seconds(300))

        #expect(run.output == "0\n1\n['app', 'app.sigstore.json']\n0\n", "\(run.error)")
    }

    @Test("an interrupt in the middle of a batch leaves bundles and pending files, nothing else")
    func interrupt() throws {
        let run = try signing(
            """
            sandbox --round-trip=20 --checkpoint-interval=0.3 'rekor-v2/create:9-=503'
            for n in $(seq 10 29); do echo $n >f$n; done
            python3 - $R <<'PYTHON'
            import json, os, signal, subprocess, sys, time, urllib.request
            trust = ['--trust-config', 'box/client_trust_config_v2.json']
            process = subprocess.Popen(
                [sys.argv[1], 'sign', '--resume', '-q', '-d', '5s', '--parallel', '4', *trust,
                 '--identity-token', '@box/email.token'] + ['f%d' % n for n in range(10, 30)],
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline and not os.path.exists('f17.sigstore.json'):
                time.sleep(0.01)
            start = time.monotonic()
            process.send_signal(signal.SIGINT)
            print(process.wait(), time.monotonic() - start < 1)
            kinds = {name.partition('.')[2] for name in os.listdir('.') if name[0] == 'f'}
            print(sorted(kinds - {''}))
            for name in os.listdir('.'):
                if name.endswith('.json'):
                    json.load(open(name))
            PYTHON
            for bundle in f*.sigstore.json; do verify -q ${bundle%.sigstore.json} || echo bad; done
            faults ''; sign -q --resume f*[0-9]; echo $?; entries; ls f*.json | wc -l
            ls | grep -c pending
            """, limit: .seconds(300))

        #expect(
            run.output
                == "-2 True\n['sigstore.json', 'sigstore.pending.json']\n0\n20\n20\n0\n",
            "\(run.error)")
    }
}
