import JSON
package import SigningCrypto

/// The statement by which an image is signed: that it is this one, with these annotations.
package enum ImageStatement {
    /// As cosign writes it, member by member.
    package static func text(of image: Digest, annotations: [String: String]) -> [UInt8] {
        let digest = JSONValue.object([image.algorithm.rawValue: .string(image.hex)])
        let notes = JSONValue.object(annotations.mapValues(JSONValue.string))
        let members: [(String, [UInt8])] = [
            ("_type", JSONValue.string(Statement.currentType).text()),
            (
                "subject",
                Array("[{\"digest\":".utf8) + digest.text() + Array(",\"annotations\":".utf8)
                    + notes.text() + Array("}]".utf8)
            ),
            ("predicateType", JSONValue.string(ImageSignature.predicateType).text()),
            ("predicate", Array("{}".utf8)),
        ]
        let text = members.map { Array("\"\($0)\":".utf8) + $1 }.joined(separator: Array(",".utf8))
        return Array("{".utf8) + text + Array("}".utf8)
    }
}
