import HTTP
import JSON
import SigningCrypto

/// How a session is stored. Bytes are base64, certificates DER, log entries as in bundles; what holds for one
/// run only is not stored.
extension SigningSession: Codable {
    private enum CodingKeys: CodingKey {
        case digests, statement, services, defersLog, key, certificate
        case isPromiseBeside, signature, timestamps, stampedBy, entries, loggedIn
        case upload, fallback, abandoned, image
    }

    package init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        if let key = Self.statementBeside, let statement = decoder.userInfo[key] as? [UInt8] {
            content = .statement(statement, try Statement(json: statement))
        } else if let statement = try stored.decodeIfPresent(StoredBytes.self, forKey: .statement) {
            content = .statement(statement.bytes, try Statement(json: statement.bytes))
        } else {
            let digests = try stored.decode([String: StoredBytes].self, forKey: .digests)
            content = .artifact(
                Artifact(
                    digests: try digests.map { name, digest in
                        guard let algorithm = HashAlgorithm(rawValue: name),
                            let digest = Digest(algorithm: algorithm, bytes: digest.bytes)
                        else {
                            throw DecodingError.dataCorruptedError(
                                forKey: .digests, in: stored, debugDescription: "no digest")
                        }
                        return digest
                    }))
        }
        services = try stored.decode(SigningServices.self, forKey: .services)
        defersLog = try stored.decode(Bool.self, forKey: .defersLog)
        key = try stored.decodeIfPresent(StoredBytes.self, forKey: .key)
            .map { try PublicKey(subjectPublicKeyInfo: $0.bytes) }
        certificate = try stored.decodeIfPresent(StoredBytes.self, forKey: .certificate)
            .map { try Certificate(der: $0.bytes) }
        isInherited = certificate != nil
        isPromiseBeside = try stored.decodeIfPresent(Bool.self, forKey: .isPromiseBeside) ?? false
        signature = try stored.decodeIfPresent(StoredBytes.self, forKey: .signature)?.bytes
        timestamps = try stored.decode([StoredBytes].self, forKey: .timestamps).map(\.bytes)
        stampedBy = try stored.decode([SigningServices.Service].self, forKey: .stampedBy)
        entries = try stored.decode([StoredEntry].self, forKey: .entries).map(\.entry)
        loggedIn = try stored.decode([SigningServices.Service].self, forKey: .loggedIn)
        upload = try stored.decodeIfPresent(LogUpload.self, forKey: .upload)
        fallback = try stored.decodeIfPresent(LogFallback.self, forKey: .fallback)
        abandoned = try stored.decodeIfPresent(LogUpload.self, forKey: .abandoned)
        image = try stored.decodeIfPresent(ImageDestination.self, forKey: .image)
        guard timestamps.count == stampedBy.count, entries.count == loggedIn.count,
            certificate.map({ $0.publicKey == key }) ?? true
        else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "its parts do not belong together"))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        switch content {
        case .statement where encoder.keepsStatementBeside: break
        case .statement(let payload, _): try stored.encode(StoredBytes(payload), forKey: .statement)
        case .artifact(let artifact):
            let digests = artifact.all.map { ($0.algorithm.rawValue, StoredBytes($0.bytes)) }
            try stored.encode(
                Dictionary(digests) { first, _ in first }, forKey: .digests)
        }
        try stored.encode(services, forKey: .services)
        try stored.encode(defersLog, forKey: .defersLog)
        try stored.encodeIfPresent(
            key.map { StoredBytes($0.subjectPublicKeyInfo) }, forKey: .key)
        try stored.encodeIfPresent(
            certificate.map { StoredBytes($0.der) }, forKey: .certificate)
        if isPromiseBeside { try stored.encode(true, forKey: .isPromiseBeside) }
        try stored.encodeIfPresent(signature.map(StoredBytes.init), forKey: .signature)
        try stored.encode(timestamps.map(StoredBytes.init), forKey: .timestamps)
        try stored.encode(stampedBy, forKey: .stampedBy)
        try stored.encode(entries.map(StoredEntry.init), forKey: .entries)
        try stored.encode(loggedIn, forKey: .loggedIn)
        try stored.encodeIfPresent(upload, forKey: .upload)
        try stored.encodeIfPresent(fallback, forKey: .fallback)
        try stored.encodeIfPresent(abandoned, forKey: .abandoned)
        try stored.encodeIfPresent(image, forKey: .image)
    }
}

extension SigningSession {
    /// Of coders: a statement is not stored in the session but beside it, as its bundle has it already and it
    /// may be large. To encode any value will do, to decode it is the statement's bytes.
    static let statementBeside = CodingUserInfoKey(rawValue: "statementBeside")
}

extension Encoder {
    fileprivate var keepsStatementBeside: Bool {
        SigningSession.statementBeside.flatMap { userInfo[$0] } != nil
    }
}

/// Bytes as base64.
private struct StoredBytes: Codable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let bytes = [UInt8](base64: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not base64")
        }
        self.bytes = bytes
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes.base64)
    }
}

/// An entry as it is in bundles, in the text of its JSON.
private struct StoredEntry: Codable {
    let entry: LogEntry

    init(_ entry: LogEntry) {
        self.entry = entry
    }

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        entry = try LogEntry(JSONNode(parsingProto: Array(text.utf8)))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(decoding: entry.json.text(), as: UTF8.self))
    }
}
