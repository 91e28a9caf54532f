import JSON
import SigningCrypto

/// The files of the last update that went through to its end, kept as one file: an update that
/// breaks off cannot leave a timestamp without its snapshot.
struct CompleteMetadata: Equatable {
    static let file = "complete.json"

    let timestamp: [UInt8]
    let snapshot: [UInt8]
    let targets: [UInt8]
}

extension CompleteMetadata {
    init?(json: [UInt8]) {
        guard let node = try? JSONNode(parsing: json),
            let timestamp = Self.content(of: .timestamp, in: node),
            let snapshot = Self.content(of: .snapshot, in: node),
            let targets = Self.content(of: .targets, in: node)
        else { return nil }
        self.init(timestamp: timestamp, snapshot: snapshot, targets: targets)
    }

    private static func content(of role: Role, in node: JSONNode) -> [UInt8]? {
        (try? node.required(role.rawValue).string).flatMap { [UInt8](base64: $0) }
    }

    var json: [UInt8] {
        JSONValue.object([
            Role.timestamp.rawValue: .string(timestamp.base64),
            Role.snapshot.rawValue: .string(snapshot.base64),
            Role.targets.rawValue: .string(targets.base64),
        ]).text()
    }
}
