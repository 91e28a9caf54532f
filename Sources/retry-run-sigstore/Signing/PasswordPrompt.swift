import CLinux
import Console
import Glibc
import OperatingSystem
import Synchronization

/// The terminal of this process, for something that it must not show.
struct PasswordPrompt: ~Copyable {
    /// The modes of a terminal that shows nothing now; who ends the process has to give them back.
    private struct Modes: @unchecked Sendable {
        let terminal: Int32
        var modes: termios
    }

    private static let silenced = Mutex<Modes?>(nil)

    private let descriptor: Int32
    private let before: termios

    /// Nil without a terminal.
    init?() {
        let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var modes = termios()
        guard terminal >= 0, tcgetattr(terminal, &modes) == 0 else {
            if terminal >= 0 { close(terminal) }
            return nil
        }
        descriptor = terminal
        before = modes
    }

    deinit {
        close(descriptor)
    }

    /// Asks in the foreground; Ctrl-Z gives the terminal back until the job goes on.
    /// - Throws: `UsageError` where no line comes, `Stopped`.
    borrowing func ask(_ question: String) throws -> [UInt8] {
        try Cancellation.withoutDeadline {
            var signals = sigset_t()
            var mask = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGTSTP)
            sigprocmask(SIG_BLOCK, &signals, &mask)
            defer { sigprocmask(SIG_SETMASK, &mask, nil) }
            while true {
                try awaitForeground()
                silence()
                defer {
                    Self.restoreTerminal()
                    say("\n")
                }
                say("retry-run: \(question)")
                if let line = try line() { return line }
            }
        }
    }

    /// Gives the terminal its modes back, from whichever thread.
    static func restoreTerminal() {
        let modes = silenced.withLock { silenced in
            defer { silenced = nil }
            return silenced
        }
        guard var modes else { return }
        // Not once all is shown: it may be stopped.
        tcsetattr(modes.terminal, TCSANOW, &modes.modes)
        tcflush(modes.terminal, TCIFLUSH)
    }

    private borrowing func silence() {
        let modes = Modes(terminal: descriptor, modes: before)
        Self.silenced.withLock { $0 = modes }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(descriptor, TCSANOW, &silent)
        tcflush(descriptor, TCIFLUSH)
    }

    /// To ask a job in the background would be to take the terminal from another one.
    private borrowing func awaitForeground() throws {
        var isTold = false
        while !isInForeground(descriptor) {
            if !isTold { Reporter().ask("waits in the background for a password: fg") }
            isTold = true
            _ = firstReady(of: [Cancellation.descriptor], until: .now + .milliseconds(100))
            try Cancellation.check()
            stopWhereAsked()
        }
    }

    /// Nil where the job was stopped meanwhile: what was typed before is gone.
    private borrowing func line() throws -> [UInt8]? {
        var line: [UInt8] = []
        while line.count < 4096 {
            let end = ContinuousClock.now.advanced(by: .milliseconds(100))
            let ready = firstReady(of: [Cancellation.descriptor, descriptor], until: end)
            try Cancellation.check()
            if stopWhereAsked() || !isInForeground(descriptor) { return nil }
            guard ready == 1 else { continue }
            var byte: UInt8 = 0
            guard read(descriptor, &byte, 1) == 1 else { break }
            if byte == UInt8(ascii: "\n") { return line }
            line.append(byte)
        }
        throw UsageError("no password was given")
    }

    /// Ctrl-Z: stops with the terminal as it was.
    /// - Returns: Whether it was stopped, and goes on now.
    @discardableResult
    private borrowing func stopWhereAsked() -> Bool {
        var pending = sigset_t()
        sigpending(&pending)
        guard sigismember(&pending, SIGTSTP) == 1 else { return false }
        Self.restoreTerminal()
        var signals = sigset_t()
        var mask = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTSTP)
        // Here it stops.
        sigprocmask(SIG_UNBLOCK, &signals, &mask)
        sigprocmask(SIG_SETMASK, &mask, nil)
        return true
    }

    private borrowing func say(_ text: String) {
        var text = text
        _ = text.withUTF8 { writeAll(descriptor, UnsafeRawBufferPointer($0)) }
    }
}
