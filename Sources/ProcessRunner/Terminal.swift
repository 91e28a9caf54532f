import Glibc

/// The controlling terminal of this process.
package final class Terminal {
    private let descriptor: Int32
    private var modes = termios()
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
        _ = tcgetattr(descriptor, &modes)
        wasForeground = isForeground
    }

    /// A killed program cannot put back what it changed: the group in the foreground (a shell with job
    /// control), echo, line mode. In the background the terminal is not ours to change.
    func restore() {
        if !wasForeground { return }
        if !isForeground { setForegroundGroup(getpgrp()) }
        _ = tcsetattr(descriptor, TCSANOW, &modes)
    }
}
