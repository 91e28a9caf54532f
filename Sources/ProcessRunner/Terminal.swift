import Glibc

/// The controlling terminal of this process.
package final class Terminal {
    private let descriptor: Int32
    private var modes: termios

    /// Nil when the process has no controlling terminal.
    package init?() {
        descriptor = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        modes = termios()
        if descriptor < 0 { return nil }
        saveModes()
    }

    /// True while this process group may use the terminal.
    package var isForeground: Bool { tcgetpgrp(descriptor) == getpgrp() }

    /// Takes note of the terminal modes, to be restored after a command that was killed.
    func saveModes() {
        _ = tcgetattr(descriptor, &modes)
    }

    /// A killed program cannot put back what it changed (echo, line mode). SIGTTOU is blocked, so
    /// this never stops us; in the background the terminal is not ours to change.
    func restoreModes() {
        if isForeground { _ = tcsetattr(descriptor, TCSANOW, &modes) }
    }
}
