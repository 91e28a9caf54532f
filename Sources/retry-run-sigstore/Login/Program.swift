import CLinux
import Glibc

/// Another program, started with nothing of ours: no signal setting, no terminal, no descriptor.
enum Program {
    /// Starts a program that is found in the `PATH`.
    ///
    /// - Parameter output: Where its standard output goes; `/dev/null` if nil.
    /// - Returns: nil, and `errno`, where it cannot be started.
    static func start(_ words: [String], output: Int32? = nil) -> pid_t? {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // A group of its own: Ctrl-C is for us.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }
        for descriptor: Int32 in 0...2 where descriptor != 1 || output == nil {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // Not all of them are made to be closed, such as the sockets of swift-nio.
        _ = close_on_exec_from(3)

        let arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let result = posix_spawnp(
            &process, words[0], &actions, &attributes, arguments, environment_block())
        errno = result
        return result == 0 ? process : nil
    }
}
