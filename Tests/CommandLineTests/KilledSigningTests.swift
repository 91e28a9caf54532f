import Testing

@Suite("Signing that is killed")
struct KilledSigningTests {
    /// A Python script that starts `sign --resume`, kills it at a random moment, again and again, and in
    /// the end lets it finish. It prints the exit code, the entries, the files, and whether what was signed
    /// verifies; of an image how many signatures it has as well.
    ///
    /// - Parameter what: Shell words for what is signed, and for something that is signed before.
    private static func killing(log: Int, what: String, words: String, verifying: String) -> String
    {
        """
        python3 - $R $LOG \(what) <<'PYTHON'
        import json, os, random, signal, subprocess, sys, time, urllib.request
        binary, log, what, other = sys.argv[1:]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        ready = json.load(open('box/ready'))
        def counts():
            return json.load(opener.open(ready['tsa'] + '/sandbox/calls'))
        def files():
            return sorted(name for name in os.listdir('.') if name.startswith('app'))
        trust = ['--trust-config', f'box/client_trust_config_v{log}.json']
        sign = [binary, 'sign', '--resume', '-q', '-d', '10ms', *trust, \(words)]
        start = time.monotonic()
        subprocess.run([*sign, other], check=True)
        usual = time.monotonic() - start
        before = counts()
        for number in range(10):
            process = subprocess.Popen([*sign, what])
            time.sleep(random.uniform(0.1, 1.1) * usual)
            process.kill()
            if process.wait() == 0:
                break
            ends = '.sigstore.json', '.sigstore.pending.json'
            assert all(name == 'app' or name.endswith(ends) for name in files()), files()
        print(subprocess.run([*sign, what]).returncode)
        name = 'rekor-v' + log
        print(counts()['entries'][name] - before['entries'][name])
        print(files())
        verify = [binary, 'verify', *trust, \(verifying), what]
        print(subprocess.run([*verify, '-q']).returncode)
        if what.startswith('oci:'):
            found = subprocess.run([*verify, '--output', 'json'], stdout=subprocess.PIPE)
            print(len(json.loads(found.stdout)['signatures']))
        PYTHON
        """
    }

    private func kill(log: Int, isKeyed: Bool, _ start: String, what: String) throws
        -> WrapperProcess
    {
        try imaging(
            """
            LOG=\(log); box --round-trip=20 \(log == 2 ? "--checkpoint-interval=0.2" : "")
            export COSIGN_PASSWORD=; $R generate-key-pair -q --output-key-prefix k
            \(start)

            """
                + Self.killing(
                    log: log, what: what,
                    words: isKeyed ? "'--key', 'k.key'" : "'--identity-token', '@box/email.token'",
                    verifying: isKeyed
                        ? "'--key', 'k.pub'"
                        : "'--certificate-identity', 'maintainer@example.com', "
                            + "'--certificate-oidc-issuer-regexp', '.'"), limit: .seconds(300))
    }

    @Test(
        "ten kills at random moments, then --resume: one entry, and nothing else is left",
        arguments: [1, 2], [true, false])
    func kill(log: Int, isKeyed: Bool) throws {
        let run = try kill(log: log, isKeyed: isKeyed, "cp app other", what: "app other")

        #expect(run.output == "0\n1\n['app', 'app.sigstore.json']\n0\n", "\(run.error)")
    }

    @Test(
        "an image that is killed ten times has one entry, and one signature in its registry",
        arguments: [1, 2], [true, false])
    func killImage(log: Int, isKeyed: Bool) throws {
        let run = try kill(
            log: log, isKeyed: isKeyed, "image app v1 >v1; image app v2 >v2", what: "$I:v1 $I:v2")

        #expect(run.output == "0\n1\n['app']\n0\n1\n", "\(run.error)")
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
