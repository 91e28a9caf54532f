import FoundationEssentials
import JSON

extension JSONNode {
    /// A time of a member (RFC 3339); nil when it is absent.
    func time(_ name: String) throws(JSONError) -> Date? {
        guard let node = try optional(name) else { return nil }
        let text = try node.string
        // Foundation's parser stops after a time, whatever follows: what follows the seconds must be
        // a zone, after a fraction perhaps.
        var zone = text.utf8.dropFirst("2026-01-31T12:00:00".utf8.count)
        if zone.first == UInt8(ascii: ".") {
            zone = zone.dropFirst().drop { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        }
        guard zone.elementsEqual("Z".utf8) || zone.count == "+00:00".utf8.count,
            let time = try? Date(
                text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        else { throw node.unexpected("a time such as 2026-01-31T12:00:00Z") }
        return time
    }
}
