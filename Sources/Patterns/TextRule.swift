/// A text as it must be, or a pattern that must be found in it.
///
/// Who is not named is the empty text: `.*` and `^$` are found in it.
package enum TextRule: Sendable {
    case exactly(String)
    case oneOf([String])
    case matching(Pattern)

    package func accepts(_ text: String) -> Bool {
        switch self {
        // Byte for byte: texts that Unicode holds for equal are not the same identity.
        case .exactly(let expected): text.utf8.elementsEqual(expected.utf8)
        case .oneOf(let texts): texts.contains { text.utf8.elementsEqual($0.utf8) }
        case .matching(let pattern): pattern.matches(text)
        }
    }
}

extension TextRule: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exactly(let text): "'\(text)'"
        case .oneOf(let texts): texts.map { "'\($0)'" }.joined(separator: " or ")
        case .matching(let pattern): "/\(pattern.source)/"
        }
    }
}
