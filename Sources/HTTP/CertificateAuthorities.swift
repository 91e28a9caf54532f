import FoundationEssentials
import Glibc

/// Whose certificates are trusted in TLS.
package struct CertificateAuthorities: Sendable {
    /// A file, or folders parted by colons; without a path there are none.
    struct Place {
        let path: String?
    }

    /// Nil for the system's.
    let file: Place?
    /// Nil for the system's.
    let folders: Place?
    /// What an error says besides, where somebody may have meant to trust more than is.
    let advice: String

    package static let system = CertificateAuthorities(environment: [:])

    /// Those in a file of PEM certificates, and they alone.
    package init(only file: String) {
        self.file = Place(path: file)
        folders = Place(path: nil)
        advice = ""
    }

    /// The variables as OpenSSL and Go read them: `SSL_CERT_FILE` stands in for the system's file,
    /// `SSL_CERT_DIR`, folders parted by colons, for the system's folder; each leaves the other's
    /// place as it is.
    ///
    /// An empty one is unset. A file that cannot be read has no certificates.
    package init(environment: [String: String]) {
        func named(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        folders = named("SSL_CERT_DIR").map { Place(path: $0) }
        guard let path = named("SSL_CERT_FILE") else {
            file = nil
            advice = ""
            return
        }
        let isReadable = access(path, R_OK) == 0
        file = Place(path: isReadable ? path : nil)
        advice = isReadable ? "" : " (the file that SSL_CERT_FILE names cannot be read)"
    }

    /// The names of the variables that `init(environment:)` reads.
    package static let variables = ["SSL_CERT_FILE", "SSL_CERT_DIR"]

    /// Whether all folders have an index, so that of hundreds of certificates only those are read that a
    /// server's own leads to.
    ///
    /// - Parameter systemFolders: Those that count where none are named.
    func areIndexed(folders systemFolders: String?) -> Bool {
        let names = (folders.map(\.path) ?? systemFolders)?.split(separator: ":") ?? []
        return !names.isEmpty && names.allSatisfy { Self.isIndexed(String($0)) }
    }

    /// The certificates of folders that have no index for OpenSSL (`openssl rehash`), which Go reads
    /// file by file, behind those of the file; empty where there are no such folders.
    ///
    /// - Parameter systemFile: The file that counts where none is named.
    func looseCertificates(beside systemFile: String?) -> [UInt8] {
        let names = folders?.path?.split(separator: ":").map(String.init) ?? []
        let loose = names.filter { !Self.isIndexed($0) }.flatMap(Self.certificates)
        guard !loose.isEmpty else { return [] }
        let path = file.map(\.path) ?? systemFile
        return (path.map(Self.content) ?? []) + loose
    }

    /// Whether a name is a hash of eight digits and a number: `5ed36f99.0`.
    private static func isIndexed(_ folder: String) -> Bool {
        names(in: folder).contains { name in
            let parts = name.split(separator: ".")
            return parts.count == 2 && parts[0].count == 8 && parts[0].allSatisfy(\.isHexDigit)
                && Int(parts[1]) != nil
        }
    }

    private static func certificates(in folder: String) -> [UInt8] {
        names(in: folder).sorted().map { content("\(folder)/\($0)") }
            .filter { $0.firstRange(of: "-----BEGIN CERTIFICATE-----".utf8) != nil }
            .flatMap { $0 + [UInt8(ascii: "\n")] }
    }

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func content(_ path: String) -> [UInt8] {
        (try? Data(contentsOf: URL(filePath: path))).map { Array($0) } ?? []
    }
}
