import Testing

@Suite("Traces")
struct TraceTests {
    /// A collector's stand-in: `received` has the bodies, `endpoint` its address.
    private let collector = """
        import http.server, threading
        received = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                received.append(json.loads(self.rfile.read(int(self.headers['Content-Length']))))
                self.send_response(STATUS)
                self.send_header('Content-Length', str(len(ANSWER)))
                self.end_headers()
                self.wfile.write(ANSWER)

            def log_message(self, *words):
                pass

        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint = 'http://127.0.0.1:%d' % server.server_port

        def run(*words, **variables):
            variables.setdefault('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint)
            return subprocess.run([R, *words], env={**os.environ, **variables},
                stdin=subprocess.DEVNULL, capture_output=True, text=True)


        """

    private func python(
        _ script: String, status: Int = 200, answer: String = ""
    ) throws -> WrapperProcess {
        try .python("STATUS = \(status)\nANSWER = b'\(answer)'\n" + collector + script)
    }

    @Test(
        "a run has a span, and so has each attempt and each pause; the command gets its attempt's")
    func spans() throws {
        let run = try python(
            """
            done = run('-q', '-d', '10ms', 'sh', '-c',
                'echo $TRACEPARENT; exit $((RETRY_RUN_ATTEMPT < 2))', 'hunter2')
            spans = received[0]['resourceSpans'][0]['scopeSpans'][0]['spans']
            print([span['name'] for span in spans], len(received), done.returncode)
            own = ['00-%s-%s-03' % (span['traceId'], span['spanId']) for span in spans[1::2]]
            print(done.stdout.split() == own, 'hunter2' in json.dumps(received), repr(done.stderr))
            """)

        #expect(
            run.output
                == "['retry-run', 'sh', 'pause', 'sh'] 1 0\nTrue False ''\n")
    }

    @Test("a caller's trace goes on, with its state and baggage")
    func caller() throws {
        let run = try python(
            """
            done = run('sh', '-c', 'echo $TRACESTATE $BAGGAGE', BAGGAGE='user=alice', TRACESTATE='v=1',
                TRACEPARENT='00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')
            span = received[0]['resourceSpans'][0]['scopeSpans'][0]['spans'][0]
            print(span['traceId'], span['parentSpanId'], span['traceState'], done.stdout, end='')
            """)

        #expect(
            run.output
                == "0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 v=1 v=1 user=alice\n")
    }

    @Test("a collector that says no changes nothing, and of a success nothing is said")
    func refused() throws {
        let run = try python(
            """
            for words in ('true',), ('-a', '2', '-d', '0', 'sh', '-c', 'exit 7'):
                done = run(*words)
                print(done.returncode, repr(done.stdout), 'not sent: status 400' in done.stderr,
                    done.stderr.count('\\n'))
            """, status: 400)

        #expect(run.output == "0 '' False 0\n7 '' True 4\n")
    }

    @Test("what a collector has not accepted is said, and that the trace was sent is not denied")
    func partlyAccepted() throws {
        let run = try python(
            """
            said = run('-a', '1', 'false').stderr
            print([line for line in said.splitlines() if 'warning' in line])
            """, answer: #"{"partialSuccess":{"rejectedSpans":"2"}}"#)

        #expect(run.output == "['retry-run: warning: the collector has rejected 2 spans']\n")
    }

    @Test("a collector that hangs delays the run by 2 s at most")
    func hanging() throws {
        let run = try python(
            """
            silent = socket.create_server(('127.0.0.1', 0))
            start = time.monotonic()
            done = run('-q', '-a', '1', 'sh', '-c', 'exit 7',
                OTEL_EXPORTER_OTLP_ENDPOINT='http://127.0.0.1:%d' % silent.getsockname()[1])
            elapsed = time.monotonic() - start
            print(done.returncode, elapsed > 1, elapsed < 4)
            """)

        #expect(run.output == "7 True True\n")
    }

    @Test("without an endpoint the caller's context goes through unchanged")
    func untouched() throws {
        let run = try WrapperProcess.bash(
            "TRACEPARENT=any TRACESTATE=x $R sh -c 'echo $TRACEPARENT $TRACESTATE'")

        #expect(run.output == "any x\n")
    }

    @Test("a run that a signal ends is sent, with the signal as its end")
    func cancelled() throws {
        let run = try python(
            """
            os.environ['OTEL_EXPORTER_OTLP_ENDPOINT'] = endpoint
            p = start('-q', 'touch up; exec sleep $MARK')
            wait_for('up')
            p.terminate()
            print(result(p), len(received), 'cancelled' in json.dumps(received))
            """)

        #expect(run.output == "SIGTERM 1 True\n")
    }
}
