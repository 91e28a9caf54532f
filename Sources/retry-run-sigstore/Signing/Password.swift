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
        guard !isStdinTaken, let line = try Self.firstLineOfStdin() else {
            throw UsageError(
                "the private key takes a password: set \(Self.variable), or run on a terminal")
        }
        return line
    }

    /// Nil when stdin ends before anything has come.
    private static func firstLineOfStdin() throws -> [UInt8]? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 4096 {
            let ready = firstReady(of: [Cancellation.descriptor, 0], until: .now + .seconds(1))
            try Cancellation.check()
            guard ready == 1 else { continue }
            guard isInForeground(0), Glibc.read(0, &byte, 1) == 1 else { break }
            if byte == UInt8(ascii: "\n") { return line }
            line.append(byte)
        }
        return line.isEmpty ? nil : line
    }
}
