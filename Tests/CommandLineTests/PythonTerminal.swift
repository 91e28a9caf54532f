/// A terminal for the scripts of the terminal tests, driven by Python.
///
/// `Terminal()` is a pseudo-terminal with an interactive bash, its prompt is `ready> `. `send` types,
/// `expect` waits for a text that arrives after all that was expected before, `prompt` for the
/// prompt. `finish` types `exit` and gives everything that was seen.
let pythonTerminal = #"""
    import fcntl, pty, select, termios

    class Terminal:
        def __init__(self, command=('bash', '--norc', '--noprofile', '-i')):
            self.seen = ''
            self.position = 0
            self.pid, self.fd = pty.fork()
            if self.pid == 0:
                os.environ.update(PS1='ready> ', TERM='dumb', HISTFILE='/dev/null')
                os.execvp(command[0], list(command))
            if command[0] == 'bash':
                self.prompt()
                self.run('bind "set enable-bracketed-paste off" 2>/dev/null')

        def send(self, text):
            os.write(self.fd, text.encode())

        def expect(self, text, seconds=20):
            end = time.monotonic() + seconds
            while self.seen.find(text, self.position) < 0:
                left = end - time.monotonic()
                if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                    raise SystemExit('no %r after %r' % (text, self.seen[self.position:]))
                try:
                    self.seen += os.read(self.fd, 65536).decode(errors='replace')
                except OSError:
                    raise SystemExit('terminal closed before %r: %r' % (text, self.seen))
            start = self.seen.find(text, self.position)
            before = self.seen[self.position:start]
            self.position = start + len(text)
            return before

        def prompt(self):
            return self.expect('ready> ')

        def type(self, line):
            self.send(line + '\n')
            self.expect('\n')

        def run(self, line):
            self.type(line)
            return self.prompt().replace('\r', '')

        def modes(self):
            return termios.tcgetattr(self.fd)

    CTRL_C, CTRL_Z, CTRL_BACKSLASH = '\x03', '\x1a', '\x1c'


    """#

extension WrapperProcess {
    /// Runs a script for Python that uses `Terminal`.
    static func terminal(_ script: String) throws -> WrapperProcess {
        try python(pythonTerminal + script)
    }
}
