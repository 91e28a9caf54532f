import OperatingSystem

/// A word of somebody's command line or environment, for a message: in quotes, or by its length where
/// it may be a secret.
///
/// Keys and tokens end up where a name belongs: `@TOKEN`, a variable in the wrong place.
package func quoted(_ word: String) -> String {
    mayBeSecret(word) ? hidden(word) : "'\(word)'"
}

/// What stands for a text that is not shown.
package func hidden(_ text: some StringProtocol) -> String {
    "[\(text.unicodeScalars.count) characters not shown]"
}

/// Whether a word has the looks of a key, a token or an address with a password.
package func mayBeSecret(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    return bytes.count > 255 || bytes.contains { $0 == UInt8(ascii: "\n") }
        || !secretRanges(of: bytes, shortestRun: 24).isEmpty
}

/// The text without what in it has the looks of a secret: the last guard of everything that is said.
///
/// Longer runs of letters and digits are let through than in a word: identifiers of logs and keys have
/// 44 of them.
package func withoutSecrets(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let ranges = secretRanges(of: bytes, shortestRun: 48)
    if ranges.isEmpty { return text }
    var result = ""
    var position = 0
    for range in ranges where range.lowerBound >= position {
        result += String(decoding: bytes[position..<range.lowerBound], as: UTF8.self)
        result += hidden(String(decoding: bytes[range], as: UTF8.self))
        position = range.upperBound
    }
    return result + String(decoding: bytes[position...], as: UTF8.self)
}

/// A parser's first line about a command line, without the words that are values.
///
/// - Parameter words: The command line, without the verb.
package func withoutValues(_ message: String, of words: [String]) -> String {
    let line = message.split(separator: "\n").first ?? ""
    var text = line.withSmallFirstLetter
    let values = words.flatMap { word -> [String] in
        guard let name = optionName(word) else { return [word] }
        return name == word ? [] : [word, String(word.dropFirst(name.utf8.count + 1))]
    }
    for value in values.sorted(by: { $0.utf8.count > $1.utf8.count }) where !value.isEmpty {
        text = text.replacing("'\(value)'", with: hidden(value))
        if value.hasPrefix("-") || mayBeSecret(value) {
            text = text.replacing(value, with: hidden(value))
        }
    }
    return text
}

/// The option that a word is, without a value behind `=`; nil for a word that is none by its form.
///
/// Long ones are `--` and at most 40 letters, digits and hyphens, short ones a hyphen and one character.
package func optionName(_ word: String) -> String? {
    let name = word.prefix { $0 != "=" }
    if name.hasPrefix("--") {
        let rest = name.dropFirst(2).utf8
        let isName = rest.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        guard 1...40 ~= rest.count, isName, rest.first != UInt8(ascii: "-") else { return nil }
        return mayBeSecret(String(name)) ? nil : String(name)
    }
    guard name.utf8.count == 2, name.hasPrefix("-"), name != "--" else { return nil }
    return String(name)
}

// MARK: - The looks of secrets

/// PEM, tokens of well-known issuers, addresses with a user, and runs of letters and digits that nobody
/// chose.
private func secretRanges(of bytes: [UInt8], shortestRun: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = 0
    while position < bytes.count {
        if bytes[position...].starts(with: "://".utf8) {
            position += 3
            guard let range = userInformation(bytes, at: position) else { continue }
            ranges.append(range)
            position = range.upperBound
            continue
        }
        if let range = pem(bytes, at: position) {
            ranges.append(range)
            position = range.upperBound
            continue
        }
        let end = bytes[position...].firstIndex { !isTokenCharacter($0) } ?? bytes.endIndex
        if end == position {
            position += 1
            continue
        }
        let range = position..<end
        if isToken(bytes[range]) || hasRun(bytes[range], of: shortestRun) { ranges.append(range) }
        position = end
    }
    return ranges
}

/// From `-----BEGIN ` to the end of the block, else of the text.
private func pem(_ bytes: [UInt8], at position: Int) -> Range<Int>? {
    let begin = Array("-----BEGIN ".utf8)
    guard bytes[position...].starts(with: begin) else { return nil }
    let end = Array("-----END ".utf8)
    var index = position + begin.count
    while index < bytes.count, !bytes[index...].starts(with: end) { index += 1 }
    // The label of the end, and the line after it.
    var hyphens = 0
    index += index < bytes.count ? end.count : 0
    while index < bytes.count, hyphens < 5 {
        hyphens = bytes[index] == UInt8(ascii: "-") ? hyphens + 1 : 0
        index += 1
    }
    return position..<index
}

/// `user:password` of an address, from behind its `://`.
private func userInformation(_ bytes: [UInt8], at position: Int) -> Range<Int>? {
    let end = bytes[position...].firstIndex { "/?# '\"\n".utf8.contains($0) } ?? bytes.endIndex
    guard let at = bytes[position..<end].lastIndex(of: UInt8(ascii: "@")), at > position else {
        return nil
    }
    return position..<at
}

private let tokenPrefixes = [
    "eyJ", "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "npm_", "pypi-",
    "hvs.", "dckr_pat_", "xoxb-", "xoxp-", "AGE-SECRET-KEY-",
].map { Array($0.utf8) }

private func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count >= 16 && tokenPrefixes.contains { bytes.starts(with: $0) }
}

/// Whether there are that many letters of both cases and digits with nothing between them.
private func hasRun(_ bytes: ArraySlice<UInt8>, of length: Int) -> Bool {
    bytes.split { !(isLetterOrDigit($0) || "+_".utf8.contains($0)) }.contains { run in
        run.count >= length
            && run.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            && run.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
            && run.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
    }
}

private func isTokenCharacter(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "+_-.~".utf8.contains(byte)
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
}
