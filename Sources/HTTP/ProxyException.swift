/// One entry of `no_proxy`.
///
/// | entry | is reached without the proxy |
/// | --- | --- |
/// | `*` | everything |
/// | `example.com`, `.example.com` | that host, and all below it |
/// | `*.example.com` | all below it |
/// | `192.0.2.1`, `::1`, `[::1]` | that address |
/// | `192.0.2.0/24`, `2001:db8::/32` | that network (CIDR, RFC 4632) |
///
/// All but networks may have a port behind a colon, and are only of that port then. The host of a URL is
/// compared as it is written: no name is looked up.
struct ProxyException {
    private enum Place {
        case everything
        case network([UInt8], bits: Int)
        case domain(String, isHostIn: Bool)
    }

    private let place: Place
    private let port: Int?

    /// Nil for what says nothing.
    init?(_ entry: Substring) {
        let text = entry.lowercased()
        if let slash = text.firstIndex(of: "/") {
            guard let address = IPAddress(text[..<slash])?.bytes,
                let bits = Int(text[text.index(after: slash)...]), 0...address.count * 8 ~= bits
            else { return nil }
            (place, port) = (.network(address, bits: bits), nil)
            return
        }
        var host = text[...]
        var number: Int?
        // More than one colon without brackets is an IPv6 address.
        if let colon = text.lastIndex(of: ":"), text[..<colon].last == "]" || text.isOneColoned {
            guard let value = Int(text[text.index(after: colon)...]) else { return nil }
            (host, number) = (text[..<colon], value)
        }
        port = number
        if host == "*" {
            place = .everything
        } else if let address = IPAddress(host)?.bytes {
            place = .network(address, bits: address.count * 8)
        } else {
            let isHostIn = !host.hasPrefix("*.")
            let domain = host.drop { $0 == "*" || $0 == "." }.withoutLastDot
            guard !domain.isEmpty else { return nil }
            place = .domain(domain, isHostIn: isHostIn)
        }
    }

    /// - Parameter host: As in a URL, an IPv6 address in brackets.
    func holds(host: String, port: Int) -> Bool {
        guard self.port == nil || self.port == port else { return false }
        let host = host.lowercased()[...].withoutLastDot
        switch place {
        case .everything:
            return true
        case .network(let network, let bits):
            guard let address = IPAddress(host)?.bytes, address.count == network.count else {
                return false
            }
            return (0..<bits).allSatisfy { bit in
                (address[bit / 8] ^ network[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
            }
        case .domain(let domain, let isHostIn):
            return host.hasSuffix(".\(domain)") || isHostIn && host == domain
        }
    }
}

extension String {
    fileprivate var isOneColoned: Bool { utf8.count { $0 == UInt8(ascii: ":") } == 1 }
}

extension Substring {
    /// A fully qualified name may end with a dot.
    fileprivate var withoutLastDot: String { String(last == "." ? dropLast() : self) }
}
