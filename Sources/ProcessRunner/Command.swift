import Glibc

/// A program with its arguments and environment, as exact bytes.
package struct Command: Sendable {
    /// `argv`: the program's name or path first.
    package var arguments: [[UInt8]]
    /// `NAME=value` entries.
    package var environment: [[UInt8]]
    /// It is what this process was started for, so that variables which name us are meant for it.
    private var takesOurPlace: Bool

    package init(arguments: [[UInt8]], environment: [[UInt8]]) {
        self.init(arguments: arguments, environment: environment, takesOurPlace: true)
    }

    private init(arguments: [[UInt8]], environment: [[UInt8]], takesOurPlace: Bool) {
        self.arguments = arguments
        self.environment = environment
        self.takesOurPlace = takesOurPlace
    }

    /// `sh -c SCRIPT`, beside the command.
    package init(shell script: String, environment: [[UInt8]]) {
        self.init(
            arguments: [Array("sh".utf8), Array("-c".utf8), Array(script.utf8)],
            environment: environment, takesOurPlace: false)
    }

    /// It runs beside the command, so variables that name our process are none of its business.
    package var isOurOwn: Bool {
        get { !takesOurPlace }
        set { takesOurPlace = !newValue }
    }

    /// The program's name, without its folder; never its arguments, which may hold secrets.
    package var name: String {
        let program = arguments.first ?? []
        let base = program.split(separator: UInt8(ascii: "/")).last ?? program[...]
        return String(decoding: base, as: UTF8.self)
    }

    /// The program as it was given.
    package var program: String { String(decoding: arguments.first ?? [], as: UTF8.self) }

    /// Sets a variable of the environment; nil removes it.
    package mutating func set(_ name: String, to value: String?) {
        let prefix = Array("\(name)=".utf8)
        environment.removeAll { $0.starts(with: prefix) }
        if let value { environment.append(prefix + value.utf8) }
    }

    /// The environment for the process that becomes the command.
    ///
    /// Sources: sd_listen_fds(3), sd_watchdog_enabled(3), systemd.exec(5).
    func environment(for process: pid_t, insteadOf us: pid_t) -> [[UInt8]] {
        if !takesOurPlace { return environment }
        let names = ["LISTEN_PID", "WATCHDOG_PID", "SYSTEMD_EXEC_PID"]
        let ours = names.map { Array("\($0)=\(us)".utf8) }
        guard environment.contains(where: ours.contains) else { return environment }
        // It tells the process that `LISTEN_PID` names from a later one with the same number.
        let identity = Array("LISTEN_PIDFDID=".utf8)
        return environment.filter { !$0.starts(with: identity) }.map { entry in
            guard ours.contains(entry), let end = entry.firstIndex(of: UInt8(ascii: "=")) else {
                return entry
            }
            return Array(entry[...end]) + Array("\(process)".utf8)
        }
    }

    /// The strings of a list that ends in null.
    package static func strings(of list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?)
        -> [[UInt8]]
    {
        var strings: [[UInt8]] = []
        var next = list
        while let entry = next?.pointee {
            strings.append(Array(UnsafeRawBufferPointer(start: entry, count: strlen(entry))))
            next = next?.advanced(by: 1)
        }
        return strings
    }
}
