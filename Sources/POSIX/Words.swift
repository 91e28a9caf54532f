import Glibc

/// The system's words for an error number, without the capital letter.
package func errorText(_ number: Int32) -> String {
    let text = String(cString: strerror(number))
    return text.prefix(1).lowercased() + text.dropFirst()
}

/// A path in a variable of our own environment, as names of files are kept.
package func pathVariable(_ name: String) -> String? {
    getenv(name).map { String(fileName: UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
}

/// A variable of our own environment.
package func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}
