import ArgumentParser
import Console
import Glibc
import POSIX
import SigningCrypto

/// `retry-run generate-key-pair`
struct GenerateKeyPair: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Makes a key pair to sign with: PREFIX.key, encrypted, and PREFIX.pub.",
        discussion: """
            The password is that of COSIGN_PASSWORD, else it is asked for. It may be empty. Nothing \
            that is there already is replaced.
            """)

    @Option(help: ArgumentHelp("The names of the files, without endings.", valueName: "prefix"))
    var outputKeyPrefix = "cosign"

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func perform() throws -> ExitCode {
        let (privateFile, publicFile) = ("\(outputKeyPrefix).key", "\(outputKeyPrefix).pub")
        for file in [privateFile, publicFile] where InputFile.exists(file) {
            throw UsageError(
                "\(quoted(file)) is there already and is not replaced; choose another name with "
                    + "--output-key-prefix")
        }
        var password = try Password(isStdinTaken: false, isOfCosign: true).read(isNew: true)
        defer { cleanse(&password) }
        let key = try PrivateKey.generate()
        var pkcs8 = try key.pkcs8
        defer { cleanse(&pkcs8) }
        let file = try EncryptedKeyFile(sealing: pkcs8, password: password)
        try Self.create(privateFile, Array(file.pem.utf8), mode: 0o600)
        do {
            try Self.create(publicFile, Array(key.publicKey.pem.utf8), mode: 0o644)
        } catch {
            unlink(privateFile)
            throw error
        }
        Reporter(isQuiet: quiet).note("wrote \(privateFile) and \(publicFile)")
        return .success
    }

    /// Writes a file that was not there before, or none.
    private static func create(_ path: String, _ content: [UInt8], mode: mode_t) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw UsageError("cannot write \(quoted(path)): \(errorText(errno))") }
        defer { close(file) }
        guard content.withUnsafeBytes({ writeAll(file, $0) }) else {
            let number = errno
            unlink(path)
            throw UsageError("cannot write \(quoted(path)): \(errorText(number))")
        }
    }
}
