package import FoundationEssentials
import JSON
import SigningCrypto

/// What a statement says of its subjects.
package struct AttestationPredicate {
    /// The URI of its type.
    package let type: String
    /// One JSON value, as it goes into the statement.
    let json: [UInt8]

    /// Makes a predicate of a file, as its type wants it.
    ///
    /// A JSON object goes into the statement byte for byte. Of `custom` and `spdx`, which are texts, the
    /// file becomes a string; `slsaprovenance1` has its `invocationID` renamed, as cosign does.
    /// - Parameters:
    ///   - word: A short name of `PredicateType`, or a URI.
    ///   - time: What a `custom` predicate says that it was made at.
    package init(
        _ content: [UInt8], type word: String, at time: Date
    ) throws(AttestationError) {
        guard let uri = PredicateType.uri(word) else { throw .unknownType }
        type = uri
        switch word {
        case "custom":
            let fields: JSONValue = [
                "Data": .string(try Self.text(content)),
                "Timestamp": .string(timeText(time.wholeSeconds)),
            ]
            json = fields.text()
        case "spdx":
            json = JSONValue.string(try Self.text(content)).text()
        default:
            let value = try Self.object(content)
            let missing = PredicateType.requiredMembers(word).filter { value[$0] == nil }
            guard missing.isEmpty else { throw .missing(missing) }
            json = (word == "slsaprovenance1" ? Self.renamed(value) : nil) ?? content.trimmed
        }
    }

    private static func text(_ content: [UInt8]) throws(AttestationError) -> String {
        guard let text = String(validating: content, as: UTF8.self) else { throw .notText }
        return text
    }

    private static func object(_ content: [UInt8]) throws(AttestationError) -> [String: JSONValue] {
        do {
            guard case .object(let members) = try JSONValue(parsing: content) else {
                throw AttestationError.notObject("it is another JSON value")
            }
            return members
        } catch let error as AttestationError {
            throw error
        } catch {
            throw .notObject("\(error)")
        }
    }

    /// The same with `runDetails.metadata.invocationId` in the specification's spelling; nil if there is
    /// nothing to rename.
    private static func renamed(_ provenance: [String: JSONValue]) -> [UInt8]? {
        guard case .object(var details)? = provenance["runDetails"],
            case .object(var metadata)? = details["metadata"],
            let identifier = metadata.removeValue(forKey: "invocationID")
        else { return nil }
        metadata["invocationId"] = metadata["invocationId"] ?? identifier
        details["metadata"] = .object(metadata)
        var changed = provenance
        changed["runDetails"] = .object(details)
        return JSONValue.object(changed).text()
    }
}

extension AttestationPredicate {
    /// A statement of version 1 with this predicate, in JSON.
    package func statement(about subjects: [Statement.Subject]) -> [UInt8] {
        let subjects = JSONValue.array(
            subjects.map { subject in
                [
                    "name": .string(subject.name),
                    "digest": .object(
                        Dictionary(
                            subject.digests.map { ($0.algorithm.rawValue, .string($0.hex)) }
                        ) { first, _ in first }),
                ]
            })
        let members: [(String, [UInt8])] = [
            ("_type", JSONValue.string(Statement.currentType).text()),
            ("subject", subjects.text()),
            ("predicateType", JSONValue.string(type).text()),
            ("predicate", json),
        ]
        let text = members.map { Array("\"\($0)\":".utf8) + $1 }.joined(separator: Array(",".utf8))
        return Array("{".utf8) + text + Array("}".utf8)
    }
}

/// A file that is no predicate of its type.
package enum AttestationError: Error, Equatable {
    case unknownType
    case notText
    case notObject(String)
    case missing([String])
}

extension AttestationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownType:
            "expected a URI or one of \(PredicateType.aliases.joined(separator: ", "))"
        case .notText: "the file is not text in UTF-8"
        case .notObject(let reason): "the file is not a JSON object: \(reason)"
        case .missing(let names): "the predicate has no \(names.joined(separator: ", "))"
        }
    }
}

extension [UInt8] {
    /// Without the white space around it.
    fileprivate var trimmed: [UInt8] {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
        let end = lastIndex { !isBlank($0) } ?? startIndex
        return isEmpty ? [] : Array(self[...end].drop(while: isBlank))
    }
}
