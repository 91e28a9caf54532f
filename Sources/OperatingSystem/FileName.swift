import Glibc

/// The name of a file is bytes. As text it keeps those that are no UTF-8: each becomes one of the last
/// 128 scalars of Unicode, which are of private use, and so do the bytes of these scalars themselves.
extension String {
    private static let escapes: ClosedRange<UInt32> = 0x10FF80...0x10FFFF

    package init(fileName bytes: some Collection<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        let isPlain = text.utf8.elementsEqual(bytes)
        if isPlain, !text.unicodeScalars.contains(where: { Self.escapes ~= $0.value }) {
            self = text
            return
        }
        self.init()
        var rest = Array(bytes)[...]
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let piece = String(decoding: rest.prefix(length), as: UTF8.self).unicodeScalars
            if piece.count == 1, let scalar = piece.first,
                String(scalar).utf8.elementsEqual(rest.prefix(length)),
                !(Self.escapes ~= scalar.value)
            {
                unicodeScalars.append(scalar)
                rest = rest.dropFirst(length)
            } else {
                if let escape = Unicode.Scalar(0x10FF00 + UInt32(first)) {
                    unicodeScalars.append(escape)
                }
                rest = rest.dropFirst()
            }
        }
    }

    /// The bytes that the name was made of.
    package var fileNameBytes: [UInt8] {
        unicodeScalars.flatMap { scalar in
            Self.escapes ~= scalar.value
                ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
        }
    }

    /// The name as it is shown, and put where only text can be: bytes that are no UTF-8 as `\xNN`.
    package var displayedFileName: String {
        guard unicodeScalars.contains(where: { Self.escapes ~= $0.value }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if Self.escapes ~= scalar.value {
                text += "\\x" + String(UInt8(truncatingIfNeeded: scalar.value), radix: 16)
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// Its bytes for the system, which ends names with a zero.
    package var fileNameCharacters: [CChar] {
        fileNameBytes.map { CChar(bitPattern: $0) } + [0]
    }
}

/// The words that this process was started with, as names of files are kept.
package func wordsOfProcess() -> [String] {
    (0..<Int(max(CommandLine.argc, 0))).compactMap { index in
        CommandLine.unsafeArgv[index].map { word in
            String(fileName: UnsafeRawBufferPointer(start: word, count: strlen(word)))
        }
    }
}
