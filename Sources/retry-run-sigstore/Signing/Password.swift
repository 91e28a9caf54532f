import CLinux
import Console
import Glibc
import POSIX
import SigningCrypto

/// The password of a private key.
struct Password {
    static let variable = "COSIGN_PASSWORD"

    /// Whether stdin is read for something else.
    let isStdinTaken: Bool
    /// In cosign's verbs, a stdin that is no terminal is read before anybody at a terminal is asked.
    var isOfCosign = false

    /// A password, and where it is from.
    private enum Given {
        case certain([UInt8])
        /// A line of stdin, and whether a line feed ended it.
        case line([UInt8], isEnded: Bool)
    }

    /// From the variable; else from whoever is at the terminal; else the first line of stdin. In cosign's
    /// verbs the last two the other way round.
    ///
    /// - Parameter isNew: Asked for twice on a terminal.
    /// - Throws: `UsageError` where there is none.
    func read(isNew: Bool = false) throws -> [UInt8] {
        switch try given(isNew: isNew) {
        case .certain(let password), .line(let password, _): return password
        }
    }

    /// Opens a key, with a line feed behind the password where it is not right without: cosign takes one
    /// that ends its stdin for a part of it.
    func opening<Key>(
        _ open: (_ password: () throws -> [UInt8]) throws -> Key
    ) throws -> Key {
        var given: Given?
        defer {
            if case .certain(var password)? = given { cleanse(&password) }
            if case .line(var password, _)? = given { cleanse(&password) }
        }
        do {
            return try open {
                let read = try self.given(isNew: false)
                given = read
                switch read {
                case .certain(let password), .line(let password, _): return password
                }
            }
        } catch CryptoError.wrongPassword {
            guard case .line(var password, isEnded: true)? = given else { throw CryptoError.wrongPassword }
            password.append(UInt8(ascii: "\n"))
            return try open { password }
        }
    }

    private func given(isNew: Bool) throws -> Given {
        if let value = takeVariable(Self.variable) { return .certain(value) }
        let isAsked = isatty(0) == 1 || !isOfCosign
        if !isAsked, let line = firstLineOfStdin() { return line }
        if let terminal = PasswordPrompt() {
            let password = try terminal.ask("password of the private key: ")
            if isNew, try terminal.ask("the same again: ") != password {
                throw UsageError("the two passwords are not the same")
            }
            return .certain(password)
        }
        if isAsked, let line = firstLineOfStdin() { return line }
        throw UsageError(
            "the private key takes a password: set \(Self.variable), or run on a terminal")
    }

    /// Nil when stdin ends before anything has come.
    private func firstLineOfStdin() -> Given? {
        if isStdinTaken { return nil }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 4096, Glibc.read(0, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return .line(line, isEnded: true) }
            line.append(byte)
        }
        return line.isEmpty ? nil : .line(line, isEnded: false)
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
