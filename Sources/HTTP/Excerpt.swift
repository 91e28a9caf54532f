/// What a message quotes of a text from elsewhere: one line, at most 512 bytes, no secrets.
///
/// Services and the balancers before them answer with whole pages of HTML, of which `bodyExcerpt` leaves the
/// words. Control characters and white space become single blanks, and what is not UTF-8 the replacement character.
package func excerpt(of text: String, hiding secrets: [String]) -> String {
    // The longest first: one secret may be part of another. Bytes, as what follows a secret may
    // merge with its last character.
    var bytes = Array(text.utf8)
    // Without a letter or two nothing could be read, and nobody is any safer.
    for secret in secrets.sorted(by: { $0.utf8.count > $1.utf8.count })
    where secret.utf8.count > 2 {
        bytes.replace(Array(secret.utf8), with: "[secret]".utf8)
    }
    var line = ""
    var count = 0
    var isBlankDue = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
            isBlankDue = !line.isEmpty
            continue
        }
        let blank = isBlankDue ? 1 : 0
        count += blank + UTF8.width(scalar)
        guard count <= excerptLimit else { return line + " …" }
        if isBlankDue { line += " " }
        line.unicodeScalars.append(scalar)
        isBlankDue = false
    }
    return line
}

private let excerptLimit = 512

extension HTTPResponse {
    /// What a message quotes of the body: nothing of one that is no text, of a page the words.
    package func bodyExcerpt(hiding secrets: [String]) -> String {
        let text = String(decoding: body, as: UTF8.self)
        guard text.isReadable else { return "\(body.count) bytes that are no text" }
        return excerpt(of: text.isPage ? text.withoutMarkup : text, hiding: secrets)
    }
}

extension String {
    /// No zero byte, and not more than a tenth of what nobody can read: a page in another encoding has
    /// some of that, a picture or an archive is full of it.
    fileprivate var isReadable: Bool {
        let strange = unicodeScalars.count {
            $0 == "\u{FFFD}"
                || $0.properties.generalCategory == .control && !$0.properties.isWhitespace
        }
        return !unicodeScalars.contains("\0") && strange * 10 <= unicodeScalars.count
    }

    /// HTML, as far as its beginning shows that.
    fileprivate var isPage: Bool {
        let start = drop(while: \.isWhitespace).prefix(14).lowercased()
        return start.hasPrefix("<html") || start.hasPrefix("<!doctype html")
    }

    /// What stands between the tags, but for scripts and styles.
    fileprivate var withoutMarkup: String {
        var words: [UInt8] = []
        var rest = Array(utf8)[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            words += rest[..<start] + [UInt8(ascii: " ")]
            let tag = String(decoding: rest[start...].prefix(8), as: UTF8.self).lowercased()
            let isSilent = tag.hasPrefix("<script") || tag.hasPrefix("<style")
            rest = rest[start...].drop { $0 != UInt8(ascii: ">") }.dropFirst()
            if isSilent { rest = rest.drop { $0 != UInt8(ascii: "<") } }
        }
        return String(decoding: words + rest, as: UTF8.self)
    }
}
