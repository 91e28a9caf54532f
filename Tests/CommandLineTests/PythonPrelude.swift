/// What every Python script of these tests can use.
///
/// `start` runs a bash script under the wrapper, `result` waits and names how it ended, `attempts`
/// counts the lines of the file `log`, to which the scripts write one line per attempt.
let pythonPrelude = #"""
    import json, os, re, signal, socket, subprocess, sys, time
    R = os.environ['R']
    MARK = os.environ['MARK']

    def start(options, script, **settings):
        command = [R] + options.split() + ['--', 'bash', '-c', script]
        return subprocess.Popen(command, **settings)

    def result(process):
        code = process.wait(timeout=20)
        return signal.Signals(-code).name if code < 0 else str(code)

    def until(condition, seconds=10):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise SystemExit('waited in vain')
            time.sleep(0.005)

    def wait_for(path):
        until(lambda: os.path.exists(path))

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
