import CLinux
import Console
import Glibc
import POSIX

/// The password of a private key.
struct Password {
    static let variable = "COSIGN_PASSWORD"

    /// Whether stdin is read for something else.
    let isStdinTaken: Bool

    /// From the variable; else from whoever is at the terminal; else the first line of stdin.
    ///
    /// - Parameter isNew: Asked for twice on a terminal.
    /// - Throws: `UsageError` where there is none.
    func read(isNew: Bool = false) throws -> [UInt8] {
        if let value = environmentVariable(Self.variable) { return Array(value.utf8) }
        if let terminal = PasswordPrompt() {
            let password = try terminal.ask("password of the private key: ")
            if isNew, try terminal.ask("the same again: ") != password {
                throw UsageError("the two passwords are not the same")
            }
            return password
        }
        guard !isStdinTaken, let line = Self.firstLineOfStdin() else {
            throw UsageError(
                "the private key takes a password: set \(Self.variable), or run on a terminal")
        }
        return line
    }

    /// Nil when stdin ends before anything has come.
    private static func firstLineOfStdin() -> [UInt8]? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 4096, Glibc.read(0, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return line }
            line.append(byte)
        }
        return line.isEmpty ? nil : line
    }
}

/// The terminal of this process, for something that it must not show.
struct PasswordPrompt: ~Copyable {
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

    borrowing func ask(_ question: String) throws -> [UInt8] {
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        // Until the line is there, a signal that ends this process would leave the terminal silent.
        var signals = sigset_t()
        var mask = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP] { sigaddset(&signals, signal) }
        sigprocmask(SIG_BLOCK, &signals, &mask)
        tcsetattr(descriptor, TCSAFLUSH, &silent)
        defer {
            var modes = before
            tcsetattr(descriptor, TCSAFLUSH, &modes)
            say("\n")
            sigprocmask(SIG_SETMASK, &mask, nil)
        }
        say("retry-run: \(question)")
        return try line()
    }

    private borrowing func line() throws -> [UInt8] {
        var line: [UInt8] = []
        while line.count < 4096 {
            var pending = sigset_t()
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&watched, 1, 100)
            sigpending(&pending)
            for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
            where sigismember(&pending, signal) == 1 {
                throw UsageError("no password was given")
            }
            var byte: UInt8 = 0
            guard watched.revents != 0 else { continue }
            guard Glibc.read(descriptor, &byte, 1) == 1 else { break }
            if byte == UInt8(ascii: "\n") { return line }
            line.append(byte)
        }
        throw UsageError("no password was given")
    }

    private borrowing func say(_ text: String) {
        var text = text
        _ = text.withUTF8 { writeAll(descriptor, UnsafeRawBufferPointer($0)) }
    }
}
