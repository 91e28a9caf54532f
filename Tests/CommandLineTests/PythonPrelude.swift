/// What every Python script of these tests can use.
///
/// `start` runs a bash script under the wrapper, `result` waits and names how it ended, `attempts`
/// counts the lines of the file `log`, to which the scripts write one line per attempt.
let pythonPrelude = #"""
    import json, os, re, resource, signal, socket, subprocess, sys, time
    R = os.environ['R']
    MARK = os.environ['MARK']

    def start(options, script, **settings):
        command = [R] + options.split() + ['--', 'bash', '-c', script]
        return subprocess.Popen(command, **settings)

    def result(process):
        code = process.wait(timeout=60)
        return signal.Signals(-code).name if code < 0 else str(code)

    def until(condition, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise SystemExit('waited in vain')
            time.sleep(0.005)

    def wait_for(path):
        until(lambda: os.path.exists(path))

    def leave_root():
        """Becomes a user of its own, who may write into the folder `open` only."""
        os.mkdir('open'); os.chmod('open', 0o777); os.chmod('.', 0o755)
        os.setgroups([]); os.setgid(65533); os.setuid(65533)

    def forbid_processes(process):
        """Nothing more can be started by it, once its command has made the file `open/up` and has ended."""
        wait_for('open/up')
        time.sleep(0.3)
        resource.prlimit(process.pid, resource.RLIMIT_NPROC, (0, 0))

    def attempts():
        return len(open('log').readlines()) if os.path.exists('log') else 0

    def marked():
        found = []
        for name in os.listdir('/proc'):
            try:
                words = open('/proc/' + name + '/cmdline', 'rb').read().split(b'\0')
                if name.isdigit() and MARK.encode() in words:
                    found.append(int(name))
            except OSError:
                pass
        return found


    """#
