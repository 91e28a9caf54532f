import ArgumentParser
import Console
import Glibc
import OperatingSystem
import SigningCrypto

/// `retry-run generate-key-pair`
struct GenerateKeyPair: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Generates a key pair: PREFIX.key, encrypted, and PREFIX.pub.",
        discussion: """
            The password is that of COSIGN_PASSWORD, else it is asked for. It may be empty. Nothing \
            that is there already is replaced.
            """)

    @Option(help: ArgumentHelp("The names of the files, without endings.", valueName: "prefix"))
    var outputKeyPrefix = "cosign"

    @Flag(name: .shortAndLong, help: "Print errors only.")
    var quiet = false

    func perform() throws -> ExitCode {
        let privateFile = KeyOutput("\(outputKeyPrefix).key", mode: 0o600)
        let publicFile = KeyOutput("\(outputKeyPrefix).pub", mode: 0o644)
        for file in [privateFile, publicFile] { try file.prove() }
        var password = try Password(isStdinTaken: false, isOfCosign: true).read(isNew: true)
        defer { cleanse(&password) }
        let key = try PrivateKey.generate()
        var pkcs8 = try key.pkcs8
        defer { cleanse(&pkcs8) }
        let file = try EncryptedKeyFile(sealing: pkcs8, password: password)
        try Cancellation.check()
        try privateFile.write(file.pem)
        do {
            try publicFile.write(key.publicKey.pem)
        } catch {
            unlink(privateFile.path.fileNameCharacters)
            throw error
        }
        Reporter(isQuiet: quiet).note("wrote \(privateFile.path) and \(publicFile.path)")
        return .success
    }
}

/// A file that gets one half of a key pair: one that was not there before, and is no link.
private struct KeyOutput {
    let path: String
    private let output: OutputFile

    init(_ path: String, mode: UInt32) {
        self.path = path
        output = OutputFile(path, existing: .isKept, mode: mode, followsLinks: false)
    }

    func prove() throws {
        try telling { () throws(FileError) in try output.prove() }
    }

    func write(_ pem: String) throws {
        try telling { () throws(FileError) in try output.write(Array(pem.utf8)) }
    }

    private func telling(_ body: () throws(FileError) -> Void) throws {
        do {
            try body()
        } catch  where error.number == EEXIST {
            throw UsageError(
                "\(quoted(path)) already exists and is not replaced; choose another name with "
                    + "--output-key-prefix")
        } catch {
            throw UsageError("cannot write the key: \(error)")
        }
    }
}
