import Glibc

/// The controlling terminal of this process.
package final class Terminal {
    private let descriptor: Int32
    /// Those that our group had in the foreground.
    private var modes: termios?
    /// The terminal was ours or the attempt's when we were last told.
    private var wasForeground = false

    /// Nil when the process has no controlling terminal.
    package init?() {
        descriptor = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        if descriptor < 0 { return nil }
        save()
    }

    /// True while this process group may use the terminal.
    package var isForeground: Bool { foregroundGroup == getpgrp() }

    /// The process group that may use the terminal.
    var foregroundGroup: pid_t { tcgetpgrp(descriptor) }

    /// Makes `group` the one that may use the terminal. SIGTTOU is blocked, so this never stops us.
    func setForegroundGroup(_ group: pid_t) {
        _ = tcsetpgrp(descriptor, group)
    }

    /// Takes note of the foreground and the modes, to be restored after a command that was killed.
    func save() {
        wasForeground = isForeground
        var modes = termios()
        self.modes = wasForeground && tcgetattr(descriptor, &modes) == 0 ? modes : nil
    }

    /// Takes note of whether a shell has resumed us in the foreground (`fg`) or not (`bg`).
    func noteForeground(isOfAttempt: (pid_t) -> Bool) {
        wasForeground = isForeground || isOfAttempt(foregroundGroup)
    }

    /// A killed program cannot put back what it changed: the group in the foreground (a shell with job
    /// control), echo, line mode. A terminal that somebody else holds is not ours to change.
    func restore(isOfAttempt: (pid_t) -> Bool) {
        if !isForeground {
            let holder = foregroundGroup
            let isGone = kill(-holder, 0) < 0 && errno == ESRCH
            guard wasForeground, isGone || isOfAttempt(holder) else { return }
            setForegroundGroup(getpgrp())
        }
        if var modes { _ = tcsetattr(descriptor, TCSANOW, &modes) }
    }
}
