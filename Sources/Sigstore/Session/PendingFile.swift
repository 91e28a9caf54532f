import FoundationEssentials
import JSON

/// A signature on its way, as a file: what is known of it, what it is of, and where its bundle goes.
///
/// ```json
/// {"mediaType": "application/vnd.retry-run.pending.v1+json", "files": ["app"],
///  "target": "app.sigstore.json", "bundle": {…}, "session": {…}}
/// ```
/// Names are relative to the folder of the file, so a folder can be carried elsewhere. `bundle` is for
/// whoever reads the file: complete but for the entries of logs. `session` is what is gone on with; of an
/// attestation, the statement is in the bundle only.
package struct PendingFile: Sendable {
    package static let mediaType = "application/vnd.retry-run.pending.v1+json"
    /// Of the whole file: an attestation is in it in base64.
    package static let sizeLimit = 2 * Statement.sizeLimit

    /// The names of what is signed; none for stdin.
    package let files: [String]
    /// The name of the bundle; of an image it may be empty.
    package let target: String
    /// Whether a bundle that is there already was to be replaced.
    package let overwrites: Bool
    package var session: SigningSession

    package init(
        files: [String], target: String, overwrites: Bool = false, session: SigningSession
    ) {
        self.files = files
        self.target = target
        self.overwrites = overwrites
        self.session = session
    }

    package init(json: [UInt8]) throws(PendingFileError) {
        do {
            let node = try JSONNode(parsing: json)
            let type = try node.required("mediaType").string
            guard type == Self.mediaType else { throw PendingFileError.unknownType(type) }
            files = try node.required("files").elements.map { try $0.string }
            target = try node.required("target").string
            overwrites = try node.optional("overwrite")?.bool ?? false
            guard Self.isName(target) || target.isEmpty else { throw Self.notBeside }
            let text = try node.required("session").value.text()
            let decoder = JSONDecoder()
            let envelope = try node.optional("bundle")?.optional("dsseEnvelope")
            if let envelope, let key = SigningSession.statementBeside {
                decoder.userInfo[key] = try envelope.requiredBytes("payload")
            }
            session = try decoder.decode(SigningSession.self, from: Data(text))
            guard !target.isEmpty || session.image != nil else { throw Self.notBeside }
            guard session.bundle != nil,
                session.services.certificateAuthority == nil || session.certificate != nil
            else { throw PendingFileError.malformed("there is no signature in it") }
        } catch let error as PendingFileError {
            throw error
        } catch let error as JSONError {
            throw .malformed("\(error)")
        } catch {
            throw .malformed("its session cannot be read")
        }
    }

    private static let notBeside = PendingFileError.malformed(
        "its bundle is not to be beside it")

    /// Of a file in the same folder: nothing else is written, whoever has made the pending file.
    private static func isName(_ name: String) -> Bool {
        !["", ".", ".."].contains(name) && !name.utf8.contains { $0 == 0 || $0 == 0x2F }
    }

    /// How far the session is, in JSON, which differs from that of any other moment. Nil as long as there is
    /// no signature.
    package func progress() throws -> [UInt8]? {
        guard session.signature != nil else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if let key = SigningSession.statementBeside { encoder.userInfo[key] = true }
        return [UInt8](try encoder.encode(session))
    }

    /// Nil as long as there is no signature.
    package func json() throws -> [UInt8]? { try progress().flatMap { json($0) } }

    /// - Parameter progress: That of the session.
    package func json(_ progress: [UInt8]) -> [UInt8]? {
        guard let bundle = session.bundle else { return nil }
        let names = JSONValue.array(files.map(JSONValue.string))
        var text = Array("{\"mediaType\":\"\(Self.mediaType)\",\"files\":".utf8) + names.text()
        text += Array(",\"target\":".utf8) + JSONValue.string(target).text()
        if overwrites { text += Array(",\"overwrite\":true".utf8) }
        text += Array(",\"bundle\":".utf8) + bundle.withoutEntries.json()
        text += Array(",\"session\":".utf8)
        text += progress
        text += Array("}\n".utf8)
        return text
    }
}

extension Bundle {
    fileprivate var withoutEntries: Bundle {
        Bundle(signer: signer, entries: [], timestamps: timestamps, content: content)
    }
}

/// A file that nothing can be gone on with.
package enum PendingFileError: Error, Equatable, CustomStringConvertible {
    case unknownType(String)
    case malformed(String)

    package var description: String {
        switch self {
        case .unknownType(let type):
            "its type is '\(type)', and this version of retry-run reads '\(PendingFile.mediaType)' only"
        case .malformed(let reason): "it is not a pending signature: \(reason)"
        }
    }
}
