import Testing

/// A signal ends a signing verb, whatever it is doing.
@Suite("Stopping the signing verbs")
struct StopTests {
    @Test(
        "INT, TERM, HUP and QUIT end the wait for an input, and the process dies of them",
        arguments: [("INT", 130), ("TERM", 143), ("HUP", 129), ("QUIT", 131)])
    func input(signal: String, code: Int) throws {
        let run = try stopping(
            """
            os.mkfifo('fifo'); reading, _ = os.pipe()
            for words in ['sign', 'fifo'] + NAME, ['sign', '-'] + NAME, \\
                    ['attest', 'app', '--predicate', 'fifo'] + NAME, \\
                    ['sign-blob', 'app', '--key', 'fifo'] + TRUST, \\
                    ['sign', 'app', '--identity-token', '@fifo'] + TRUST:
                print(stop(words + ['--bundle', 'b', '-R', 'rep'], 'SIG\(signal)', stdin=reading))
            subprocess.run([R, 'sign', '-q', '-b', 'good', 'app'] + NAME)
            for words in ['verify', 'fifo', '-b', 'good'], ['verify', 'app', '-b', 'fifo'], \\
                    ['verify-blob', 'fifo', '--bundle', 'good']:
                print(stop(words + WHO, 'SIG\(signal)'))
            print(sorted(os.listdir('.')))
            """)

        #expect(
            run.output
                == String(repeating: "SIG\(signal) soon cancelled \(code)\n", count: 5)
                + String(repeating: "SIG\(signal) soon\n", count: 3)
                + "['app', 'box', 'fifo', 'good']\n")
        #expect(run.error.contains("fifo is not signed: cancelled by SIG\(signal) (UNAVAILABLE)"))
    }

    @Test("nor does an output that nobody takes keep it, and the bundle of an entry is not lost")
    func output() throws {
        let run = try stopping(
            """
            import fcntl, termios
            os.mkfifo('fifo')
            print(stop(['sign', 'app', '-b', 'fifo', '-R', 'rep'] + NAME))
            reader = os.open('fifo', os.O_RDONLY | os.O_NONBLOCK)
            open('text', 'w').write('x' * 200000)
            calls = ['attest', 'app', '--predicate', 'text', '-b', 'fifo', '-R', 'rep', '--no-log']
            with open('log', 'w') as log:
                full = lambda pid: int.from_bytes(
                    fcntl.ioctl(reader, termios.FIONREAD, bytes(4)), 'little') > 60000
                print(stop(calls + NAME, stderr=log, ready=full))
            bundle = [line for line in open('log') if line.startswith('{')]
            print(len(bundle), 'dsseEnvelope' in bundle[0])
            """)

        #expect(
            run.output == "SIGTERM soon cancelled 143\nSIGTERM soon cancelled 143\n1 True\n",
            "\(run.error)")
    }

    @Test(
        "reading for hours and computing for seconds end as soon, by a signal or a given deadline")
    func computing() throws {
        let run = try stopping(
            """
            open('big', 'w').truncate(1 << 40)
            subprocess.run([R, 'sign', '-q', 'app'] + NAME)
            script = ('openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | openssl pkcs8 '
                '-topk8 -v2 aes-256-cbc -iter 2000000 -passout pass:x -out slow.key')
            subprocess.run(['bash', '-c', script], check=True)
            os.environ['COSIGN_PASSWORD'] = 'x'
            output = ['-b', 'b', '-R', 'rep']
            slow = ['sign', 'app', '--key', 'slow.key'] + output + TRUST
            verify = ['verify', 'big', '-b', 'app.sigstore.json'] + WHO
            for words in ['sign', 'big'] + output + NAME, verify, slow:
                print(stop(words, ready=computes), stop(words, 'SIGINT', computes))
            blob = ['verify-blob', 'big', '--bundle', 'app.sigstore.json', '--timeout', '300ms'] + WHO
            for words in ['sign', 'big', '-T', '300ms'] + output + NAME, verify + ['-T', '300ms'], \\
                    slow + ['-T', '300ms'], blob:
                start = time.monotonic()
                code = subprocess.run([R] + words).returncode
                print(code, time.monotonic() - start < 15)
            print(json.load(open('rep'))['result'], os.path.exists('b'))
            """)

        #expect(
            run.output == """
                SIGTERM soon cancelled 143 SIGINT soon cancelled 130
                SIGTERM soon SIGINT soon
                SIGTERM soon cancelled 143 SIGINT soon cancelled 130
                124 True
                124 True
                124 True
                124 True
                timeout False

                """, "\(run.error)")
    }

    @Test("a full stderr keeps neither the end nor the report, and no signal is left pending")
    func fullStandardError() throws {
        let run = try stopping(
            """
            import fcntl, threading
            reading, writing = os.pipe()
            os.set_blocking(writing, False)
            try:
                while True: os.write(writing, bytes(4096))
            except BlockingIOError:
                os.set_blocking(writing, True)
            failing = ['sign', 'app', '-R', 'rep', '-d', '1ms'] + NAME
            print(stop(failing, stderr=writing), stop(['sign'], stderr=writing))

            process = subprocess.Popen([R] + failing, stderr=writing)
            until(lambda: waits(process.pid))
            process.terminate()
            time.sleep(0.1)
            status = open('/proc/%d/status' % process.pid).read()
            print(re.findall('(?:SigPnd|ShdPnd):\\t(.*)', status))
            # A second signal does not wait for the grace period, 400 ms; the machine may.
            waited = []
            for attempt in range(5):
                start = time.monotonic()
                process.send_signal(signal.SIGINT)
                status = process.wait()
                waited.append(time.monotonic() - start)
                if min(waited) < 0.2: break
                process = subprocess.Popen([R] + failing, stderr=writing)
                until(lambda: waits(process.pid))
                process.terminate()
            print(status, min(waited) < 0.2)
            """, faults: ["fulcio/certificate:1-9=503"])

        #expect(
            run.output == """
                SIGTERM soon cancelled 143 SIGTERM soon
                ['0000000000000000', '0000000000000000']
                -15 True

                """, "\(run.error)")
    }

    @Test("what was ignored at the start stays ignored; what was blocked is heard all the same")
    func entryState() throws {
        let run = try stopping(
            """
            os.mkfifo('fifo')
            words = ['sign', 'fifo', '-b', 'b'] + NAME
            print(stop(words, 'SIGHUP', prepare=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)))
            print(stop(words, prepare=lambda: signal.pthread_sigmask(
                signal.SIG_BLOCK, [signal.SIGTERM])))
            """)

        #expect(run.output == "goes on\nSIGTERM soon\n")
    }

    @Test(
        "a name server that does not answer is not waited for",
        .enabled(if: Capability.mountNamespace))
    func nameServer() throws {
        let vectors =
            #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" }
            + "/TestVectors"
        let run = try WrapperProcess.python(
            """
            # Names are asked for at an address of this machine where somebody listens and says nothing.
            open('resolv.conf', 'w').write('nameserver 127.0.0.1\\noptions timeout:30')
            # What can be said without a service is in order.
            import base64, shutil
            part = lambda **claims: base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')
            token = '.'.join([part(alg='ES256'), part(iss='https://oauth2.sigstore.dev/auth', aud='sigstore',
                sub='a', email='a@b.c', email_verified=True, exp=int(time.time()) + 600), 'c2ln'])
            open('token', 'w').write(token)
            shutil.copy('\(vectors)/artifact.txt', 'app')
            shutil.copy('\(vectors)/accepted/v0.3-blob-rekor-v2.sigstore.json', 'app.sigstore.json')
            open('inside', 'w').write('''
            import fcntl, os, signal, socket, struct, subprocess, sys, time
            probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            fcntl.ioctl(probe, 0x8914, struct.pack('16sh', b'lo', 1))
            probe.bind(('127.0.0.1', 53))
            for verb in (['sign', 'app', '--identity-token', '@token', '--overwrite'],
                    ['verify', 'app', '--certificate-identity', 'release@example.com',
                        '--certificate-oidc-issuer', 'https://accounts.example.com']):
                process = subprocess.Popen(sys.argv[1:] + verb, stderr=subprocess.DEVNULL)
                probe.recv(1000)
                start = time.monotonic()
                process.terminate()
                print(process.wait(), time.monotonic() - start < 1)
            '''.replace('\\n            ', '\\n'))
            subprocess.run(['unshare', '-mn', 'bash', '-c',
                'mount --bind resolv.conf "$(realpath /etc/resolv.conf)" && exec python3 inside ' + R])
            """)

        #expect(run.output == "-15 True\n-15 True\n", "\(run.error)")
    }
}
