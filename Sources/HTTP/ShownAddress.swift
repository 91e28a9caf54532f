/// An address for messages: without user, password and query. A text that has none of these, be it an
/// address or not, stays as it is.
package func shownAddress(_ text: String) -> String {
    guard let scheme = text.firstRange(of: "://") else { return text }
    let rest = text[scheme.upperBound...].prefix { $0 != "?" }
    let authority = rest.prefix { $0 != "/" && $0 != "#" }
    let host = authority.lastIndex(of: "@").map { authority.index(after: $0) } ?? rest.startIndex
    return String(text[..<scheme.upperBound] + rest[host...])
}
