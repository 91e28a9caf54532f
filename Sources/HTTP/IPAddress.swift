import Glibc

/// An address of IPv4 or IPv6.
package struct IPAddress: Equatable {
    /// 4 of IPv4, 16 of IPv6; the most significant first.
    package let bytes: [UInt8]

    /// - Parameter text: An IPv6 address with or without the brackets that it has in a URL. Nil for a name.
    package init?(_ text: some StringProtocol) {
        let isBracketed = text.first == "[" && text.last == "]"
        let text = isBracketed ? String(text.dropFirst().dropLast()) : String(text)
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 {
                self.bytes = bytes
                return
            }
        }
        return nil
    }

    package var isIPv4: Bool { bytes.count == 4 }

    /// The IPv4 address that it is, or that is written in it: mapped or compatible (RFC 4291 §2.5.5), `::`
    /// and `::1` among them.
    package var ipv4: UInt32? {
        let isWithin =
            bytes.dropLast(6).allSatisfy { $0 == 0 }
            && [[0, 0], [0xFF, 0xFF]].contains(bytes.dropLast(4).suffix(2))
        return isIPv4 || isWithin ? lastFour : nil
    }

    /// Its last four bytes, where translated addresses have that of IPv4.
    package var lastFour: UInt32 { bytes.suffix(4).reduce(0) { $0 << 8 | UInt32($1) } }
}
