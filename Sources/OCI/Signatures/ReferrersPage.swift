import FoundationEssentials
import HTTP

/// One page of the list of what refers to an image.
struct ReferrersPage {
    let index: ReferrersIndex
    let next: HTTPURL?

    /// Nil where the registry has no such list.
    init?(
        _ response: HTTPResponse, of call: RegistryCall, at url: HTTPURL,
        _ address: RegistryAddress
    ) throws(RegistryError) {
        let type = MediaType.essence(response[header: "Content-Type"] ?? "")
        guard response.status == 200, type == MediaType.index else { return nil }
        do {
            index = try ReferrersIndex(response.body)
        } catch {
            throw .untrustworthy("the list of referrers of \(address.registry): \(error)")
        }
        guard let reference = Self.next(in: response) else {
            next = nil
            return
        }
        let target = try address.resolve(reference, against: url, as: "the next page")
        guard target.hasSameOrigin(as: address.base) else {
            throw .untrustworthy(
                "\(address.registry) names \(target) as the next page, which is another host")
        }
        next = target
    }

    /// `Link: <ADDRESS>; rel="next"` (RFC 8288 §3).
    private static func next(in response: HTTPResponse) -> String? {
        for line in response.headers where line.name.lowercased() == "link" {
            for link in line.value.split(separator: ",") {
                let parts = link.split(separator: ";").map { $0.filter { !" \t\"".contains($0) } }
                guard let address = parts.first, address.hasPrefix("<"), address.hasSuffix(">"),
                    parts.dropFirst().contains(where: { $0.lowercased() == "rel=next" })
                else { continue }
                return String(address.dropFirst().dropLast())
            }
        }
        return nil
    }
}
