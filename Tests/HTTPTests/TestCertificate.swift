import Foundation

/// A self-signed certificate with its key.
struct TestCertificate {
    /// The file of both.
    let keyAndCertificate: String
    /// The file of the certificate alone.
    let path: String

    /// For 127.0.0.1 and 0.0.0.0, made once in each run.
    static let valid = Result {
        try TestCertificate(name: "valid") { key, certificate in
            _ = try ServerProcess.shared.get().ask("make-certificate \(key) \(certificate)")
        }
    }

    /// For 127.0.0.1 on the first day of 2020.
    static let expired = Result {
        try TestCertificate(name: "expired") { key, certificate in
            try Data(expiredKey.utf8).write(to: URL(fileURLWithPath: key))
            try Data(expiredCertificate.utf8).write(to: URL(fileURLWithPath: certificate))
        }
    }

    private init(name: String, make: (_ key: String, _ certificate: String) throws -> Void) throws {
        let folder = try URL(fileURLWithPath: ServerProcess.shared.get().ask("folder"))
            .appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let key = folder.appendingPathComponent("key.pem")
        let certificate = folder.appendingPathComponent("certificate.pem")
        let both = folder.appendingPathComponent("both.pem")
        try make(key.path, certificate.path)
        try (Data(contentsOf: key) + Data(contentsOf: certificate)).write(to: both)
        path = certificate.path
        keyAndCertificate = both.path
    }
}

private let expiredKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQ5A5njVMlPJsTsxz
    B85XgaTEDfsbRMIdFjWEk0L4qqGhRANCAASBNPXnlC68eC3Ox5wMXrBAJcUw+c9N
    GNe279vgbrdZcgXlF3coQB3VktYypUkFvb14r7m/4RYbDWxmHYKAJJ6c
    -----END PRIVATE KEY-----

    """

private let expiredCertificate = """
    -----BEGIN CERTIFICATE-----
    MIIBVTCB/KADAgECAgEBMAoGCCqGSM49BAMCMBIxEDAOBgNVBAMMB2V4cGlyZWQw
    HhcNMjAwMTAxMDAwMDAwWhcNMjAwMTAyMDAwMDAwWjASMRAwDgYDVQQDDAdleHBp
    cmVkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgTT155QuvHgtzsecDF6wQCXF
    MPnPTRjXtu/b4G63WXIF5Rd3KEAd1ZLWMqVJBb29eK+5v+EWGw1sZh2CgCSenKND
    MEEwDwYDVR0RBAgwBocEfwAAATAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBRc
    ExnsBPLpfyKdzrkuQbdoUsys2jAKBggqhkjOPQQDAgNIADBFAiEAyviQo5ypTa2t
    F4JjrAOsOFp0Y0GMrVgvAD7Bu2gmhD8CIBY9rQ/Uhx48sazWc/fnOZ71GTDftW/q
    JO3y+UQhp7aO
    -----END CERTIFICATE-----

    """
