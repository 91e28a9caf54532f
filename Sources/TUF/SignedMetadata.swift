import JSON
import SigningCrypto

/// A metadata file as it comes: what is signed, and by which keys, none of it verified yet.
struct SignedMetadata<Content: RoleMetadata> {
    let content: Content
    private let file: String
    private let message: [UInt8]
    private let signatures: [String: [UInt8]]

    /// `file` names the file for errors.
    init(parsing bytes: [UInt8], file: String) throws(TUFError) {
        self.file = file
        do throws(JSONError) {
            let node = try JSONNode(parsing: bytes)
            let signed = try node.required("signed")
            content = try Content(signed: signed)
            message = try CanonicalJSON.encode(signed)
            signatures = try Self.signatures(node.required("signatures"))
        } catch {
            throw .malformed(file: file, reason: "\(error)")
        }
    }

    /// By key identifier. Some are empty, as of a key that has yet to sign: they are valid for none.
    private static func signatures(_ list: JSONNode) throws(JSONError) -> [String: [UInt8]] {
        var signatures: [String: [UInt8]] = [:]
        for entry in try list.elements {
            let identifier = try entry.required("keyid")
            let signature = try entry.required("sig")
            guard let bytes = try [UInt8](hex: signature.string) else {
                throw signature.unexpected("in hexadecimal digits")
            }
            // TUF 4.2.1: one signature for each key identifier.
            guard try signatures.updateValue(bytes, forKey: identifier.string) == nil else {
                throw identifier.unexpected("the only signature of its key")
            }
        }
        return signatures
    }

    /// TUF 5.3.4, 5.4.2, 5.5.3, 5.6.3: enough keys of the role have signed.
    ///
    /// A key counts once, under however many identifiers it is listed.
    func verify(by keys: RoleKeys) throws(TUFError) {
        var signers: Set<PublicKey> = []
        for (identifier, key) in keys.keys {
            guard let signature = signatures[identifier],
                key.publicKey.isValid(signature, ofMessage: message, scheme: key.scheme)
            else { continue }
            signers.insert(key.publicKey)
        }
        guard signers.count >= keys.threshold else {
            throw .belowThreshold(
                file: file, role: Content.role, valid: signers.count, threshold: keys.threshold)
        }
    }
}
