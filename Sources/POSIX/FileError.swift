/// What the system said about a file.
package struct FileError: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let number: Int32

    package init(_ path: String, _ number: Int32) {
        self.path = path
        self.number = number
    }

    package var description: String { "\(path): \(errorText(number))" }
}
