import JSON
import SigningCrypto

/// What a request for a certificate asks for, once its proof was checked.
enum FulcioRequest {
    /// The key that the certificate is for; `challenge` is the claim that the proof form signs.
    static func publicKey(in document: JSONNode, challenge: String) throws -> PublicKey {
        if let request = try? document.optional("certificateSigningRequest")?.string {
            return try publicKey(certificateSigningRequest: request)
        }
        guard let request = try? document.required("publicKeyRequest"),
            let pem = try? request.required("publicKey").required("content").string,
            let key = try? PublicKey(pem: pem)
        else {
            throw Refusal(
                400, code: 3, "The public key supplied in the request could not be parsed")
        }
        guard let text = try? request.required("proofOfPossession").string,
            let proof = [UInt8](base64: text),
            key.isValid(proof, ofMessage: Array(challenge.utf8), scheme: key.defaultScheme)
        else { throw unverified }
        return key
    }

    /// RFC 2986 §4: the request is signed by the key that it is for.
    private static func publicKey(certificateSigningRequest text: String) throws -> PublicKey {
        guard let pem = [UInt8](base64: text),
            let block = try? PEMBlock.blocks(in: String(decoding: pem, as: UTF8.self)).first
        else { throw unparsed }
        var file = DERReader(block.bytes)
        guard var request = file.sequence(), let information = request.value(0x30),
            request.value(0x30) != nil, let signature = request.value(0x03)?.content.dropFirst()
        else { throw unparsed }
        var fields = DERReader(information.content)
        guard fields.value(0x02) != nil, fields.value(0x30) != nil,
            let keyInformation = fields.value(0x30),
            let key = try? PublicKey(subjectPublicKeyInfo: keyInformation.encoding)
        else { throw unparsed }
        guard
            key.isValid(
                Array(signature), ofMessage: information.encoding, scheme: key.defaultScheme)
        else { throw unverified }
        return key
    }

    private static let unparsed = Refusal(
        400, code: 3, "The certificate signing request could not be parsed")
    private static let unverified = Refusal(
        400, code: 3, "The signature supplied in the request could not be verified")
}
