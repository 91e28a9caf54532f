import CLinux
import Glibc

/// A browser that was started to show a page, or the program that passes the page on to one.
struct Browser: ~Copyable {
    /// Readable once it has ended; -1 where that cannot be watched.
    let descriptor: Int32
    private let process: pid_t

    /// Starts the first that there is of the commands of `$BROWSER`, else `xdg-open`.
    ///
    /// - Parameters:
    ///   - page: What to show, an https URL.
    ///   - variable: `$BROWSER`: commands with `:` between them, in each of which `%s` is the page;
    ///     one without gets it as its last word.
    /// - Returns: nil where none can be started.
    init?(showing page: String, variable: String?) {
        let commands = variable.flatMap { $0.isEmpty ? nil : $0 } ?? "xdg-open"
        for command in commands.split(separator: ":") {
            var words = command.split(separator: " ").map { String($0).replacing("%s", with: page) }
            guard !words.isEmpty else { continue }
            if !command.contains("%s") { words.append(page) }
            if let process = Self.start(words) {
                self.process = process
                descriptor = process_descriptor(process)
                return
            }
        }
        return nil
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Whether it has ended in a way that says that it shows nothing.
    borrowing func hasFailed() -> Bool {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG) == process && status != 0
    }

    /// Starts a program that has nothing of ours: no signal setting, no terminal, no descriptor.
    private static func start(_ words: [String]) -> pid_t? {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // A group of its own: Ctrl-C is for us, not for the browser.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // Not all of them are made to be closed, such as the sockets of swift-nio.
        _ = close_on_exec_from(3)

        let arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let result = posix_spawnp(
            &process, words[0], &actions, &attributes, arguments, environment_block())
        return result == 0 ? process : nil
    }
}
