import Glibc

/// The system's words for an error number, without the capital letter.
package func errorText(_ number: Int32) -> String {
    String(cString: strerror(number)).withSmallFirstLetter
}

extension StringProtocol {
    /// As the text reads within a sentence.
    package var withSmallFirstLetter: String { prefix(1).lowercased() + dropFirst() }
}

/// A path in a variable of our own environment, as names of files are kept.
package func pathVariable(_ name: String) -> String? {
    getenv(name).map { String(fileName: UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
}

/// A variable of our own environment.
package func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}
