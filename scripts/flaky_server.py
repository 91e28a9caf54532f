"""A service that answers 503 twice and works from then on; writes its port into a file: python3 flaky_server.py FILE."""

import http.server
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    calls = 0

    def do_GET(self):
        Handler.calls += 1
        if Handler.calls <= 2:
            self.send_error(503)
            return
        body = b"the signature, on call %d\n" % Handler.calls
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1], "w") as file:
    print(server.server_port, file=file)
server.serve_forever()
