import JSON
import SigningCrypto

/// The list of what refers to an image: that of the referrers API, or that under the fallback tag.
///
/// Others write it as well. What they have put in stays as it is.
package struct ReferrersIndex: TaggedList {
    /// Elements by their digests, in their order.
    var elements: [ListElement] = []
    private var others: [String: JSONValue] = [
        "schemaVersion": .integer(2), "mediaType": .string(MediaType.index),
    ]

    package init() {}

    package init(_ text: [UInt8]) throws(ManifestError) {
        guard text.count <= Manifest.sizeLimit else { throw .tooLong(text.count) }
        do throws(JSONError) {
            let node = try JSONNode(parsing: text)
            let list = try node.list("manifests", limit: Manifest.listLimit)
            for element in list {
                elements.append(
                    ListElement(
                        key: try element.required("digest").string, value: try element.value))
            }
            guard case .object(var members) = try node.value else { return }
            members["manifests"] = nil
            others.merge(members) { $1 }
        } catch {
            throw .malformed(error)
        }
        guard case .string(MediaType.index)? = others["mediaType"] else {
            throw .type("the list of referrers")
        }
    }

    /// The elements that can be read.
    package var descriptors: [Descriptor] {
        elements.compactMap { element in
            (try? JSONNode(parsing: element.value.text())).flatMap { try? Descriptor($0) }
        }
    }

    /// As it is written.
    package var text: [UInt8] {
        var members = others
        members["manifests"] = .array(elements.map(\.value))
        return JSONValue.object(members).text()
    }
}
