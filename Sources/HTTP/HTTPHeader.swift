/// A line of a request's or an answer's header.
package struct HTTPHeader: Hashable, Sendable {
    package let name: String
    package let value: String
    /// No message shows the value, and the request is not sent on to another address.
    package let isSecret: Bool

    package init(_ name: String, _ value: String, isSecret: Bool = false) {
        self.name = name
        self.value = value
        self.isSecret = isSecret
    }

    // RFC 9110 §5.1, §5.5: the name is a token, the value is of one line.
    var isWellFormed: Bool {
        let isName = name.utf8.allSatisfy {
            0x21...0x7E ~= $0 && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0)
        }
        return isName && !name.isEmpty
            && value.utf8.allSatisfy { $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }
    }
}

extension HTTPHeader: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(name): \(isSecret ? "[secret]" : value)" }
    package var customMirror: Mirror { Mirror(self, children: ["header": description]) }
}
