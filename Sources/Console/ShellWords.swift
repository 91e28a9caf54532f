/// The words of a variable that holds options.
/// - Throws: `UsageError` that names the variable.
package func optionWords(_ text: String, of variable: String) throws(UsageError) -> [String] {
    guard let words = shellWords(text) else {
        throw UsageError("\(variable): a quote or a backslash at the end is left open")
    }
    return words
}

/// Splits a text into words as a POSIX shell does, without any expansion.
///
/// Source: POSIX.1-2024, XCU 2.2: a backslash keeps the next character, single quotes keep
/// everything, double quotes everything but a backslash before `$`, a backquote, `"`, `\` and a
/// newline.
/// - Returns: nil when a quote or a backslash is left open.
private func shellWords(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
        switch scalar {
        case " ", "\t", "\n":
            if let complete = word { words.append(complete) }
            word = nil
        case "\\":
            guard let next = rest.popFirst() else { return nil }
            if next != "\n" { word = (word ?? "") + String(next) }
        case "'":
            guard let end = rest.firstIndex(of: "'") else { return nil }
            word = (word ?? "") + String(rest[..<end])
            rest = rest[rest.index(after: end)...]
        case "\"":
            guard let quoted = doubleQuoted(&rest) else { return nil }
            word = (word ?? "") + quoted
        default:
            word = (word ?? "") + String(scalar)
        }
    }
    if let complete = word { words.append(complete) }
    return words
}

private func doubleQuoted(_ rest: inout Substring.UnicodeScalarView) -> String? {
    var quoted = ""
    while let scalar = rest.popFirst() {
        switch scalar {
        case "\"":
            return quoted
        case "\\":
            guard let next = rest.popFirst() else { return nil }
            switch next {
            case "\n": continue
            case "$", "`", "\"", "\\": break
            default: quoted.unicodeScalars.append("\\")
            }
            quoted.unicodeScalars.append(next)
        default:
            quoted.unicodeScalars.append(scalar)
        }
    }
    return nil
}
