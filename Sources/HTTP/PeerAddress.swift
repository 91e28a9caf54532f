/// What an IP address says of the machine that has it.
package enum PeerAddress {
    /// Addresses by which services for this machine alone answer: itself, its link, the metadata service
    /// of its cloud. Those of a private network are not among them: there a name may well lead.
    ///
    /// Sources: RFC 6890, RFC 4291; fd00:ec2::254 is Amazon's, 100.100.100.200 Alibaba's.
    package static func isLocal(_ text: String) -> Bool {
        guard let address = IPAddress(text.prefix { $0 != "%" }) else { return false }
        if let ipv4 = address.ipv4 {
            return ipv4 >> 24 == 0 || ipv4 >> 24 == 127 || ipv4 >> 16 == 0xA9FE
                || ipv4 == 0x6464_64C8
        }
        let bytes = address.bytes
        return bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
            || bytes.starts(with: [0xFD, 0x00, 0x0E, 0xC2])
    }
}
