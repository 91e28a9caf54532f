/// A Python script with a sandbox, `app` and a bundle of it, that stops the real binary.
///
/// `stop(words, signal)` starts a verb in a session of its own, sends the signal once it waits for
/// something, or `ready` holds of its process, and gives how the process ended, whether within a second, and what the report says
/// (`rep`, if the words name it). `TRUST`, `NAME` and `WHO` are words for the verbs.
func stopping(
    _ script: String, faults: [String] = [], limit: Duration = .seconds(180)
) throws -> WrapperProcess {
    try WrapperProcess.python(
        """
        BOX = subprocess.Popen(
            [os.path.dirname(R) + '/sigstore-sandbox', '--folder', 'box', '--until-input-ends']
            + sum((['--fault', fault] for fault in \(faults)), []),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        wait_for('box/ready')
        TRUST = ['--trust-config', 'box/client_trust_config_v2.json']
        NAME = TRUST + ['--identity-token', '@box/email.token']
        WHO = TRUST + ['--certificate-identity', 'maintainer@example.com',
            '--certificate-oidc-issuer-regexp', '.']
        open('app', 'w').write('app')

        def usage(pid):
            fields = open('/proc/%d/stat' % pid).read().rpartition(')')[2].split()
            return fields[0], int(fields[11]) + int(fields[12])

        # The process has got to something that takes its time.
        def waits(pid):
            before = usage(pid)
            time.sleep(0.2)
            return before[0] == 'S' and usage(pid) == before and before[1] > 0

        def computes(pid):
            return usage(pid)[1] > 60

        def stop(words, name='SIGTERM', ready=None, prepare=None, again=False, **settings):
            if os.path.exists('rep'):
                os.unlink('rep')
            def child():
                for number in range(1, 32):
                    if number not in (signal.SIGKILL, signal.SIGSTOP):
                        signal.signal(number, signal.SIG_DFL)
                if prepare:
                    prepare()
            settings.setdefault('stdin', subprocess.DEVNULL)
            process = subprocess.Popen(
                [R] + words, preexec_fn=child, start_new_session=True, **settings)
            until(lambda: process.poll() is not None or (ready or waits)(process.pid), 20)
            if process.poll() is not None:
                return 'ended before with %d' % process.returncode
            start = time.monotonic()
            process.send_signal(getattr(signal, name))
            try:
                code = process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                return 'goes on'
            soon = 'soon' if time.monotonic() - start < 1 else 'late'
            how = signal.Signals(-code).name if code < 0 else str(code)
            report = json.load(open('rep')) if os.path.exists('rep') else {}
            said = [str(report[key]) for key in ('result', 'exit_code') if key in report]
            return ' '.join([how, soon] + said)


        """ + script, limit: limit)
}
