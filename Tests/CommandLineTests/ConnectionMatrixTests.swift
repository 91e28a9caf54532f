import Testing

@Suite("Connections that come to nothing")
struct ConnectionMatrixTests {
    private static let services = ["issuer", "fulcio", "tsa", "rekor-v1", "rekor-v2", "tuf"]

    @Test(
        "one that fails is made again and then unavailable; distrust is final, at the first one",
        .timeLimit(.minutes(8)))
    func matrix() throws {
        let run = try WrapperProcess.python(Self.script, limit: .seconds(450))
        let rows = run.output.split(separator: "\n").map {
            $0.split(separator: " ").map(String.init)
        }
        print(run.output)

        #expect(run.error == "")
        #expect(rows.first == ["attempts/exit"] + Self.services)
        let faults = ["refused", "reset", "eof", "alert:40", "alert:80", "http", "half"]
        let distrusts = ["untrusted", "expired", "wrong-host"]
        let expected =
            faults.flatMap { [[$0, "once", "2/0"], [$0, "always", "3/69"]] }
            + distrusts.flatMap { [[$0, "once", "1/1"], [$0, "always", "1/1"]] }
        #expect(rows.count == expected.count + 1)
        for (row, wanted) in zip(rows.dropFirst(), expected) {
            #expect(row == wanted + Array(repeating: wanted[2], count: 5))
        }
    }

    /// Signs with each fault of each service, and prints a table of attempts and exit codes.
    private static let script = #"""
        import shutil, ssl, threading, urllib.request
        SERVICES = ['issuer', 'fulcio', 'tsa', 'rekor-v1', 'rekor-v2', 'tuf']
        PHASES = dict(zip(SERVICES, ['token', 'certificate', 'timestamp', 'log', 'log', 'trust']))
        # While the certificate is waited for, a connection to each of these is opened ahead of the first attempt.
        OPENED_AHEAD = ['tsa', 'rekor-v1', 'rekor-v2']
        box = subprocess.Popen(
            [os.path.dirname(R) + '/sigstore-sandbox', '--tls', '--folder', 'box', '--until-input-ends'],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        wait_for('box/ready')
        ready = json.load(open('box/ready'))
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile='box/ca.pem')))
        open('app', 'w').write('an app')

        def plan(service, line):
            control = 'tsa' if service == 'issuer' else 'issuer'
            opener.open(ready[control] + '/sandbox/faults', line.encode()).read()

        def command(service, name, address):
            """The words and variables by which that service is reached at that address."""
            words = ['--cacert', 'box/ca.pem', '--overwrite', '-R', name + '.report', '-b', name + '.bundle']
            shutil.rmtree(name + '.cache', ignore_errors=True)
            variables = {'XDG_CACHE_HOME': os.path.abspath(name + '.cache')}
            moved = lambda text: text.replace(ready[service], address)
            version = '_v1' if service == 'rekor-v1' else '_v2'
            if service == 'tuf':
                words += ['--tuf-url', address, '--tuf-root', 'box/root.json']
            else:
                config = json.load(open('box/client_trust_config%s.json' % version))
                config['signingConfig'] = json.loads(moved(json.dumps(config['signingConfig'])))
                json.dump(config, open(name + '.config', 'w'))
                words += ['--trust-config', name + '.config']
            if service == 'issuer':
                variables.update(GITHUB_ACTIONS='true', CI='true')
                for key in ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN']:
                    variables[key] = moved(ready[key])
            else:
                words += ['--identity-token', '@box/email.token']
            return [R, 'sign', 'app'] + words, dict(os.environ, **variables)

        def cell(service, name, code):
            phases = json.load(open(name + '.report'))['phases']
            attempts = [attempt for phase in phases if phase['phase'] == PHASES[service]
                        for attempt in phase['attempts']]
            failed = [attempt for attempt in attempts if attempt['verdict'] != 'success']
            return '%d/%d' % (len(failed) + (code == 0), code)

        def broken(service, kind, numbers):
            plan(service, '%s/handshake:%s=%s' % (service, numbers, kind))
            words, variables = command(service, service, ready[service])
            code = subprocess.run(words + ['-d', '10ms'], env=variables, stdin=subprocess.DEVNULL,
                                  capture_output=True).returncode
            plan(service, '')
            return cell(service, service, code)

        def pump(source, sink):
            try:
                while data := source.recv(65536):
                    sink.sendall(data)
                sink.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        def relay(door, port):
            while True:
                client, _ = door.accept()
                server = socket.create_connection(('127.0.0.1', port))
                for ends in [(client, server), (server, client)]:
                    threading.Thread(target=pump, args=ends, daemon=True).start()

        def refused(service, is_once, cells):
            """A port that nobody listens on, until the first attempt has failed."""
            door = socket.socket()
            door.bind(('127.0.0.1', 0))
            port = int(ready[service].rsplit(':', 1)[1])
            words, variables = command(
                service, service, 'https://127.0.0.1:%d' % door.getsockname()[1])
            process = subprocess.Popen(words + ['-d', '2s' if is_once else '10ms'], env=variables,
                                       stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            for line in process.stderr:
                if is_once and 'attempt 1 of 3 failed' in line:
                    door.listen()
                    threading.Thread(target=relay, args=(door, port), daemon=True).start()
            cells[service] = cell(service, service, process.wait())

        def row(kind, times, cells):
            print(kind.ljust(11), times.ljust(7), *(cells[service].ljust(9) for service in SERVICES))

        print('attempts/exit'.ljust(19), *(service.ljust(9) for service in SERVICES))
        plan('tuf', '')
        for times in ['once', 'always']:
            cells = {}
            threads = [threading.Thread(target=refused, args=(service, times == 'once', cells))
                       for service in SERVICES]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]
            row('refused', times, cells)
        for kind in ['reset', 'eof', 'alert:40', 'alert:80', 'http', 'half', 'untrusted', 'expired',
                     'wrong-host']:
            row(kind, 'once', {service: broken(service, kind, '1-2' if service in OPENED_AHEAD else '1')
                               for service in SERVICES})
            row(kind, 'always', {service: broken(service, kind, '1-') for service in SERVICES})
        box.stdin.close()
        box.wait()
        """#
}
