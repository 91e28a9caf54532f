import Glibc

/// A program with its arguments and environment, as exact bytes.
package struct Command: Sendable {
    /// `argv`: the program's name or path first.
    package var arguments: [[UInt8]]
    /// `NAME=value` entries.
    package var environment: [[UInt8]]

    package init(arguments: [[UInt8]], environment: [[UInt8]]) {
        self.arguments = arguments
        self.environment = environment
    }

    /// `sh -c SCRIPT`
    package init(shell script: String, environment: [[UInt8]]) {
        self.init(
            arguments: [Array("sh".utf8), Array("-c".utf8), Array(script.utf8)],
            environment: environment)
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
