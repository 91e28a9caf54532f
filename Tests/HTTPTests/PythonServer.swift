/// Servers that misbehave as the path asks them to, all in one process.
///
/// Each line of input is a command, each line of output its answer: `open` and `open FILE` (TLS with
/// the certificate and key in the file) give the port of a new server, `mute` that of one that never
/// says a word, `breaking WAY FILE` that of one that breaks off TLS; `close PORT` ends a server; `log PORT` gives what it has seen, connections and
/// requests, each noted before it is answered; `make-certificate KEY CERTIFICATE` makes both files,
/// `rehash FOLDER` an index of a folder of certificates;
/// `folder` gives a folder that ends with the process. The process ends with its input.
let pythonServer = #"""
    import gzip, json, os, shutil, socket, ssl, struct, subprocess, sys, tempfile, threading, time, zlib

    class Server:
        def __init__(self, certificate=None):
            self.entries = []
            self.sent = 0
            self.context = None
            if certificate:
                self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self.context.load_cert_chain(certificate)
            self.listener = socket.create_server(('127.0.0.1', 0), backlog=64)
            self.port = self.listener.getsockname()[1]
            threading.Thread(target=self.accept, daemon=True).start()

        def close(self):
            try:
                self.listener.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            self.listener.close()

        def accept(self):
            number = 0
            while True:
                try:
                    connection, _ = self.listener.accept()
                except OSError:
                    return
                number += 1
                self.entries.append(dict(event='connection', connection=number))
                threading.Thread(
                    target=self.serve, args=(connection, number), daemon=True).start()

        def serve(self, connection, number):
            try:
                if self.context:
                    connection = self.context.wrap_socket(connection, server_side=True)
                self.converse(connection, number)
            except OSError:
                pass
            connection.close()

        def converse(self, connection, number):
            file = connection.makefile('rb')
            count = 0
            while (request := read_request(file)):
                method, target, headers = request
                count += 1
                path = target.split('?')[0]
                body = b''
                if path != '/slam':
                    body = file.read(int(headers.get('content-length', 0)))
                self.entries.append(dict(
                    event='request', method=method, target=target, headers=headers,
                    body=len(body), connection=number))
                if method == 'CONNECT':
                    word = target.split('.')[0]
                    status = {'refuse': 407, 'down': 503}.get(word) or int(word[6:])
                    connection.sendall(answer(status))
                    return
                if method == 'HEAD':
                    connection.sendall(head('200', 'Content-Length: 5'))
                    continue
                if not self.perform(path, connection, number, count):
                    return

        def perform(self, path, connection, number, count):
            send = connection.sendall
            word, *rest = path.strip('/').split('/')
            if word == 'ok':
                body = b'connection %d, request %d' % (number, count)
                send(answer(200, body, ['X-Padded: \t a  b \t ']))
            elif word == 'status':
                send(answer(int(rest[0]), b'<html>\n<p>No</p>', rest[1:]))
            elif word == 'encoded':
                coded = {'gzip': gzip.compress, 'deflate': zlib.compress, 'raw': raw_deflate,
                         'none': bytes}
                body = coded[rest[0]](b'x' * int(rest[1]))
                encoding = {'raw': 'deflate', 'none': 'br'}.get(rest[0], rest[0])
                send(answer(200, body, ['Content-Encoding: ' + encoding]))
            elif word == 'redirect':
                send(answer(302, b'moved', ['Location: %s://127.0.0.1:%s/ok' % tuple(rest)]))
            elif word == 'hang':
                connection.recv(1)
            elif word == 'drip':
                send(head(rest[0], 'Content-Length: 1000'))
                while True:
                    send(b'.')
                    time.sleep(0.02)
            elif word == 'cut':
                send(head(rest[0], 'Content-Length: 1000') + b'half')
                return False
            elif word == 'empty':
                return False
            elif word == 'nonsense':
                send(b'hello\r\n\r\n')
                return False
            elif word == 'endless':
                send(head(rest[0]))
                while True:
                    send(b'x' * 65536)
                    self.sent += 65536
            elif word == 'sent':
                send(answer(200, b'%d' % self.sent))
            elif word == 'endless-header':
                send(b'HTTP/1.1 200 X\r\n')
                while True:
                    send(b'A: ' + b'x' * 1000 + b'\r\n')
            elif word == 'announce':
                send(head('200', 'Content-Length: 1000000000') + b'x')
                connection.recv(1)
            elif word == 'slam':
                reset(connection)
                return False
            elif word == 'last' and count > 1:
                # Nobody listens any more once the client hears of it.
                self.close()
                return False
            elif word == 'last':
                send(answer(200))
            return True

    def head(status, *headers):
        return '\r\n'.join(['HTTP/1.1 %s X' % status, *headers, '', '']).encode()
    def answer(status, body=b'', headers=()):
        lines = ['HTTP/1.1 %d X' % status, *headers, 'Content-Length: %d' % len(body), '', '']
        return '\r\n'.join(lines).encode() + body

    def raw_deflate(body):
        coder = zlib.compressobj(wbits=-15)
        return coder.compress(body) + coder.flush()

    def break_handshakes(listener, way, certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        while True:
            connection, _ = listener.accept()
            hello = connection.recv(65536)
            if way == 'reset':
                reset(connection)
                continue
            if way.startswith('alert-'):
                connection.sendall(b'\x15\x03\x03\x00\x02\x02' + bytes([int(way[6:])]))
            elif way == 'http':
                connection.sendall(answer(503))
            elif way == 'nonsense':
                connection.sendall(bytes(200))
            elif way == 'half':
                incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
                incoming.write(hello)
                try:
                    context.wrap_bio(incoming, outgoing, server_side=True).do_handshake()
                except ssl.SSLWantReadError:
                    pass
                connection.sendall(outgoing.read()[:600])
            connection.close()

    def reset(connection):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        connection.close()

    def read_request(file):
        first = file.readline().decode().split()
        if not first:
            return None
        headers = {}
        while (line := file.readline().decode().strip()):
            name, value = line.split(':', 1)
            headers[name.lower()] = value.strip()
        return first[0], first[1], headers

    servers = {}
    folder = tempfile.mkdtemp()
    for line in sys.stdin:
        word, *rest = line.split()
        if word == 'open':
            server = Server(*rest)
            servers[server.port] = server
            reply = server.port
        elif word == 'folder':
            reply = folder
        elif word == 'make-certificate':
            subprocess.run(
                ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
                 '-nodes', '-keyout', rest[0], '-out', rest[1], '-days', '2', '-subj', '/CN=test',
                 '-addext', 'subjectAltName=IP:127.0.0.1,IP:0.0.0.0'],
                check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            reply = ''
        elif word == 'rehash':
            subprocess.run(['openssl', 'rehash', rest[0]], check=True, stderr=subprocess.DEVNULL)
            reply = ''
        elif word == 'breaking':
            listener = socket.create_server(('127.0.0.1', 0))
            threading.Thread(
                target=break_handshakes, args=(listener, *rest), daemon=True).start()
            reply = listener.getsockname()[1]
        elif word == 'mute':
            mute = socket.create_server(('127.0.0.1', 0))
            reply = mute.getsockname()[1]
        elif word == 'close':
            servers.pop(int(rest[0])).close()
            reply = ''
        elif word == 'log':
            reply = json.dumps(servers[int(rest[0])].entries)
        sys.stdout.write(str(reply) + '\n')
        sys.stdout.flush()
    shutil.rmtree(folder)
    os._exit(0)

    """#
