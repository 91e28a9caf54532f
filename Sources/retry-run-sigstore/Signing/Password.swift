import Console
import Glibc
import OperatingSystem
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
            guard case .line(var password, isEnded: true)? = given else {
                throw CryptoError.wrongPassword
            }
            password.append(UInt8(ascii: "\n"))
            return try open { password }
        }
    }

    private func given(isNew: Bool) throws -> Given {
        if let value = takeVariable(Self.variable) { return .certain(value) }
        let isAsked = isatty(0) == 1 || !isOfCosign
        if !isAsked, let line = try firstLineOfStdin() { return line }
        if let terminal = PasswordPrompt() {
            let password = try terminal.ask("password of the private key: ")
            if isNew, try terminal.ask("the same again: ") != password {
                throw UsageError("the passwords do not match")
            }
            return .certain(password)
        }
        if isAsked, let line = try firstLineOfStdin() { return line }
        throw UsageError(
            "the private key is encrypted: set \(Self.variable), or run on a terminal")
    }

    /// Nil when stdin ends before anything has come.
    private func firstLineOfStdin() throws -> Given? {
        if isStdinTaken { return nil }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 4096 {
            let ready = firstReady(of: [Cancellation.descriptor, 0], until: .now + .seconds(1))
            try Cancellation.check()
            guard ready == 1 else { continue }
            guard isInForeground(0), Glibc.read(0, &byte, 1) == 1 else { break }
            if byte == UInt8(ascii: "\n") { return .line(line, isEnded: true) }
            line.append(byte)
        }
        return line.isEmpty ? nil : .line(line, isEnded: false)
    }
}
