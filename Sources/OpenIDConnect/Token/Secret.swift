/// A text that no message, report or dump shows.
package struct Secret: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    package var description: String { "[secret]" }
    package var customMirror: Mirror { Mirror(self, children: ["secret": description]) }
}
