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
    /// A JSON object goes into the statement byte for byte. Of `custom`, which is a text, the file becomes
    /// a string; `slsaprovenance1` has its `invocationID` renamed, as cosign does. Predicates are objects,
    /// so that SPDX in its own tag-value form has none.
    /// - Parameters:
    ///   - word: A short name of `PredicateType`, or a URI.
    ///   - time: What a `custom` predicate says that it was made at.
    package init(
        _ content: [UInt8], type word: String, at time: Date
    ) throws(AttestationError) {
        guard let uri = PredicateType.uri(word) else { throw .unknownType }
        type = uri
        json =
            word == "custom" ? try Self.custom(content, at: time) : try Self.object(content, word)
    }

    private static func custom(
        _ content: [UInt8], at time: Date
    ) throws(AttestationError) -> [UInt8] {
        guard let text = String(validating: content, as: UTF8.self) else { throw .notText }
        let fields: JSONValue = [
            "Data": .string(text), "Timestamp": .string(timeText(time.wholeSeconds)),
        ]
        return fields.text()
    }

    private static func object(
        _ content: [UInt8], _ word: String
    ) throws(AttestationError) -> [UInt8] {
        let missing: [String]
        let renamed: [UInt8]?
        do throws(JSONError) {
            // No deeper than is looked at: a predicate may be large.
            let node = try JSONNode(parsing: content, keeping: .levels(3))
            let names = try node.members.map(\.name)
            missing = PredicateType.requiredMembers(word).filter { !names.contains($0) }
            renamed = word == "slsaprovenance1" ? Self.renamed(node, content) : nil
        } catch {
            throw word == "spdx" ? .tagValueForm("\(error)") : .notObject("\(error)")
        }
        guard missing.isEmpty else { throw .missing(missing) }
        return renamed ?? content.trimmed
    }

    /// The same with `runDetails.metadata.invocationId` in the specification's spelling; nil if there is
    /// nothing to rename.
    private static func renamed(
        _ provenance: JSONNode, _ content: [UInt8]
    ) -> [UInt8]? {
        guard let details = try? provenance.optional("runDetails"),
            let metadata = try? details.optional("metadata"),
            let members = try? metadata.members,
            members.contains(where: { $0.name == "invocationID" })
        else { return nil }
        let isThere = members.contains { $0.name == "invocationId" }
        var text: [UInt8] = []
        for (name, value) in members where name != "invocationID" || !isThere {
            text.append(text.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
            text.append(jsonString: name == "invocationID" ? "invocationId" : name)
            text.append(UInt8(ascii: ":"))
            text += value.source
        }
        text.append(UInt8(ascii: "}"))
        var changed = content
        changed.replaceSubrange(metadata.source.indices, with: text)
        return changed.trimmed
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
    /// Of type `spdx`, which cosign has for a text that no statement can hold.
    case tagValueForm(String)
    case missing([String])
}

extension AttestationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownType:
            "expected a URI or one of \(PredicateType.aliases.joined(separator: ", "))"
        case .notText: "the file is not text in UTF-8"
        case .notObject(let reason): "the file is not a JSON object: \(reason)"
        case .tagValueForm(let reason):
            "a predicate is a JSON object, which SPDX in its tag-value form is not (\(reason)); "
                + "convert it to JSON, and say --type spdxjson"
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
