/// What the system said about a file.
package struct FileError: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let number: Int32
    /// What we say instead of the system.
    private let reason: String?

    package init(_ path: String, _ number: Int32) {
        self.init(path, number, nil)
    }

    init(_ path: String, _ number: Int32, _ reason: String?) {
        self.path = path
        self.number = number
        self.reason = reason
    }

    package var description: String { "\(path.displayedFileName): \(reason ?? errorText(number))" }
}
