import FoundationEssentials
import HTTP
import JSON
import SigningCrypto

@testable import OCI

/// A registry of one repository in memory: what it has, and how it fails.
final class MemoryRegistry {
    let address: RegistryAddress
    var hasReferrers = false
    var isLinking = false
    /// How many looks at a new manifest find nothing.
    var lag = 0
    /// How many lists do not have what is new.
    var listLag = 0
    /// How many a page of a list has; the others follow on further pages.
    var pageSize = Int.max
    /// Before the addresses of further pages.
    var nextHost = ""
    /// Further pages are not there.
    var breaksOff = false
    /// What is put under a tag is taken, and not kept.
    var forgetsTags = false
    private(set) var manifests: [String: (type: String, text: [UInt8])] = [:]
    private(set) var blobs: [Digest: [UInt8]] = [:]
    private(set) var calls: [RegistryCall.Kind] = []
    private var looks: [String: Int] = [:]

    init() {
        guard let address = try? RegistryAddress("registry.example") else {
            preconditionFailure("no address")
        }
        self.address = address
    }

    /// Carries a call out. An error of the push is the test's.
    func answer(_ call: RegistryCall) throws -> (HTTPResponse, HTTPURL) {
        calls.append(call.kind)
        let request = try call.request(at: address, authorization: nil)
        let name = call.path.split(separator: "/").last.map(String.init) ?? ""
        return (response(call, name), request.url)
    }

    private func response(_ call: RegistryCall, _ name: String) -> HTTPResponse {
        switch call.kind {
        case .blobCheck, .blob:
            let blob = Digest(label: name).flatMap { blobs[$0] }
            return Self.answer(blob == nil ? 404 : 200, blob ?? [])
        case .uploadStart:
            return Self.answer(202, headers: ["Location": "/v2/app/blobs/uploads/1?state=x"])
        case .upload:
            let content = call.method.content?.body ?? []
            let digest = Digest(of: content)
            guard call.path.contains("state=x"), call.path.contains(digest.hex) else {
                return Self.answer(400)
            }
            blobs[digest] = content
            return Self.answer(201)
        case .manifestPut:
            guard let content = call.method.content else { return Self.answer(400) }
            if !forgetsTags || name.hasPrefix("sha256:") {
                manifests[name] = (content.contentType, content.body)
            }
            looks[name] = looks[name] ?? lag
            let subject = try? JSONNode(parsing: content.body).optional("subject")?
                .required("digest").string
            return Self.answer(
                201, headers: isLinking ? ["OCI-Subject": (subject ?? nil) ?? ""] : [:])
        case .manifest:
            looks[name, default: 0] -= 1
            guard let found = manifests[name], looks[name, default: 0] < 0 else {
                return Self.answer(404)
            }
            return Self.answer(
                200, found.text, headers: ["Content-Type": found.type, "ETag": "\"1\""])
        case .referrers:
            guard hasReferrers else {
                return Self.answer(404, Array("404 page not found".utf8))
            }
            let parts = name.split(separator: "?last=")
            let start = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
            if start > 0, breaksOff { return Self.answer(404) }
            if start == 0 { listLag -= 1 }
            var list = listLag < 0 ? referrers(of: String(parts[0])) : ReferrersIndex()
            let rest = list.elements.dropFirst(start)
            list.elements = Array(rest.prefix(pageSize))
            var headers = ["Content-Type": MediaType.index]
            if rest.count > pageSize {
                let next = "/v2/app/referrers/\(parts[0])?last=\(start + max(pageSize, 1))"
                headers["Link"] = "<\(nextHost)\(next)>; rel=\"next\""
            }
            return Self.answer(200, list.text, headers: headers)
        }
    }

    private func referrers(of subject: String) -> ReferrersIndex {
        var list = ReferrersIndex()
        for (_, manifest) in manifests.sorted(by: { $0.key < $1.key }) {
            let named = try? JSONNode(parsing: manifest.text).optional("subject")?
                .required("digest").string
            guard named == subject else { continue }
            let digest = Digest(of: manifest.text).label
            list.elements.append(
                ListElement(
                    key: digest,
                    value: [
                        "mediaType": .string(manifest.type), "digest": .string(digest),
                        "size": .integer(Int64(manifest.text.count)),
                    ]))
        }
        return list
    }

    static func answer(
        _ status: Int, _ body: [UInt8] = [], headers: [String: String] = [:]
    ) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: headers.map { HTTPHeader($0.key, $0.value) }, body: body,
            receivedAt: Date(timeIntervalSince1970: 1_768_478_400))
    }
}
