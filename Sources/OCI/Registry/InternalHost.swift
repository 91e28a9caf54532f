import HTTP

/// Hosts that no registry on the Internet has to send anybody to: this machine, its network, the metadata
/// service of a cloud.
enum InternalHost {
    /// - Parameter host: A name, an IPv4 address, or an IPv6 address in brackets.
    static func isInternal(_ host: String) -> Bool {
        let host = host.lowercased()
        if host.hasPrefix("[") {
            let text = host.dropFirst().prefix { $0 != "]" && $0 != "%" }
            guard let address = IPAddress(text), !address.isIPv4 else { return true }
            return isInternal(v6: address)
        }
        if let address = IPAddress(host), address.isIPv4 { return isInternal(address.lastFour) }
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        return name == "localhost" || name.hasSuffix(".localhost")
            || name == "metadata.google.internal" || name == "metadata"
    }

    /// RFC 6890: this host, private use, shared, loopback, link-local.
    private static func isInternal(_ address: UInt32) -> Bool {
        let ranges: [(UInt32, UInt32)] = [
            (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8),
            (0xA9FE_0000, 16), (0xAC10_0000, 12), (0xC0A8_0000, 16),
        ]
        return ranges.contains { start, bits in address >> (32 - bits) == start >> (32 - bits) }
    }

    /// RFC 4291 and RFC 4193: unspecified, loopback, link-local, unique local, and IPv4 within.
    private static func isInternal(v6 address: IPAddress) -> Bool {
        let bytes = address.bytes
        if bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 { return true }
        let isTranslated = bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B])
        return (isTranslated ? address.lastFour : address.ipv4).map(isInternal) ?? false
    }
}
