import CLinux
import Console
import Glibc

/// Another program, started with nothing of ours: no signal setting, no terminal, no descriptor, no
/// password or token.
enum Program {
    /// Starts a program that is found in the `PATH`.
    ///
    /// - Parameters:
    ///   - input: Where its standard input comes from; `/dev/null` if nil.
    ///   - output: Where its standard output goes; `/dev/null` if nil.
    ///   - own: What the names of the secret variables begin with that are for this program.
    /// - Returns: nil, and `errno`, where it cannot be started.
    static func start(
        _ words: [String], input: Int32? = nil, output: Int32? = nil, own: [String] = []
    ) -> pid_t? {
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
        for (descriptor, given) in [(Int32(0), input), (1, output), (2, nil)] {
            if let given {
                posix_spawn_file_actions_adddup2(&actions, given, descriptor)
            } else {
                posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
            }
        }
        // Not all of them are made to be closed, such as the sockets of swift-nio.
        _ = close_on_exec_from(3)

        let arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let environment = variables(own: own)
        var process: pid_t = 0
        let result = posix_spawnp(
            &process, words[0], &actions, &attributes, arguments, environment)
        errno = result
        return result == 0 ? process : nil
    }

    /// The environment without what has the name or the looks of a secret.
    private static func variables(own: [String]) -> [UnsafeMutablePointer<CChar>?] {
        var kept: [UnsafeMutablePointer<CChar>?] = []
        var next = environment_block()
        while let entry = next?.pointee {
            let text = String(cString: entry)
            let name = String(text.prefix { $0 != "=" })
            let isOwn = own.contains(where: name.hasPrefix)
            if isOwn || !isSecret(name, String(text.dropFirst(name.count + 1))) {
                kept.append(entry)
            }
            next = next?.advanced(by: 1)
        }
        return kept + [nil]
    }

    static func isSecret(_ name: String, _ value: String) -> Bool {
        let words = [
            "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "CREDENTIAL", "PRIVATE",
        ]
        let name = name.uppercased()
        return words.contains(where: name.contains) || name.hasSuffix("_KEY")
            || name.hasSuffix("_PIN") || name.hasSuffix("_PASS") || value.contains("-----BEGIN")
            || value.utf8.count < 4096 && !value.hasPrefix("/") && mayBeSecret(value)
    }
}
